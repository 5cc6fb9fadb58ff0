import type { Case, Fact, Nic, Reading, Readings } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';

/** Whether packets move takes two readings; whether any ever did takes one. */
export const progressFacts: readonly Fact[] = [
  {
    name: 'nic.input',
    asks: 'Does {nic} receive?',
    words: {
      moving: '{nic} receives: its counter grew between two readings',
      frozen: '{nic} receives nothing: its counter stands still between two readings',
    },
    read: (nic, kase) => progress(readings(kase, 'guest', nic.name, 'rx-packets')),
  },
  {
    name: 'nic.output',
    asks: 'Does {nic} send?',
    words: {
      moving: '{nic} sends: its counter grew between two readings',
      frozen: '{nic} sends nothing: its counter stands still between two readings',
    },
    read: (nic, kase) => progress(readings(kase, 'guest', nic.name, 'tx-packets')),
  },
  {
    name: 'nic.received',
    asks: 'Has {nic} ever received anything?',
    words: { some: '{nic} has received packets', none: '{nic} has not received a single packet' },
    read: (nic, kase) => amount(readings(kase, 'guest', nic.name, 'rx-packets')),
  },
  {
    name: 'nic.sent',
    asks: 'Has {nic} ever sent anything?',
    words: { some: '{nic} has sent packets', none: '{nic} has not sent a single packet' },
    read: (nic, kase) => amount(readings(kase, 'guest', nic.name, 'tx-packets')),
  },
  {
    name: 'nic.send-queue',
    asks: 'Is the send queue of {nic} blocked?',
    words: {
      blocked: 'OACTIVE: the send queue of {nic} is full',
      open: 'the send queue of {nic} is not blocked: no OACTIVE, no send time-out, or packets leave',
    },
    read: readSendQueue,
  },
  {
    name: 'nic.checksum-errors',
    asks: 'Does the guest discard more and more packets for bad checksums?',
    words: {
      growing: 'packets discarded for bad checksums grew between two readings',
      steady: 'no packet was discarded for a bad checksum between two readings',
    },
    read: (_, kase) =>
      worst(
        CHECKED.map((of) => growth(readings(kase, 'guest', of, 'bad-checksum'))),
        'growing',
      ),
  },
  {
    name: 'nic.checksum-discards',
    asks: 'Has the guest ever discarded a packet for a bad checksum?',
    words: {
      some: 'packets were discarded for bad checksums since boot',
      none: 'no packet was discarded for a bad checksum since boot',
    },
    read: (_, kase) =>
      worst(
        CHECKED.map((of) => amount(readings(kase, 'guest', of, 'bad-checksum'))),
        'some',
      ),
  },
  {
    name: 'host.tap-drops',
    asks: 'Does the host drop frames at the tap of {nic}, because the guest does not take them?',
    words: {
      growing: 'the tap of {nic} drops more and more frames: the guest does not take them',
      steady: 'the tap of {nic} dropped nothing between two readings',
    },
    read: (nic, kase) => growth(readings(kase, 'host', nic.host?.tapName, 'tx-drops')),
  },
  {
    name: 'host.tap-sends',
    asks: 'Does QEMU take frames off the tap of {nic}?',
    words: {
      moving: 'frames leave the tap of {nic} towards the guest',
      frozen: 'no frame leaves the tap of {nic} towards the guest: its TX counter stands still',
    },
    read: (nic, kase) => progress(readings(kase, 'host', nic.host?.tapName, 'tx-packets')),
  },
];

/** Linux has no OACTIVE: there packets that leave, or a count of send time-outs that is 0, tell. */
function readSendQueue(nic: Nic, kase: Case): Known<string> {
  const timeouts = amount(readings(kase, 'guest', nic.name, 'tx-timeouts'));
  const sends = progress(readings(kase, 'guest', nic.name, 'tx-packets'));
  return firstKnown(
    mapKnown(nic.guest?.says.oactive, (oactive) => (oactive ? 'blocked' : 'open')),
    mapKnown(sends, (word) => (word === 'moving' ? 'open' : undefined)),
    mapKnown(timeouts, (word) => (word === 'none' ? 'open' : undefined)),
  );
}

const CHECKED = ['tcp', 'udp', 'ip'];

function readings(
  kase: Case,
  side: 'guest' | 'host',
  of: string | undefined,
  counts: string,
): Readings | undefined {
  return of === undefined ? undefined : kase.counters.get(`${side}|${of}|${counts}`);
}

/** A counter that fell was reset in between: that says nothing. */
function progress(readings: Readings | undefined): Known<string> {
  const [first, last] = ends(readings);
  if (!first || !last || last.value < first.value) return unknown;
  return known(last.value > first.value ? 'moving' : 'frozen', [first.at[0], last.at[0]]);
}

function growth(readings: Readings | undefined): Known<string> {
  return mapKnown(progress(readings), (word) => (word === 'moving' ? 'growing' : 'steady'));
}

function amount(readings: Readings | undefined): Known<string> {
  const last = readings?.at(-1);
  return last ? known(last.value > 0 ? 'some' : 'none', last.at) : unknown;
}

/**
 * First and last reading by one command. Two commands that count the same packets (ip -s link, ifconfig) were most probably run
 * in one breath: equal numbers there do not say that anything stands still.
 */
function ends(readings: Readings | undefined): readonly [Reading?, Reading?] {
  for (const last of [...(readings ?? [])].reverse()) {
    const first = readings?.find((other) => other.sample < last.sample && isSameCommand(other, last));
    if (first) return [first, last];
  }
  return [];
}

function isSameCommand(a: Reading, b: Reading): boolean {
  return a.kind === b.kind && (a.command === undefined || b.command === undefined || a.command === b.command);
}

/** The worst of several answers; the others need not all be known. */
function worst(answers: readonly Known<string>[], word: string): Known<string> {
  return (
    answers.find((answer) => valueIn(answer) === word) ??
    answers.find(({ state }) => state === 'known') ??
    unknown
  );
}
