import type { Case, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { groupBy } from '../group-by.ts';
import { allThings } from '../look-up.ts';
import { messagesOf } from '../messages.ts';
import { macOf } from '../nic-mac.ts';
import { oncePerCase } from '../once-per-case.ts';
import { addresses } from './addressing.ts';

/** Whether one machine alone answers for the address of a NIC. */
export function readIpOwner(nic: Nic, kase: Case): Known<string> {
  const messages = messagesOf(nic, kase);
  const inUse = messages.find(({ says }) => valueIn(says.code) === 'address-in-use');
  if (inUse) return known('in-use', inUse.at);
  const answers = readAnswers(nic, kase);
  if (answers.state === 'known' && answers.value !== 'one') return answers;
  const declined = readDeclined(nic, kase);
  if (declined.state === 'known') return declined;
  const differing = readNeighbours(nic, kase);
  if (differing.state === 'known' && differing.value === 'differs') return differing;
  const moved = messages.find(({ says }) => valueIn(says.code) === 'address-moved');
  if (moved) return known('moved', moved.at);
  return answers.state === 'known' ? answers : differing;
}

/** ARP replies with two MACs for one address: of the guest's own ones where they are known, else of any. */
function readAnswers(nic: Nic, kase: Case): Known<string> {
  const { all, byAddress } = arpAnswers(kase);
  const own = addresses(nic, kase);
  const answers =
    own.length === 0 ? all : own.flatMap(({ says }) => byAddress.get(valueIn(says.address)) ?? []);
  const two = answers.find(({ other }) => other);
  if (two?.other) return known('two-answers', [two.reply.at[0], two.other.at[0]]);
  return answers[0] ? known('one', answers[0].reply.at) : unknown;
}

type Answer = { readonly reply: Thing<'traffic'>; readonly other: Thing<'traffic'> | undefined };

/**
 * For each address, and for all of them: the reply that tells most, and the first one that names another MAC for the same address in
 * the same VLAN.
 */
const arpAnswers = oncePerCase((kase: Case) => {
  const replies = allThings(kase, 'traffic').filter(
    ({ says }) => valueIn(says.what) === 'arp-reply' && valueIn(says.isAt) !== undefined,
  );
  const placeOf = ({ says }: Thing<'traffic'>) => `${valueIn(says.tells)} ${valueIn(says.vlan)}`;
  const byPlace = groupBy(replies, (reply) => [placeOf(reply)]);
  const answers = [...byPlace.values()].flatMap(([reply, ...others]): Answer[] => {
    const other = others.find(({ says }) => valueIn(says.isAt) !== valueIn(reply?.says.isAt));
    return reply ? [{ reply, other }] : [];
  });
  return { all: tellingMost(answers), byAddress: byAddressOf(answers) };
});

function byAddressOf(answers: readonly Answer[]): ReadonlyMap<string | undefined, readonly Answer[]> {
  const byAddress = groupBy(answers, ({ reply }) => [valueIn(reply.says.tells)]);
  return new Map([...byAddress].map(([address, own]) => [address, tellingMost(own)]));
}

function tellingMost(answers: readonly Answer[]): readonly Answer[] {
  const most = answers.find(({ other }) => other) ?? answers[0];
  return most ? [most] : [];
}

/** A client asks for its new address by ARP before it uses it (RFC 2131, 4.4.1). */
function readDeclined(nic: Nic, kase: Case): Known<string> {
  const mac = valueIn(macOf(nic));
  const declined = mac === undefined ? declinedLeases(kase).first : declinedLeases(kase).byMac.get(mac)?.[0];
  return declined
    ? known('declined', declined.says.declined?.state === 'known' ? declined.says.declined.at : declined.at)
    : unknown;
}

const declinedLeases = oncePerCase((kase: Case) => {
  const all = allThings(kase, 'dhcpLease').filter(({ says }) => valueIn(says.declined));
  return { first: all[0], byMac: groupBy(all, ({ says }) => [valueIn(says.mac)]) };
});

/** What the machines around have learned for an address that the interface itself (no bridge or VLAN above it) carries. */
function readNeighbours(nic: Nic, kase: Case): Known<string> {
  const mac = valueIn(nic.guest?.says.mac);
  const own = addresses(nic, kase).filter(({ says }) => valueIn(says.family) === 'inet');
  const learned = neighborsByAddress(kase);
  const entries = own.flatMap((one) => learned.get(valueIn(one.says.address) ?? '') ?? []);
  const other = entries.find(({ says }) => mac !== undefined && valueIn(says.mac) !== mac);
  if (other && nic.guest?.says.mac?.state === 'known')
    return known('differs', [other.at[0], nic.guest.says.mac.at[0]]);
  return entries[0] ? known('one', entries[0].at) : unknown;
}

const neighborsByAddress = oncePerCase((kase: Case) =>
  groupBy(
    allThings(kase, 'neighbor').filter(
      ({ says, side }) => side !== 'guest' && valueIn(says.mac) !== undefined,
    ),
    ({ says }) => [valueIn(says.address)],
  ),
);
