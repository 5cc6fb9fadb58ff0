import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, mapKnown } from '../../model/known.ts';
import { lostPart } from '../path/path.ts';

/** Which part of the way loses packets, as two captures at the same time, or counters that were read twice, tell. */
export const lostFacts: readonly Fact[] = [
  {
    name: 'wire.lost',
    asks: 'Which part of the way loses packets of {nic}?',
    words: {
      'in-host': 'packets of {nic} get lost inside the host, between its tap and the uplink',
      'behind-guest': 'what {nic} sends does not come out of its tap',
      outside: 'what {nic} sends leaves by the uplink, and its gateway does not answer there',
      'before-guest': 'frames leave the tap of {nic} towards the guest, which counts none',
    },
    read: readLost,
  },
];

function readLost(nic: Nic, kase: Case): Known<string> {
  const sent = lostPart(nic, 'from-guest', kase);
  const received = lostPart(nic, 'to-guest', kase);
  return firstKnown(
    mapKnown(sent, (part) => (part === 'host' ? 'in-host' : part === 'guest' ? 'behind-guest' : undefined)),
    mapKnown(received, (part) =>
      part === 'host' ? 'in-host' : part === 'guest' ? 'before-guest' : 'outside',
    ),
  );
}
