// Reads: dmesg, /var/run/dmesg.boot, /var/log/messages and console logs: whole, of several boots (the last one counts), cut, or through grep.
// Printed by: the kernels of FreeBSD 8 to 16, pfSense, OPNsense, HardenedBSD and DragonFly (sys/kern/subr_bus.c, sys/dev/virtio, sys/net/if.c).
// Fixtures: fixtures/outputs/freebsd-{8.3,9.1,12.1,13,14.1}/dmesg*.txt, messages*.txt, dragonfly-6.4/dmesg.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { anyOf } from '../any-of.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { ATTACH_ROWS, sayAttach } from './dmesg-attach.ts';
import { type Boot, findBoots, type LastBoot, survey } from './dmesg-boots.ts';
import { BRIDGE_ROWS, sayBridge, sayFlaps } from './dmesg-bridge.ts';
import { DISK_ROWS, sayDisk } from './dmesg-disks.ts';
import { FEATURE_ROWS, sayFeatures, sayInterrupts } from './dmesg-features.ts';
import { LINK_ROWS, sayLink } from './dmesg-link.ts';
import { isPhysical, MACHINE_ROWS, sayMachine } from './dmesg-machine.ts';
import { MESSAGE_ROWS, sayMessage } from './dmesg-messages.ts';
import { MODULE_ROWS, sayModule } from './dmesg-modules.ts';
import { PANIC_REST, PANIC_ROWS, sayPanic } from './dmesg-panic.ts';
import { ORDINARY_ROWS, STRONG_ROWS } from './dmesg-rows.ts';

export const freebsdDmesg: Parser = {
  kind: 'freebsd/dmesg',
  title: 'FreeBSD kernel log',
  commands:
    /^(?:\/sbin\/)?dmesg\b|^(?:cat|less|more|head|tail|[ef]?grep|zgrep|bzgrep|clog|opnsense-log)\b.{0,200}(?:\bdmesg\b|\/var\/log\/(?:messages|system)|system\.log|\bsystem\b)/,
  commandIsShared: true,
  begins: anyOf([
    ...STRONG_ROWS,
    ...MACHINE_ROWS,
    ...ATTACH_ROWS,
    ...FEATURE_ROWS,
    ...MESSAGE_ROWS,
    ...LINK_ROWS,
    ...BRIDGE_ROWS,
    ...DISK_ROWS,
    ...MODULE_ROWS,
    ...PANIC_ROWS,
  ]),
  continues: anyOf([...ORDINARY_ROWS, PANIC_REST]),
  // The words that a panic begins with are other kernels' too; what follows is not.
  leads: /^(?:panic: |cpuid = \d|time = \d)/,
  isLog: true,
  // Only whole lines of the attach block, so that no prose is cut; quotes: a pattern given to grep.
  seam: {
    in: /vtnet|virtio_pci/,
    at: /(?<!["'`/:-] ?)(?=virtio_pci\d{1,3}: <VirtIO PCI |vtnet\d{1,3}: (?:<VirtIO Networking Adapter> on virtio|Ethernet address: [\da-f]{2}:|netmap queues\/slots: |link state changed to (?:UP|DOWN)(?:\s|$)))/g,
  },
  torn: /^virtio_pci\d{1,3}: <VirtIO PCI (?!.{0,200} on pci\d{1,3}$).{0,160}$|^[a-z]{2,12}\d{1,3}: <VirtIO Networking(?: Adapter>?(?: on)?)?$/,
  read: readDmesg,
};

function readDmesg(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const boots = findBoots(rows);
  const last = boots.at(-1);
  for (const boot of boots.slice(0, -1)) readBoot(survey(boot), notes, { ...notes, say: () => {} });
  if (!last) return notes.done();
  sayBoots(boots, notes);
  const lastBoot = survey(last);
  sayMachine(lastBoot, notes);
  readBoot(lastBoot, notes, notes);
  sayFlaps(last.rows, notes);
  return notes.done(isPhysical(lastBoot) ? 'host' : undefined);
}

/** The buffer may begin in the middle of an older boot, which is not counted. */
function sayBoots(boots: readonly Boot[], notes: Notes): void {
  const announced = boots.filter(({ version }) => version);
  const row = announced.at(-1)?.version ?? (boots.length > 1 ? boots.at(-1)?.rows[0] : undefined);
  if (row) notes.say('system', '', { boots: announced.length || boots.length }, row);
}

/** `forAll`: what counts whichever boot it is of. */
function readBoot(boot: LastBoot, forAll: Notes, notes: Notes): void {
  for (const row of boot.rows) {
    const isUnderstood =
      sayAttach(row, boot, notes) ||
      sayFeatures(row, boot, notes) ||
      sayInterrupts(row, boot, notes) ||
      sayLink(row, boot, notes) ||
      sayMessage(row, boot, notes) ||
      sayBridge(row, notes) ||
      sayDisk(row, notes) ||
      sayModule(row, notes) ||
      sayPanic(row, forAll) ||
      freebsdDmesg.begins.test(row.text) ||
      freebsdDmesg.continues.test(row.text);
    if (!isUnderstood) notes.missed(row);
  }
}
