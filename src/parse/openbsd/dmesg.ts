// Reads: dmesg, /var/run/dmesg.boot and console logs: whole, of several boots (the last one counts), cut, or through grep.
// Printed by: the OpenBSD kernel (sys/kern/subr_autoconf.c, sys/dev/pci/virtio_pci.c, sys/dev/pv/{virtio,if_vio}.c; 5.3 to 7.8 and
// -current of 2026). Fixtures: fixtures/outputs/openbsd-{5.6,6.5,6.8,7.3,7.6,7.8,7.9}/dmesg*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { anyOf } from '../any-of.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { sayNic } from './dmesg-attach.ts';
import { type Boot, findBoots, type LastBoot, survey } from './dmesg-boots.ts';
import { isPhysical, sayMachine } from './dmesg-machine.ts';
import { MESSAGE_ROWS, sayMessage } from './dmesg-messages.ts';
import { ORDINARY_ROWS, STRONG_ROWS } from './dmesg-rows.ts';
import { sayInterrupt, sayVirtio, VIRTIO_ROWS } from './dmesg-virtio.ts';

export const dmesg: Parser = {
  kind: 'openbsd/dmesg',
  title: 'OpenBSD dmesg',
  commands: /^(?:\/sbin\/)?dmesg\b|^(?:cat|less|more|head|tail|[ef]?grep|zgrep|zcat)\b.{0,200}\bdmesg\b/,
  commandIsShared: true,
  begins: anyOf([...STRONG_ROWS, ...VIRTIO_ROWS, ...MESSAGE_ROWS]),
  continues: anyOf(ORDINARY_ROWS),
  leads: /^Copyright \(c\) 1982, 1986|^\s*The Regents of the University of California/,
  isLog: true,
  // Only whole attach and mode lines, so that no prose is cut; `"` and `'`: a pattern given to grep.
  seam: {
    in: /virtio\d/,
    at: /(?<!["'`/-])(?=vio\d{1,3} at virtio\d{1,3}(?!\d).{0,120}?address [\da-f]{2}:|virtio\d{1,3} at pci\d{1,3} dev \d{1,3} function \d ["v]|virtio\d{1,3}: (?:msix?(?: shared| per-VQ)?|apic \d{1,3} int \d{1,3}|irq \d{1,3})(?:\s|$))/g,
  },
  torn: /^[a-z]{2,6}\d{1,3} at (?:virtio|pci)\d{1,3}\b.{0,200}(?:[,:] address(?: [\da-f:]{0,16})?|(?:queues?|int \d{1,3}|irq \d{1,3}|msix?),(?: ad{0,2}| addre?s?)?)$/,
  read: readDmesg,
};

function readDmesg(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  // The command above is spelled alike on all systems: without one row of OpenBSD's own it may be any kernel's.
  if (!rows.some(({ text }) => dmesg.begins.test(text))) {
    for (const row of rows) notes.missed(row);
    return notes.done();
  }
  const boots = findBoots(rows);
  const last = boots.at(-1);
  for (const boot of boots.slice(0, -1)) readBoot(survey(boot), { ...notes, say: () => {} });
  if (!last) return notes.done();
  sayBoots(boots, notes);
  const lastBoot = survey(last);
  sayMachine(lastBoot, notes);
  readBoot(lastBoot, notes);
  return notes.done(isPhysical(lastBoot) ? 'host' : undefined);
}

/** The buffer may begin in the middle of an older boot, which is not counted. sys/kern/subr_log.c initmsgbuf() */
function sayBoots(boots: readonly Boot[], notes: Notes): void {
  const announced = boots.filter(({ version }) => version);
  const counted = announced.length > 0 ? announced : boots;
  const first = counted.at(-1)?.rows[0];
  const isKnown = announced.length > 0 || boots.length > 1;
  const row = counted.at(-1)?.version ?? first;
  if (isKnown && row) notes.say('system', '', { boots: counted.length }, row);
}

function readBoot(boot: LastBoot, notes: Notes): void {
  for (const row of boot.rows) {
    const isUnderstood =
      sayVirtio(row, boot, notes) ||
      sayNic(row, notes) ||
      sayInterrupt(row, boot, notes) ||
      sayMessage(row, boot, notes) ||
      dmesg.begins.test(row.text) ||
      dmesg.continues.test(row.text);
    if (!isUnderstood) notes.missed(row);
  }
}
