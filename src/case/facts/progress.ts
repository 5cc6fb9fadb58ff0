import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { amount, growth, progress, readingsOf } from '../readings.ts';
import { NET_STATUS, register } from '../registers.ts';

/** Whether packets move takes two readings; whether any ever did takes one. */
export const progressFacts: readonly Fact[] = [
  {
    name: 'nic.input',
    asks: 'Does {nic} receive?',
    words: {
      moving: '{nic} receives: its counter grew between two readings',
      frozen: '{nic} receives nothing: its counter stands still between two readings',
    },
    read: (nic, kase) => progress(readingsOf(kase, 'guest', nic.name, 'rx-packets')),
  },
  {
    name: 'nic.output',
    asks: 'Does {nic} send?',
    words: {
      moving: '{nic} sends: its counter grew between two readings',
      frozen: '{nic} sends nothing: its counter stands still between two readings',
    },
    read: (nic, kase) => progress(readingsOf(kase, 'guest', nic.name, 'tx-packets')),
  },
  {
    name: 'nic.received',
    asks: 'Has {nic} ever received anything?',
    words: { some: '{nic} has received packets', none: '{nic} has not received a single packet' },
    read: (nic, kase) => amount(readingsOf(kase, 'guest', nic.name, 'rx-packets')),
  },
  {
    name: 'nic.sent',
    asks: 'Has {nic} ever sent anything?',
    words: { some: '{nic} has sent packets', none: '{nic} has not sent a single packet' },
    read: (nic, kase) => amount(readingsOf(kase, 'guest', nic.name, 'tx-packets')),
  },
  {
    name: 'nic.receives-unlinked',
    asks: 'Does {nic} receive although it shows no carrier?',
    words: {
      yes: '{nic} shows no carrier, and yet its receive counter grew between two listings',
      no: '{nic} shows no carrier, and receives nothing',
    },
    read: readUnlinked,
  },
  {
    name: 'nic.channels',
    asks: 'Does the number of queue pairs of {nic} stay as it is?',
    words: {
      changed: 'the number of queue pairs of {nic} changed between two readings',
      same: '{nic} had the same number of queue pairs in two readings',
    },
    read: (nic, kase) =>
      mapKnown(progress(readingsOf(kase, 'guest', nic.name, 'channels')), (word) =>
        word === 'moving' ? 'changed' : 'same',
      ),
  },
  {
    name: 'nic.send-queue',
    asks: 'Is the send queue of {nic} blocked?',
    words: {
      blocked: 'the send queue of {nic} is full: OACTIVE, or its count of send time-outs grows',
      open: 'the send queue of {nic} is not blocked: no OACTIVE, no send time-out, or packets leave',
    },
    read: readSendQueue,
  },
  {
    name: 'host.tap-drops',
    asks: 'Does the host drop frames at the tap of {nic}, because the guest does not take them?',
    words: {
      growing: 'the tap of {nic} drops more and more frames: the guest does not take them',
      steady: 'the tap of {nic} dropped nothing between two readings',
    },
    read: (nic, kase) => growth(readingsOf(kase, 'host', nic.host?.tapName, 'tx-drops')),
  },
  {
    name: 'host.tap-sends',
    asks: 'Does QEMU take frames off the tap of {nic}?',
    words: {
      moving: 'frames leave the tap of {nic} towards the guest',
      frozen: 'no frame leaves the tap of {nic} towards the guest: its TX counter stands still',
    },
    read: (nic, kase) => progress(readingsOf(kase, 'host', nic.host?.tapName, 'tx-packets')),
  },
];

/** Linux has no OACTIVE: there packets that leave, or a count of send time-outs that is 0, tell. */
export function readSendQueue(nic: Nic, kase: Case): Known<string> {
  // `ethtool -S` does not repeat whose it is.
  const isOnly = kase.nics.length === 1;
  const timeouts =
    readingsOf(kase, 'guest', nic.name, 'tx-timeouts') ??
    (isOnly ? readingsOf(kase, 'guest', '', 'tx-timeouts') : undefined);
  const count = amount(timeouts);
  const sends = progress(readingsOf(kase, 'guest', nic.name, 'tx-packets'));
  return firstKnown(
    mapKnown(nic.guest?.says.oactive, (oactive) => (oactive ? 'blocked' : 'open')),
    mapKnown(growth(timeouts), (word) => (word === 'growing' ? 'blocked' : undefined)),
    // Packets may have left before the time-outs that were counted.
    mapKnown(sends, (word) => (word === 'moving' && valueIn(count) !== 'some' ? 'open' : undefined)),
    mapKnown(count, (word) => (word === 'none' ? 'open' : undefined)),
  );
}

/**
 * A device whose link is down passes nothing up. Only listings that show the flags beside the counter count: both then say
 * "no carrier", and not just the later one.
 */
function readUnlinked(nic: Nic, kase: Case): Known<string> {
  const link = nic.guest?.says.link;
  if (link?.state !== 'known' || link.value !== 'no-carrier') return unknown;
  const status = register(nic, kase, NET_STATUS);
  if (status.state === 'known' && (status.value & 1) === 0) return known('no', [link.at[0], status.at[0]]);
  const listed = readingsOf(kase, 'guest', nic.name, 'rx-packets')?.filter(({ kind }) =>
    /\/(?:ip-link|ifconfig)$/.test(kind),
  );
  return mapKnown(progress(listed), (word) => (word === 'moving' ? 'yes' : 'no'));
}
