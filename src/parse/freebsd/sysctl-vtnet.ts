// Reads: the leaves of dev.vtnet.N: queue pairs, counters of the device, and of each queue.
// Printed by: sys/dev/virtio/network/if_vtnet.c vtnet_setup_sysctl() (9.3 to 15); where it hangs: %parent.
// Fixtures: fixtures/outputs/freebsd-{12.1,14.1,15.0}/sysctl-*.txt.

import type { Row } from '../../model/line.ts';
import type { Things } from '../../model/sighting.ts';
import type { Notes } from '../reading.ts';

const LEAF = /^dev\.vtnet\.(\d{1,4})\.(?:([rt])xq(\d{1,3})\.)?([%\w]{1,40})$/;

/** Of each queue; `of` is then `vtnet0 txq0`. */
const QUEUE_LEAVES: Readonly<Record<string, string>> = {
  'r ipackets': 'rx-packets',
  'r ibytes': 'rx-bytes',
  'r iqdrops': 'rx-drops',
  'r ierrors': 'rx-errors',
  'r csum': 'rx-checksum-offloaded',
  'r csum_failed': 'rx-checksum-failed',
  'r host_lro': 'rx-lro',
  't opackets': 'tx-packets',
  't obytes': 'tx-bytes',
  't csum': 'tx-checksum-offloaded',
  't tso': 'tx-tso-offloaded',
};

/** The packets of a NIC are those of its queues; other counters are not added up, since a cut listing would make them jump. */
const SUMMED = new Set(['rx-packets', 'tx-packets', 'rx-bytes', 'tx-bytes', 'rx-errors', 'rx-drops']);

/**
 * Of the device. The six totals of checksum and TSO work (`rx_csum_offloaded` and so on) are left out: in 11, 12 and early 13 they
 * are computed once at attach and stay 0 for ever (vtnet_setup_stat_sysctl).
 */
const DEVICE_LEAVES: Readonly<Record<string, string>> = {
  mbuf_alloc_failed: 'mbuf-failed',
  rx_frame_too_large: 'rx-too-large',
  rx_enq_replacement_failed: 'rx-chain-failed',
  rx_mergeable_failed: 'rx-chain-failed-mergeable',
  tx_tso_without_csum: 'tx-tso-without-checksum',
  tx_defrag_failed: 'tx-defrag-failed',
};

export type Queues = Map<string, { value: number; row: Row; queues: number[] }>;

/** False when the name is none of dev.vtnet. */
export function sayVtnetLeaf(name: string, value: string, row: Row, queues: Queues, notes: Notes): boolean {
  const [, unit, direction, queue, leaf = ''] = LEAF.exec(name) ?? [];
  if (unit === undefined) return false;
  const nic = `vtnet${unit}`;
  const counts = direction ? QUEUE_LEAVES[`${direction} ${leaf}`] : DEVICE_LEAVES[leaf];
  if (counts !== undefined && /^\d{1,20}$/.test(value)) {
    const of = direction ? `${nic} ${direction}xq${queue}` : nic;
    notes.say('counter', `${of} ${counts}`, { of, counts, value: Number(value) }, row);
    if (direction && SUMMED.has(counts)) addTo(queues, `${nic} ${counts}`, Number(value), Number(queue), row);
  }
  const says = direction ? undefined : readDevice(leaf, value);
  if (says) notes.say('interface', nic, says, row);
  return true;
}

function addTo(queues: Queues, key: string, value: number, queue: number, row: Row): void {
  const before = queues.get(key);
  queues.set(key, {
    value: (before?.value ?? 0) + value,
    row: before?.row ?? row,
    queues: [...(before?.queues ?? []), queue],
  });
}

function readDevice(leaf: string, value: string): Partial<Things['interface']> | undefined {
  if (leaf === '%parent' && /^virtio_(?:pci|mmio)\d{1,4}$/.test(value))
    return { device: value, driver: 'vtnet', attached: true };
  // Both leaves came with the rework of 2025 (vtnet_setup_sysctl).
  if (leaf === 'features' || leaf === 'flags') return { isReworked: true };
  const pairs = /^\d{1,5}$/.test(value) ? PAIRS[leaf] : undefined;
  return pairs && { [pairs]: Number(value) };
}

/** `requested_vq_pairs` up to 12. */
const PAIRS: Readonly<Record<string, 'queuesAsked' | 'queuesActive' | 'queuesPossible'>> = {
  req_vq_pairs: 'queuesAsked',
  requested_vq_pairs: 'queuesAsked',
  act_vq_pairs: 'queuesActive',
  max_vq_pairs: 'queuesPossible',
};

/** Told only where every queue from 0 on was listed once: a grep or a cut may have left some out. */
export function saySums(sums: Queues, notes: Notes): void {
  for (const [key, { value, row, queues }] of sums) {
    const seen = new Set(queues);
    if (seen.size !== queues.length || queues.some((_, index) => !seen.has(index))) continue;
    const [of = '', counts = ''] = key.split(' ');
    notes.say('counter', key, { of, counts, value }, row);
  }
}
