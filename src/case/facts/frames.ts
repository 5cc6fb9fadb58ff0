import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { allThings } from '../look-up.ts';
import { firstAndLast, readingsOf } from '../readings.ts';
import { flowsOnTap, isOnTap } from './wire.ts';

/** How long the frames are that pass, and whether what is sent must be sent again: segmentation left to somebody (TSO, GRO, LRO). */
export const frameFacts: readonly Fact[] = [
  {
    name: 'wire.frame-length',
    asks: 'Are there frames on the tap of {nic} that are longer than its MTU allows?',
    words: {
      oversized:
        'frames on the tap of {nic} are longer than the MTU: segments are cut later (TSO, GRO), if all can do it',
      usual: 'no frame on the tap of {nic} is longer than the MTU allows',
    },
    read: readFrameLength,
  },
  {
    name: 'wire.large-segments',
    asks: 'Do segments that are longer than the MTU arrive?',
    words: {
      lost: 'most segments longer than the MTU had to be sent again from their first octet on',
      arrive: 'segments longer than the MTU arrive: they were not sent again',
    },
    read: readLargeSegments,
  },
  {
    name: 'wire.long-frames',
    asks: 'Does a program on the way refuse frames that are longer than the MTU?',
    words: {
      refused: 'a program on the way refuses frames that are longer than the MTU: "Message too long"',
    },
    read: readLongFrames,
  },
  {
    name: 'nic.resends',
    asks: 'Must TCP send much again?',
    words: {
      many: 'a tenth or more of the TCP segments were sent again between two readings',
      few: 'hardly any TCP segment was sent again between two readings',
    },
    read: (_, kase) => readResends(kase),
  },
];

/** Ethernet's header, and a VLAN tag. */
const HEADERS = 18;

function readFrameLength(nic: Nic, kase: Case): Known<string> {
  const mtu = mtuOf(nic) ?? 1500;
  const flows = flowsOnTap(nic, kase).filter(({ says }) => valueIn(says.maxLength) !== undefined);
  const long = flows.find(({ says }) => (valueIn(says.maxLength) ?? 0) > mtu + HEADERS);
  if (long) return known('oversized', long.at);
  return flows[0] ? known('usual', flows[0].at) : unknown;
}

/** The larger one of guest and tap. */
function mtuOf(nic: Nic): number | undefined {
  const told = [nic.host?.tap?.says.mtu, nic.guest?.says.mtu].flatMap((mtu) => valueIn(mtu) ?? []);
  return told.length > 0 ? Math.max(...told) : undefined;
}

/** Within the MTU it would be a matter of MTUs that differ. */
function readLongFrames(nic: Nic, kase: Case): Known<string> {
  const mtu = mtuOf(nic);
  if (mtu === undefined) return unknown;
  const refusal = allThings(kase, 'message').find(
    ({ says }) => valueIn(says.code) === 'frame-too-long' && (valueIn(says.value) ?? 0) > mtu + HEADERS,
  );
  return refusal ? known('refused', refusal.at) : unknown;
}

/** One lost packet of many makes a part of a segment be sent again; a segment that nobody could cut is lost from its start. */
function readLargeSegments(nic: Nic, kase: Case): Known<string> {
  const streams = streamsOf(nic, kase).filter(({ says }) => (valueIn(says.largeSent) ?? 0) > 0);
  const lost = streams.find(({ says }) => isLost(valueIn(says.largeSent), valueIn(says.largeResent)));
  if (lost) return known('lost', lost.at);
  return streams[0] ? known('arrive', streams[0].at) : unknown;
}

function isLost(sent = 0, again = 0): boolean {
  return sent >= 2 && again * 2 >= sent;
}

function streamsOf(nic: Nic, kase: Case): Thing<'stream'>[] {
  const tap = nic.host?.tapName;
  return allThings(kase, 'stream').filter(
    ({ says, side }) =>
      side !== 'host' || tap === undefined || isOnTap(valueIn(says.interface) ?? tap, nic, kase),
  );
}

function readResends(kase: Case): Known<string> {
  const answers = (['guest', 'peer'] as const).map((side) => {
    const [before, after] = firstAndLast(readingsOf(kase, side, 'tcp', 'sent-again'));
    const sent = readingsOf(kase, side, 'tcp', 'sent');
    const from = sent?.find(({ sample }) => sample === before?.sample);
    const to = sent?.find(({ sample }) => sample === after?.sample);
    if (!before || !after || !from || !to) return unknown;
    const again = after.value - before.value;
    const all = to.value - from.value;
    if (again < 0 || all <= 0) return unknown;
    return known(again >= 10 && again * 10 >= all ? 'many' : 'few', [before.at[0], after.at[0]]);
  });
  return answers.find((answer) => valueIn(answer) === 'many') ?? answers.find(isKnown) ?? unknown;
}

function isKnown(answer: Known<string>): boolean {
  return answer.state === 'known';
}
