// Reads: `pcictl pciN list` (also -n, -N) and `pcictl pciN dump -d D`: names, ids and configuration space of PCI functions.
// Printed by: usr.sbin/pcictl/pcictl.c (1.13 and later), sys/dev/pci/pci_subr.c pci_conf_print(), pci_devinfo().
// Fixtures: fixtures/outputs/netbsd-10.1/pcictl-*.txt. The bytes decide; the words below them are not needed.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { readConfigSpace } from '../openbsd/pci-config-space.ts';
import { type Notes, takeNotes } from '../reading.ts';

const LISTED =
  /^(\d{3}):(\d{2}):([0-7]): (?:0x([\da-f]{4})([\da-f]{4}) \(0x([\da-f]{2})[\da-f]{6}\)|(\S.{1,120}) \(([^()]{3,100})\))(?: \[([a-z]{2,12}\d{1,4})\])?$/;
const TITLE = /^PCI configuration registers:$/;
const WORDS = /^\s{0,8}0x([\da-f]{2,3}):((?: 0x[\da-f]{8}){1,4})$/;
const SECTION =
  /^\s{0,4}(?:Common header|Type \d \(.{1,40}\) header|(?:Device|Extended)-dependent header|Extended Configuration Space|(?:Capability|Base address) register at|Extended Capability Register|(?:PCI|MSI|MSI-X|PCI Express|Vendor[ -]Specific|Power|Virtio) ?.{0,60}(?:Register|Capabilities?)s?)\b/i;
/** Behind the title only: names and values of the registers in words, which the bytes above have told. */
const FIELD =
  /^\s{0,20}(?:(?:[A-Z][\w /().,'-]{1,70}|type|base|size): \S.{0,120}|Don't know how to pretty-print .{1,60})$/;
const DUMP_OF = /^\S{0,20}pcictl (?:\/dev\/)?pci(\d{1,3}) dump\b(.{0,60})$/;

export const pcictl: Parser = {
  kind: 'netbsd/pcictl',
  title: 'NetBSD pcictl',
  commands: /^(?:\/usr\/sbin\/)?pcictl \S{1,20} (?:list|dump)\b/,
  begins: new RegExp([LISTED, TITLE, WORDS].map(({ source }) => `(?:${source})`).join('|')),
  continues: new RegExp(`${SECTION.source}|${FIELD.source}`),
  top: TITLE,
  read: readPcictl,
};

function readPcictl(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const words = new Map<number, { value: number; row: Row }>();
  for (const row of rows) {
    const [, start, values] = WORDS.exec(row.text) ?? [];
    if (start !== undefined && values !== undefined) {
      for (const [index, value] of values.trim().split(' ').entries())
        words.set(Number.parseInt(start, 16) + 4 * index, { value: Number.parseInt(value, 16), row });
    } else if (!sayListed(row, notes) && !TITLE.test(row.text) && !pcictl.continues.test(row.text))
      notes.missed(row);
  }
  if (words.size > 0) sayDumped(words, functionIn(command), notes);
  return notes.done();
}

/** Of network cards only: class 2, or what pci_devinfo() calls one. */
function sayListed(row: Row, notes: Notes): boolean {
  const [, bus, device, fn, product, vendor, base, name, type, driver] = LISTED.exec(row.text) ?? [];
  if (bus === undefined || device === undefined || fn === undefined) return false;
  const id = pciId(Number(bus), Number(device), Number(fn));
  if (vendor !== undefined && product !== undefined && base === '02')
    notes.say(
      'pci',
      id,
      { vendor: Number.parseInt(vendor, 16), product: Number.parseInt(product, 16), driver },
      row,
    );
  if (name !== undefined && /\bnetwork\b/.test(type ?? '')) notes.say('pci', id, { name, driver }, row);
  return true;
}

function sayDumped(words: ReadonlyMap<number, { value: number; row: Row }>, id: string, notes: Notes): void {
  const { baseClass, findings } = readConfigSpace((offset) => words.get(offset)?.value);
  if (baseClass !== undefined && baseClass !== 2) return;
  for (const { offset, says } of findings) {
    const row = words.get(offset)?.row;
    if (row) notes.say('pci', id, says, row);
  }
}

/** A dump does not repeat which function it is of; '' where no command told. */
function functionIn(command: string): string {
  const [, bus, options = ''] = DUMP_OF.exec(command) ?? [];
  const device = / -d ?(\d{1,2})\b/.exec(options)?.[1];
  if (bus === undefined || device === undefined) return '';
  const other = / -b ?(\d{1,3})\b/.exec(options)?.[1];
  const fn = / -f ?([0-7])\b/.exec(options)?.[1] ?? '0';
  return pciId(Number(other ?? bus), Number(device), Number(fn));
}

/** pcictl counts in decimal; `bus:dev.fn` is hexadecimal everywhere else. */
function pciId(bus: number, device: number, fn: number): string {
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  return `${hex(bus)}:${hex(device)}.${fn}`;
}
