import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { allThings, thingsWith } from '../look-up.ts';
import { macOf } from '../nic-mac.ts';
import { addresses, vlanChildren } from './addressing.ts';
import { flowsOnTap } from './wire.ts';

/** Whether the guest and those who look for it use the same VLAN tags, as packet captures on the host show it. */
export const taggingFacts: readonly Fact[] = [
  {
    name: 'wire.tags',
    asks: 'Do {nic} and those who look for it use the same VLAN tag?',
    words: {
      agree: '{nic} and those who look for it use the same VLAN tag, or none',
      'guest-tags': '{nic} sends tagged frames, and those who look for its address do not',
      'others-tag': 'those who look for the address of {nic} send tagged frames, and {nic} does not',
      'other-vlan': '{nic} and those who look for its address are in different VLANs',
    },
    read: readTags,
  },
  {
    name: 'device.vlan-filter',
    asks: 'Does the VLAN filter of QEMU let the tagged frames for {nic} pass?',
    words: {
      excludes: 'the VLAN filter of {nic} in QEMU has no entry for the tag of the frames that come',
      includes: 'the VLAN filter of {nic} in QEMU has an entry for the tag of the frames that come',
      off: 'QEMU filters no VLANs for {nic}',
    },
    read: readVlanFilter,
  },
];

type Flow = Thing<'traffic'>;

/** Captures on the tap and on the uplink see other tags of the same frame: each is judged by itself. */
function readTags(nic: Nic, kase: Case): Known<string> {
  const mac = valueIn(macOf(nic));
  if (mac === undefined) return unknown;
  const flows = allThings(kase, 'traffic', 'host').filter(({ says }) => says.vlan?.state === 'known');
  const places = new Set(flows.map(({ says }) => valueIn(says.interface)));
  const answers = [...places].map((place) =>
    tagsAt(
      nic,
      kase,
      mac,
      flows.filter(({ says }) => valueIn(says.interface) === place),
    ),
  );
  return (
    answers.find((answer) => answer.state === 'known' && answer.value !== 'agree') ??
    answers.find(({ state }) => state === 'known') ??
    unknown
  );
}

function tagsAt(nic: Nic, kase: Case, mac: string, flows: readonly Flow[]): Known<string> {
  const own = flows.filter(({ says }) => valueIn(says.from) === mac);
  const others = flows.filter(({ says }) => valueIn(says.from) !== mac);
  const told = own.flatMap(({ says }) =>
    valueIn(says.what) === 'arp-request' ? (valueIn(says.tells) ?? []) : [],
  );
  const known = [...addressesOf(nic, kase), ...told];
  for (const address of new Set(known)) {
    const asks = others.filter(({ says }) => valueIn(says.asksFor) === address);
    const speaks = own.filter(
      ({ says }) => valueIn(says.what) === 'arp-request' && valueIn(says.tells) === address,
    );
    // Who says nothing of its own accord is judged by all that it sends, unless it has a VLAN interface that keeps quiet.
    const sent = speaks.length > 0 ? speaks : vlanChildren(nic, kase).length === 0 ? own : [];
    const word = compare(sent, asks);
    if (word.state === 'known') return word;
  }
  return unknown;
}

function addressesOf(nic: Nic, kase: Case): string[] {
  const carriers = [nic.name, ...vlanChildren(nic, kase).map(({ id }) => id)];
  return [...addresses(nic, kase), ...thingsWith(kase, 'address', 'guest', 'interface', ...carriers)].flatMap(
    ({ says }) => valueIn(says.address) ?? [],
  );
}

function compare(sent: readonly Flow[], asks: readonly Flow[]): Known<string> {
  const [first] = sent;
  const [ask] = asks;
  if (!first || !ask) return unknown;
  const tags = new Set(sent.map(tagOf));
  const shared = asks.find((one) => tags.has(tagOf(one)));
  if (shared) return known('agree', shared.at);
  const word = tagOf(ask) === 0 ? 'guest-tags' : tagOf(first) === 0 ? 'others-tag' : 'other-vlan';
  return known(word, [first.at[0], ask.at[0]]);
}

function tagOf({ says }: Flow): number {
  return valueIn(says.vlan) ?? 0;
}

/** It filters only while QEMU itself moves the frames: with vhost they pass by (hw/net/virtio-net.c, receive_filter()). */
export function readVlanFilter(nic: Nic, kase: Case): Known<string> {
  const { vlanMode, vlans, promisc } = nic.host?.rxFilter?.says ?? {};
  if (vlanMode?.state !== 'known') return unknown;
  if (vlanMode.value === 'all' || valueIn(promisc)) return known('off', vlanMode.at);
  const mac = valueIn(macOf(nic));
  const tagged = flowsOnTap(nic, kase).find(
    ({ says }) => (valueIn(says.vlan) ?? 0) > 0 && valueIn(says.from) !== mac,
  );
  if (!tagged) return unknown;
  const passes = (valueIn(vlans) ?? []).includes(tagOf(tagged));
  return known(passes ? 'includes' : 'excludes', [vlanMode.at[0], tagged.at[0]]);
}
