import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { allThings, findThing } from '../look-up.ts';
import { natOf } from '../pf/nat.ts';
import { addresses } from './addressing.ts';

/** A guest behind a host that routes for it, and what the host's netfilter does with bridged frames. */
export const routedFacts: readonly Fact[] = [
  {
    name: 'host.routes-guest',
    asks: 'Is the host the gateway of {nic}?',
    words: {
      yes: 'the host itself is the gateway of {nic}',
      no: 'the gateway of {nic} is another machine than the host',
    },
    read: readRoutesGuest,
  },
  {
    name: 'host.nat',
    asks: "Does the host's packet filter translate the guest's addresses?",
    words: {
      present: 'the host has a rule that translates addresses',
      missing: "the host's rules were listed, and none translates addresses",
      'not-for-guest': 'the host translates addresses, but not those of {nic}, or not where they leave',
      refused: 'the host could not set up the translation of addresses',
      'not-needed': 'the address of {nic} is a public one: it needs no translation',
    },
    read: readNat,
  },
  {
    name: 'host.bridge-nf',
    asks: 'Do the IP packet filters of the host see bridged frames?',
    words: {
      on: 'bridged frames go through iptables (net.bridge.bridge-nf-call-iptables=1)',
      off: 'bridged frames do not go through iptables (net.bridge.bridge-nf-call-iptables=0)',
    },
    read: (_, kase) =>
      mapKnown(
        findThing(kase, 'host', 'setting', 'net.bridge.bridge-nf-call-iptables')?.says.value,
        (value) => (value === '1' ? 'on' : value === '0' ? 'off' : undefined),
      ),
  },
];

/** Only a private address must be translated on its way out; one of each kind, and the private one still must. */
function publicAddress(nic: Nic, kase: Case): Lines | undefined {
  const own = addresses(nic, kase).filter(({ says }) => valueIn(says.family) === 'inet');
  const isPublic = own.every(({ says }) => !PRIVATE.test(valueIn(says.address) ?? ''));
  return isPublic ? own[0]?.at : undefined;
}

/** RFC 1918, 6598, 3927 and 1122; and the examples of RFC 5737, which nobody routes either. */
const PRIVATE =
  /^(?:10|127)\.|^172\.(?:1[6-9]|2\d|3[01])\.|^192\.168\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^169\.254\.|^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./;

/** Only where both the guest's default route and addresses of the host were listed. */
export function readRoutesGuest(nic: Nic, kase: Case): Known<string> {
  const route = allThings(kase, 'route', 'guest').find(
    ({ id, says }) => /^(?:default|0\.0\.0\.0)\b/.test(id) && valueIn(says.interface) === nic.name,
  );
  const gateway = route?.says.gateway;
  if (gateway?.state !== 'known') return unknown;
  const own = allThings(kase, 'address', 'host').filter(({ says }) => valueIn(says.family) === 'inet');
  const hit = own.find(({ says }) => valueIn(says.address) === gateway.value);
  if (hit) return known('yes', [gateway.at[0], hit.at[0]]);
  const bridge = valueIn(nic.host?.port?.says.bridge) ?? valueIn(nic.host?.tap?.says.master);
  const listed = own.find(({ says }) => bridge !== undefined && valueIn(says.interface) === bridge);
  return listed ? known('no', [gateway.at[0], listed.at[0]]) : unknown;
}

export function readNat(nic: Nic, kase: Case): Known<string> {
  const answer = firstKnown(natOf(nic, kase), natByRules(kase));
  const publicly = valueIn(answer) === 'missing' ? publicAddress(nic, kase) : undefined;
  return publicly ? known('not-needed', publicly) : answer;
}

/** PF's rules are translated where they stand; those of Linux in a table of their own: listed without one, there is none. */
function natByRules(kase: Case): Known<string> {
  const refused = allThings(kase, 'message', 'host').find(({ says }) => valueIn(says.code) === 'nat-refused');
  if (refused) return known('refused', refused.at);
  const rules = allThings(kase, 'filterRule', 'host');
  const rule =
    allThings(kase, 'natRule', 'host')[0] ?? rules.find(({ says }) => valueIn(says.action) === 'translate');
  if (rule) return known('present', rule.at);
  const listed = rules.find(({ says }) => valueIn(says.action) === 'nat-listed');
  return listed ? known('missing', listed.at) : unknown;
}
