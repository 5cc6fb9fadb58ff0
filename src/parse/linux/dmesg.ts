// Reads: dmesg, the kernel's part of a journal or syslog, and console logs: whole, of several boots, cut, wrapped, or through grep.
// Printed by: the Linux kernel (lib/vsprintf.c, net/core/dev.c __netdev_printk); 2.6 to 6.18, captured with 6.1 and 6.18.
// Fixtures: fixtures/outputs/linux-*/dmesg*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { anyOf } from '../any-of.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { sayKernel } from './dmesg-kernel.ts';
import { sayMachine } from './dmesg-machine.ts';
import { codeOf, type Speaker, speakerOf, TORN } from './dmesg-messages.ts';
import { finalNames } from './dmesg-names.ts';
import { sayAttached, sayBridge, saysOfNetwork } from './dmesg-network.ts';
import { BLURRED_TIMEOUT, ORDINARY_ROWS, STRONG_ROWS } from './dmesg-rows.ts';

export const linuxDmesg: Parser = {
  kind: 'linux/dmesg',
  title: 'Linux kernel log',
  commands:
    /^(?:\/bin\/)?dmesg\b|^journalctl\b.{0,60}(?: -\w{0,4}k|--dmesg|_TRANSPORT=kernel)|^(?:cat|less|more|head|tail|[ef]?grep|zgrep|zcat)\b.{0,200}\b(?:dmesg|kern\.log|\/var\/log\/(?:messages|syslog))/,
  commandIsShared: true,
  begins: anyOf([...STRONG_ROWS, BLURRED_TIMEOUT]),
  continues: anyOf(ORDINARY_ROWS),
  isLog: true,
  takesLogged: true,
  // Another line's stamp inside a line: its line break was lost.
  seam: { in: /.\[ {0,8}\d/, at: /(?=\[ {0,8}\d{1,7}\.\d{6}\](?:\[ {0,8}[TC]\d{1,7}\])? \S)/g },
  torn: TORN,
  read: readDmesg,
};

function readDmesg(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  // The command above is spelled alike on all systems: without one row of Linux's own it may be any kernel's.
  if (!rows.some(({ text }) => linuxDmesg.begins.test(text))) {
    for (const row of rows) notes.missed(row);
    return notes.done();
  }
  const first = rows.find(({ text }) => linuxDmesg.begins.test(text)) as Row;
  notes.say('system', '', { os: 'linux' }, first);
  const side = sayMachine(rows, notes);
  const speakers = rows.map(({ text }) => speakerOf(text));
  const names = finalNames(
    rows,
    speakers.map(({ name }) => name),
  );
  for (const [index, row] of rows.entries()) {
    const isUnderstood =
      sayMessage(row, { ...(speakers[index] as Speaker), name: names[index] }, notes) ||
      sayKernel(row, { rows, index }, notes) ||
      sayBridge(row, notes) ||
      sayAttached(row, notes) ||
      linuxDmesg.begins.test(row.text) ||
      linuxDmesg.continues.test(row.text) ||
      (row.isLogged === true && !saysOfNetwork(row.text));
    if (!isUnderstood) notes.missed(row);
  }
  return notes.done(side);
}

/** What the kernel and udev call Ethernet cards (systemd.net-naming-scheme(7)). */
const CARD = /^(?:eth\d{1,3}|en(?:[cosx]|p\d)\w{1,12})$/;

/** Said by virtio_net alone, though without its name. */
const OWN_WORDS = new Set([
  'bad-gso',
  'tx-queue-failure',
  'queue-pairs-refused',
  'promisc-refused',
  'mac-filter-refused',
  'vlan-filter-refused',
  'ctrl-command-failed',
]);

/** Behind the name of an interface it is of that interface; a blurred name is nobody's. */
function sayMessage(row: Row, speaker: Speaker, notes: Notes): boolean {
  const { name } = speaker;
  const code = codeOf(speaker, row.text);
  if (speaker.driver === 'virtio_net') sayVirtio(speaker, row, notes);
  else if (speaker.driver && name !== undefined)
    notes.say('interface', name, { driver: speaker.driver }, row);
  if (code === undefined) return false;
  const driver = speaker.driver === undefined && OWN_WORDS.has(code) ? 'virtio_net' : undefined;
  if (name !== undefined && (CARD.test(name) || driver)) notes.say('interface', name, { driver }, row);
  if (code === 'renamed' && name !== undefined) {
    const renamedFrom = /^renamed from ([\w.@-]{1,15})/.exec(speaker.words)?.[1];
    notes.say('interface', name, { renamedFrom }, row);
  }
  const isNamed = !BLURRED_TIMEOUT.test(row.text) || speaker.driver !== undefined;
  const device = isNamed ? (name ?? speaker.device ?? '') : '';
  notes.say('message', device === '' ? code : `${code} ${device}`, { code, device, text: row.text }, row);
  return true;
}

function sayVirtio({ driver, device, name }: Speaker, row: Row, notes: Notes): void {
  const isVirtio = device?.startsWith('virtio') === true;
  if (name !== undefined) notes.say('interface', name, { driver, ...(isVirtio && { device }) }, row);
  if (isVirtio && device) notes.say('virtio', device, { type: 'network', child: name }, row);
}
