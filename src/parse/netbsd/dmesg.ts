// Reads: dmesg, /var/run/dmesg.boot, /var/log/messages and console logs: whole, of several boots (the last one counts), cut, or through grep.
// Printed by: the NetBSD kernel (sys/kern/subr_autoconf.c, sys/dev/pci/{virtio,virtio_pci,if_vioif}.c, sys/dev/virtio/virtio_mmio.c, sys/net/if.c;
// 6 to 11 and -current of 2026). Fixtures: fixtures/outputs/netbsd-{7.2,9.3,10.1,11}/dmesg*.txt, console*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { anyOf } from '../any-of.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { type Boot, findBoots, type LastBoot, survey } from './dmesg-boots.ts';
import { isPhysical, productOf, sayMachine } from './dmesg-machine.ts';
import { MESSAGE_ROWS, sayMessage } from './dmesg-messages.ts';
import { NIC_ROWS, sayNic } from './dmesg-nics.ts';
import { ORDINARY_ROWS, OWN_ROWS, SHARED_ROWS } from './dmesg-rows.ts';
import { sayVirtio, VIRTIO_ROWS } from './dmesg-virtio.ts';

export const netbsdDmesg: Parser = {
  kind: 'netbsd/dmesg',
  title: 'NetBSD dmesg',
  commands: /^(?:\/sbin\/)?dmesg\b|^(?:cat|less|more|head|tail|[ef]?grep|zgrep|zcat)\b.{0,200}\bdmesg\b/,
  commandIsShared: true,
  begins: anyOf([...OWN_ROWS, ...VIRTIO_ROWS, ...NIC_ROWS, ...MESSAGE_ROWS, ...SHARED_ROWS]),
  continues: anyOf(ORDINARY_ROWS),
  isLog: true,
  read: readDmesg,
};

const OWN = anyOf([...OWN_ROWS, ...VIRTIO_ROWS, ...NIC_ROWS]);

function readDmesg(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const boots = findBoots(rows);
  const last = boots.at(-1);
  for (const boot of boots.slice(0, -1)) readBoot(survey(boot), { ...notes, say: () => {} });
  if (!last) return notes.done();
  sayBoots(boots, rows, notes);
  const lastBoot = survey(last);
  sayMachine(lastBoot, notes);
  readBoot(lastBoot, notes);
  return notes.done(isPhysical(lastBoot) ? 'host' : undefined);
}

/** OpenBSD's virtio(4) says some things in the same words: only a row of NetBSD's own tells the system. */
function sayBoots(boots: readonly Boot[], rows: readonly Row[], notes: Notes): void {
  const own = rows.find(({ text }) => OWN.test(text));
  if (own) notes.say('system', '', { os: 'netbsd' }, own);
  const announced = boots.filter(({ version }) => version);
  const row = announced.at(-1)?.version;
  if (row) notes.say('system', '', { boots: announced.length }, row);
}

function readBoot(boot: LastBoot, notes: Notes): void {
  const product = productOf(boot)?.row;
  for (const row of boot.rows) {
    const isUnderstood =
      row === product ||
      sayVirtio(row, boot, notes) ||
      sayMessage(row, notes) ||
      sayNic(row, notes) ||
      netbsdDmesg.begins.test(row.text) ||
      netbsdDmesg.continues.test(row.text);
    if (!isUnderstood) notes.missed(row);
  }
}
