import type { Case, Fact, Nic, Readings } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';

const COUNTERS = ['openbsd/netstat-i', 'openbsd/kstat'];

/** Whether packets move: from two readings of a counter, or from one that is not zero. */
export const progressFacts: readonly Fact[] = [
  {
    name: 'nic.input',
    asks: 'Does {nic} receive?',
    words: {
      moving: '{nic} receives: its counter grew between two readings',
      frozen: '{nic} receives nothing: its counter stands still between two readings',
      counted: '{nic} has received packets (one reading; it may have stopped since)',
      zero: '{nic} has not received a single packet',
    },
    settledBy: COUNTERS,
    read: (nic, kase) => progressOf(nic, kase, 'guest', 'rx-packets'),
  },
  {
    name: 'nic.output',
    asks: 'Does {nic} send?',
    words: {
      moving: '{nic} sends: its counter grew between two readings',
      frozen: '{nic} sends nothing: its counter stands still between two readings',
      counted: '{nic} has sent packets (one reading; it may have stopped since)',
      zero: '{nic} has not sent a single packet',
    },
    settledBy: COUNTERS,
    read: (nic, kase) => progressOf(nic, kase, 'guest', 'tx-packets'),
  },
  {
    name: 'nic.send-queue',
    asks: 'Is the send queue of {nic} blocked?',
    words: {
      blocked: 'OACTIVE: the send queue of {nic} is full',
      open: 'the send queue of {nic} is not full (no OACTIVE)',
    },
    settledBy: ['openbsd/ifconfig'],
    read: (nic) => {
      const oactive = nic.guest?.says.oactive;
      return oactive?.state === 'known' ? known(oactive.value ? 'blocked' : 'open', oactive.at) : unknown;
    },
  },
  {
    name: 'nic.checksum-errors',
    asks: 'Does the guest discard packets for bad checksums?',
    words: {
      growing: 'packets discarded for bad checksums grew between two readings',
      some: 'packets were discarded for bad checksums since boot',
      none: 'no packet was discarded for a bad checksum',
    },
    settledBy: ['openbsd/netstat-s'],
    read: (_, kase) => checksumErrors(kase),
  },
  {
    name: 'host.tap-drops',
    asks: 'Does the host drop frames at the tap of {nic}, because the guest does not take them?',
    words: {
      growing: 'the tap of {nic} drops more and more frames: the guest does not take them',
      some: 'the tap of {nic} has dropped frames (one reading)',
      none: 'the tap of {nic} drops nothing',
    },
    settledBy: ['linux-host/ip-link-tap'],
    read: (nic, kase) => dropsOf(kase.counters.get(`host|${nic.host?.tapName ?? ''}|tx-drops`)),
  },
  {
    name: 'host.tap-sends',
    asks: 'Does QEMU take frames off the tap of {nic}?',
    words: {
      moving: 'frames leave the tap of {nic} towards the guest',
      frozen: 'no frame leaves the tap of {nic} towards the guest: its TX counter stands still',
      counted: 'frames have left the tap of {nic} towards the guest (one reading)',
      zero: 'not a single frame has left the tap of {nic} towards the guest',
    },
    settledBy: ['linux-host/ip-link-tap'],
    read: (nic, kase) =>
      nic.host?.tapName ? progress(kase.counters.get(`host|${nic.host.tapName}|tx-packets`)) : unknown,
  },
];

function progressOf(nic: Nic, kase: Case, side: 'guest' | 'host', counts: string): Known<string> {
  return progress(kase.counters.get(`${side}|${nic.name}|${counts}`));
}

function progress(readings: Readings | undefined): Known<string> {
  const first = readings?.[0];
  const last = readings?.at(-1);
  if (!first || !last) return unknown;
  if (first === last) return known(first.value > 0 ? 'counted' : 'zero', first.at);
  return known(last.value > first.value ? 'moving' : last.value < first.value ? 'counted' : 'frozen', [
    first.at[0],
    last.at[0],
  ]);
}

function dropsOf(readings: Readings | undefined): Known<string> {
  const first = readings?.[0];
  const last = readings?.at(-1);
  if (!first || !last) return unknown;
  if (first !== last && last.value > first.value) return known('growing', [first.at[0], last.at[0]]);
  return known(last.value > 0 ? 'some' : 'none', last.at);
}

function checksumErrors(kase: Case): Known<string> {
  const answers = ['tcp', 'udp', 'ip'].map((of) => dropsOf(kase.counters.get(`guest|${of}|bad-checksum`)));
  for (const word of ['growing', 'some', 'none']) {
    const answer = answers.find((one) => valueIn(one) === word);
    if (answer) return answer;
  }
  return unknown;
}
