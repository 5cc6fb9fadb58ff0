// Reads: `vmstat -i`, `vmstat -e` and `intrctl list` (also -c): how often each interrupt came since boot.
// Printed by: usr.bin/vmstat/vmstat.c dointr(), doevcnt(); usr.sbin/intrctl/intrctl.c 1.9. The names of virtio's vectors (`virtio1 config`,
// `virtio1 queues`, `virtio1 vq#0`) are of sys/dev/pci/virtio_pci.c 1.37. Fixtures: fixtures/outputs/netbsd-10.1/{vmstat,intrctl}*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const VMSTAT_HEADER = /^(?:interrupt {25,60}total {5}rate|event\s{1,60}total\s{1,30}rate\s{1,8}type)$/;
const INTRCTL_HEADER =
  /^interrupt id\s{1,60}(?:(?:CPU\d{1,4}\s{1,30}){1,300}|total\s{1,10}aff )device name\(s\)$/;
const VECTOR =
  '(?:virtio\\d{1,3} (?:config|queues|vq#\\d{1,3})|(?:msix|msi)\\d{1,3} vec \\d{1,4}|(?:ioapic|pic|i8259)\\d{0,3} pin \\d{1,4})';
const EVENT = new RegExp(`^(${VECTOR})\\s{1,60}(\\d{1,20})\\s{1,20}\\d{1,20}(?: intr)?$`);
const ROW = new RegExp(
  `^(${VECTOR}|[\\w ]{2,40}? (?:vec|pin|irq) \\d{1,4})\\s{1,40}((?:\\d{1,20}\\*? {1,30}){1,300}?)((?:\\d{1,4}|none)(?:, \\d{1,4}){0,40} )?([a-z]\\S{0,30}(?:,? \\S{1,30}){0,12})$`,
);
const OTHER = /^[\w .#:()/-]{2,60}?\s{1,60}\d{1,20}\s{1,20}\d{1,20}(?: (?:intr|misc|trap))?$/;

export const netbsdInterruptCounts: Parser = {
  kind: 'netbsd/interrupts',
  title: 'NetBSD vmstat -i or intrctl list',
  commands: /^(?:\/usr\/s?bin\/)?(?:intrctl list\b|vmstat\s(?:-\w{1,10}\s){0,4}-\w{0,6}[ie])/,
  commandIsShared: true,
  begins: new RegExp(
    [VMSTAT_HEADER, INTRCTL_HEADER, EVENT, ROW].map(({ source }) => `(?:${source})`).join('|'),
  ),
  continues: OTHER,
  top: new RegExp(`${VMSTAT_HEADER.source}|${INTRCTL_HEADER.source}`),
  read: readCounts,
};

function readCounts(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const sums = new Map<string, { of: string; counts: string; value: number; row: Row }>();
  const add = (name: string, value: number, row: Row) => {
    const [, of, vector] = /^(virtio\d{1,3})(?: (config|queues|vq#\d{1,3}))?$/.exec(name) ?? [];
    if (of === undefined) return;
    const counts = vector === 'config' ? 'config-interrupts' : 'queue-interrupts';
    const known = sums.get(`${of} ${counts}`);
    sums.set(`${of} ${counts}`, { of, counts, value: (known?.value ?? 0) + value, row: known?.row ?? row });
    if (vector !== undefined && vector !== 'config')
      notes.say('virtio', of, { interrupt: vector === 'queues' ? 'msix-shared' : 'msix-per-vq' }, row);
  };
  for (const row of rows) if (!readRow(row, add, notes)) notes.missed(row);
  for (const [id, { of, counts, value, row }] of sums) notes.say('counter', id, { of, counts, value }, row);
  return notes.done();
}

function readRow(row: Row, add: (name: string, value: number, row: Row) => void, notes: Notes): boolean {
  const [, event, count] = EVENT.exec(row.text) ?? [];
  if (event !== undefined) {
    add(event, Number(count), row);
    return true;
  }
  const [, vector = '', counts, , names] = ROW.exec(row.text) ?? [];
  if (counts === undefined || names === undefined)
    return netbsdInterruptCounts.top?.test(row.text) || OTHER.test(row.text);
  const total = counts
    .trim()
    .split(/[* ]+/)
    .reduce((sum, one) => sum + Number(one), 0);
  // A line of several devices counts the interrupts of all of them.
  const [only = '', ...more] = names.split(', ');
  if (more.length === 0) add(only, total, row);
  for (const name of [only, ...more])
    if (/^virtio\d{1,3}$/.test(name) && / pin \d/.test(vector))
      notes.say('virtio', name, { interrupt: 'intx' }, row);
  return true;
}
