// Reads: `vmstat -i` and `vmstat -iz`: how often each interrupt came since boot.
// Printed by: usr.bin/vmstat/vmstat.c dointr() (OpenBSD; 1.155 of 7.3). The number is the IDT vector on amd64, not a PCI line.
// Fixtures: fixtures/outputs/openbsd-7.3/vmstat-iz.txt (all vectors named virtioN), openbsd-7.8/vmstat-i.txt (vioN:queue).

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const HEADER = /^interrupt\s{1,40}total\s{1,20}rate$/;
const COUNT = /^(irq\d{1,5})\/(\S{1,32})\s{1,40}(\d{1,20})\s{1,20}\d{1,20}$/;
const NAMELESS = /^[\w.:-]{1,16}\s{1,40}\d{1,20}\s{1,20}\d{1,20}$/;

export const vmstat: Parser = {
  kind: 'openbsd/vmstat',
  title: 'OpenBSD vmstat -i',
  commands: /^(?:\/usr\/bin\/)?vmstat\s(?:-\w{1,10}\s){0,4}-\w{0,6}i/,
  // The widths tell OpenBSD's header from FreeBSD's (7 blanks before `rate`).
  begins: new RegExp(`^interrupt {16,24}total {5}rate$|${COUNT.source}`),
  commandIsShared: true,
  continues: new RegExp(`${HEADER.source}|${NAMELESS.source}`),
  top: HEADER,
  read: readVmstat,
};

function readVmstat(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, irq, of = '', value] = COUNT.exec(row.text) ?? [];
    if (irq === undefined) {
      if (!vmstat.continues.test(row.text)) notes.missed(row);
      continue;
    }
    // Older releases (7.3 for one) give all vectors of a device its one name virtioN: the vector keeps the rows apart.
    const counts = of.startsWith('virtio') ? `interrupts ${irq}` : 'interrupts';
    notes.say('counter', `${irq}/${of} interrupts`, { of, counts, value: Number(value) }, row);
  }
  return notes.done();
}
