import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { allThings, findThing } from '../look-up.ts';
import { macOf } from '../nic-mac.ts';

/** What a packet capture on the host's tap shows. */
export const wireFacts: readonly Fact[] = [
  {
    name: 'wire.to-guest',
    asks: 'Do frames for {nic} reach its tap?',
    words: {
      seen: 'frames for the guest reach the tap of {nic}',
      none: 'no frame for the guest was seen on the tap of {nic}',
    },
    read: (nic, kase) => seen(nic, kase, ({ says }, mac) => valueIn(says.from) !== mac),
  },
  {
    name: 'wire.from-guest',
    asks: 'Does anything from {nic} come out of its tap?',
    words: {
      seen: 'frames of the guest come out of the tap of {nic}',
      none: 'nothing from the guest was seen on the tap of {nic}',
    },
    // The RARPs of announce_self carry the guest's MAC, and QEMU sends them.
    read: (nic, kase) =>
      seen(nic, kase, ({ says }, mac) => valueIn(says.from) === mac && valueIn(says.what) !== 'rarp'),
  },
  {
    name: 'wire.tag',
    asks: 'Are frames for {nic} VLAN-tagged on its tap?',
    words: {
      tagged: 'frames for the guest carry a VLAN tag on the tap of {nic}',
      untagged: 'frames for the guest are untagged on the tap of {nic}',
    },
    read: readTag,
  },
];

type Flow = Thing<'traffic'>;

export function flowsOnTap(nic: Nic, kase: Case): Flow[] {
  return allThings(kase, 'traffic', 'host').filter(({ says }) => isOnTap(valueIn(says.interface), nic, kase));
}

/** A file that is called tap.pcap does not say which tap: that of the only NIC. */
export function isOnTap(name: string | undefined, nic: Nic, kase: Case): boolean {
  if (name === undefined) return false;
  return name === nic.host?.tapName || (name === 'tap' && kase.nics.length === 1);
}

/** Needs addresses of frames (-e); a capture that saw packets, but none of the kind, says none. */
function seen(nic: Nic, kase: Case, matches: (flow: Flow, mac: string) => boolean): Known<string> {
  const mac = valueIn(macOf(nic));
  const flows = flowsOnTap(nic, kase).filter(({ says }) =>
    /^(?:[0-9a-f]{2}:){5}/.test(valueIn(says.from) ?? ''),
  );
  const first = flows[0];
  if (mac === undefined || !first) return unknown;
  const hit = flows.find((flow) => matches(flow, mac));
  if (hit) return known('seen', hit.at);
  const isWhole = flows.every(({ says }) => !leavesOut(valueIn(says.interface), kase));
  return isWhole ? known('none', first.at) : unknown;
}

/** There were more flows on that interface of the host than are kept. */
function leavesOut(name: string | undefined, kase: Case): boolean {
  return findThing(kase, 'host', 'packetCapture', name ?? '')?.says.leftOut?.state === 'known';
}

function readTag(nic: Nic, kase: Case): Known<string> {
  const mac = valueIn(macOf(nic));
  const flow = flowsOnTap(nic, kase).find(
    ({ says }) => says.vlan?.state === 'known' && valueIn(says.from) !== mac,
  );
  return mapKnown(flow?.says.vlan, (vlan) => (vlan > 0 ? 'tagged' : 'untagged'));
}
