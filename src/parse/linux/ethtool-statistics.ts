// Reads: the rows of `ethtool -S` of virtio_net and veth, added up over the queues.
// Printed by: drivers/net/virtio_net.c: `rx_queue_0_packets`, `tx_queue_0_tx_timeouts` up to about 6.7; then `rx0_drops`, `tx0_tx_timeouts` and totals.
// Fixtures: fixtures/outputs/linux-6.1/ethtool-S.txt, linux-6.12/ethtool-S.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

export type Statistics = { sums: Map<string, { value: number; row: Row }>; totals: Set<string> };

export function emptyStatistics(): Statistics {
  return { sums: new Map(), totals: new Set() };
}

const ROW = /^\s{0,12}([\w.[\]: -]{1,60}): (-?\d{1,20})$/;
const QUEUE = /^([rt]x)_?(?:queue_)?(?:\[?\d{1,4}\]?)_(packets|bytes|drops|tx_timeouts)$/;
const TOTAL = /^([rt]x)_(packets|bytes|drops|tx_timeouts)$/;

/** A total that is printed outranks the sum of the queues. */
export function readStatistic(row: Row, statistics: Statistics): boolean {
  const [, name = '', value] = ROW.exec(row.text) ?? [];
  if (value === undefined) return false;
  const total = TOTAL.exec(name);
  const [, direction, what] = total ?? QUEUE.exec(name) ?? [];
  if (direction === undefined || what === undefined) return true;
  const counts = what === 'tx_timeouts' ? 'tx-timeouts' : `${direction}-${what}`;
  if (total) statistics.totals.add(counts);
  else if (statistics.totals.has(counts)) return true;
  const before = total ? undefined : statistics.sums.get(counts);
  statistics.sums.set(counts, { value: (before?.value ?? 0) + Number(value), row: before?.row ?? row });
  return true;
}

/** Packets are left to `ip -s link`: the driver's own count starts anew with each reset. */
export function sayStatistics(name: string, { sums }: Statistics, notes: Notes): void {
  for (const counts of ['tx-timeouts', 'queue-drops'] as const) {
    const source = counts === 'queue-drops' ? 'rx-drops' : counts;
    const sum = sums.get(source);
    if (sum) notes.say('counter', `${name} ${counts}`, { of: name, counts, value: sum.value }, sum.row);
  }
}
