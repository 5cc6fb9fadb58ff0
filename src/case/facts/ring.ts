import type { Case, Fact, Nic, Reading, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { findThing } from '../look-up.ts';
import { firstAndLast, progress, readingsOf } from '../readings.ts';
import { memoryId } from '../registers.ts';
import { readVectors } from './msix-table.ts';
import { readVm } from './vm.ts';

/** The rings between guest and device, as QEMU's monitor and the guest's interrupt counts show them. */
export const ringFacts: readonly Fact[] = [
  {
    name: 'device.receive-ring',
    asks: 'Has the guest given receive buffers to the device of {nic}?',
    words: {
      starved: 'all receive buffers of {nic} are used up and the guest gives no new ones',
      'held-up':
        'all receive buffers of {nic} are used up, and a masked MSI-X vector keeps that from the guest',
      paused: 'the VM is paused, so the receive buffers of {nic} say nothing of its ring',
      supplied: 'the device of {nic} has receive buffers left',
    },
    read: readReceiveRing,
  },
  {
    name: 'device.receive-signal',
    asks: 'Did the guest take what the device of {nic} has received?',
    words: {
      level: 'the guest has taken all that {nic} received (used_event is level with used.idx)',
      passed:
        'the device of {nic} has filled buffers past the point where the guest wants its interrupt (used.idx is ahead of used_event)',
      stuck:
        'used_event of {nic} stands still between two readings, and the device has long filled buffers past it: no interrupt will come any more',
    },
    read: readReceiveSignal,
  },
  {
    name: 'device.receive-interrupts',
    asks: 'Do receive interrupts of {nic} arrive?',
    words: {
      moving: 'receive interrupts of {nic} arrive: their count grew between two readings',
      frozen: 'no receive interrupt of {nic} arrives: the count stands still between two readings',
    },
    read: (nic, kase) =>
      progress(readingsOf(kase, 'guest', nic.virtio?.id ?? valueIn(nic.guest?.says.device), 'rx-interrupts')),
  },
  {
    name: 'device.send-ring',
    asks: 'Does the host take the packets that {nic} sends?',
    words: {
      stuck: 'the device holds packets of {nic} that it cannot get rid of: the host side blocks',
      empty: 'the host has taken all packets that {nic} sent',
    },
    read: readSendRing,
  },
];

const RECEIVE = 0;
const SEND = 1;

function queueOf(nic: Nic, kase: Case, index: number): Thing<'queue'> | undefined {
  const named = nic.host?.qemu && findThing(kase, 'host', 'queue', `${nic.host.qemu.id} ${index}`);
  return named ?? findThing(kase, 'host', 'queue', ` ${index}`);
}

/**
 * The newest reading of an index that QEMU keeps itself. None with vhost, where the indexes that it prints are not the real ones
 * (hw/virtio/virtio-qmp.c), and none when the ring was set up anew, or the readings stand in the wrong order: used fell.
 */
function newest(queue: Thing<'queue'> | undefined, kase: Case, counts: string): Reading | undefined {
  if (!queue || valueIn(queue.says.vhost)) return undefined;
  const [first, last] = firstAndLast(readingsOf(kase, 'host', queue.id, 'used'));
  if (first && last && last.value < first.value) return undefined;
  return readingsOf(kase, 'host', queue.id, counts)?.at(-1);
}

export function readReceiveRing(nic: Nic, kase: Case): Known<string> {
  const queue = queueOf(nic, kase, RECEIVE);
  const offered = newest(queue, kase, 'offered');
  const fetched = newest(queue, kase, 'fetched');
  if (!offered || offered.sample !== fetched?.sample) return unknown;
  if (offered.value === 0 && fetched.value === 0) return unknown;
  if (offered.value !== fetched.value) return known('supplied', fetched.at);
  const vm = readVm(nic, kase);
  if (vm.state === 'known' && vm.value === 'paused') return known('paused', [...fetched.at, vm.at[0]]);
  const vectors = readVectors(nic, kase);
  const isHeld = vectors.state === 'known' && (vectors.value === 'held' || vectors.value === 'all-masked');
  return isHeld ? known('held-up', [...fetched.at, vectors.at[0]]) : known('starved', fetched.at);
}

function readSendRing(nic: Nic, kase: Case): Known<string> {
  const inUse = newest(queueOf(nic, kase, SEND), kase, 'in-use');
  return inUse ? known(inUse.value > 0 ? 'stuck' : 'empty', inUse.at) : unknown;
}

/** QEMU keeps signalled_used for the event index alone (hw/virtio/virtio.c virtio_split_should_notify()): without it, it stays 0. */
export function readSignalled(nic: Nic, kase: Case): Known<string> {
  const queue = queueOf(nic, kase, RECEIVE);
  const signalled = newest(queue, kase, 'signalled');
  const used = newest(queue, kase, 'used');
  if (!signalled || !used || used.sample !== signalled.sample) return unknown;
  if (signalled.value > 0) return known('on', signalled.at);
  return used.value > 0 ? known('off', [signalled.at[0], used.at[0]]) : unknown;
}

/**
 * used_event stands behind the N entries of the driver's ring, used.idx in the device's (virtio 1.2, 2.7.7 and 2.7.8).
 * While a Linux driver polls it writes 0 (virtqueue_disable_cb_split()), and others leave the old value: one reading may be a moment's.
 */
export function readReceiveSignal(nic: Nic, kase: Case): Known<string> {
  const queue = queueOf(nic, kase, RECEIVE);
  const size = valueIn(queue?.says.size);
  const availAt = valueIn(queue?.says.availAt);
  if (!queue || size === undefined || availAt === undefined) return unknown;
  const events = readingsOf(kase, 'host', memoryId(availAt + 4 + 2 * size, 2), 'value') ?? [];
  const used = usedIndexes(queue, kase);
  const [event, eventBefore] = [...events].reverse();
  const [index, indexBefore] = [...used].reverse();
  if (!event || !index || event.value === 0) return unknown;
  const ahead = distance(event, index);
  if (ahead > size) return unknown;
  const at: Lines = [event.at[0], index.at[0]];
  if (ahead === 0) return known('level', at);
  const wasAhead = eventBefore && indexBefore && distance(eventBefore, indexBefore) > 0;
  const isStuck = wasAhead && eventBefore.value === event.value && indexBefore.sample < index.sample;
  return isStuck ? known('stuck', [eventBefore.at[0], indexBefore.at[0], ...at]) : known('passed', at);
}

function distance(event: Reading, index: Reading): number {
  return (index.value - event.value) & 0xffff;
}

/** Readings of used.idx in the guest's memory, else QEMU's own count. */
function usedIndexes(queue: Thing<'queue'>, kase: Case): readonly Reading[] {
  const usedAt = valueIn(queue.says.usedAt);
  const inMemory =
    usedAt === undefined ? undefined : readingsOf(kase, 'host', memoryId(usedAt + 2, 2), 'value');
  if (inMemory) return inMemory;
  return newest(queue, kase, 'used') ? (readingsOf(kase, 'host', queue.id, 'used') ?? []) : [];
}
