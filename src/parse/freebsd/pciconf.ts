// Reads: `pciconf -l`, `-lv`, `-lvb`, `-lvbc`, whole, of one device, or cut out by grep.
// Printed by: usr.sbin/pciconf/pciconf.c, cap.c (FreeBSD up to 12 and DragonFly: card= and chip=; 13 and later: vendor= and device=;
// up to 7 without the domain). Fixtures: fixtures/outputs/freebsd-{8.3,12.1,14.1}/pciconf*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { sayBar } from '../openbsd/pci-config-space.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEAD =
  /^\s{0,4}([a-z]\w{0,30}?)(\d{1,4})@pci((?:\d{1,5}:){3,4})\s{0,20}class=0x([0-9a-f]{6})\s(.{20,140})$/;
const OLD_IDS = /^card=0x([0-9a-f]{8}) chip=0x([0-9a-f]{4})([0-9a-f]{4}) rev=0x/;
const NEW_IDS = /^rev=0x[0-9a-f]{2} hdr=0x[0-9a-f]{2} vendor=0x([0-9a-f]{4}) device=0x([0-9a-f]{4}) /;
const BAR =
  /^\s{0,40}bar\s{1,6}\[([12][048c])\] = type [\w/ ]{4,30}, range \d{2}, base (0x[0-9a-f]{1,16}|0), size \d{1,15}, (?:enabled|disabled)$/;
const MSIX =
  /^\s{0,40}cap 11\[[0-9a-f]{2}\] = MSI-X supports (\d{1,4}) messages?(?: in maps? 0x[0-9a-f]{1,2}(?: and 0x[0-9a-f]{1,2})?)?(,? enabled)?$/;
const MSI =
  /^\s{0,40}cap 05\[[0-9a-f]{2}\] = MSI supports \d{1,3} messages?.{0,60}?( enabled with \d{1,3} messages?)?$/;
const CAPABILITY = /^\s{0,40}(?:e?cap|iovcap|legacy) [0-9a-f]{2,4}\[[0-9a-f]{2,3}\] = .{1,200}$/;
const NAME = /^\s{0,40}device {1,8}= '(.{0,100}?)'?$/;
const OTHER =
  /^\s{0,40}(?:(?:vendor|class|subclass) {1,9}= .{0,120}|bar\s{1,6}\[.{1,120}|Table in map .{1,80}|link x\d.{0,100}|max read .{0,60}|slot .{0,60}|ClockPM .{0,40}|ARI .{0,40}|VPD \S.{0,100}|(?:PCI(?:-e)?|Fatal|Non-fatal|Corrected|Received|PCI-e) ?(?:errors )?= .{0,160}|window\[.{1,100}|physical slot .{0,40}|driver(?:-)?name.{0,40}|\[0x[0-9a-f]{1,4}\].{0,80})$/;
const DENIED = /^pciconf: \/dev\/pci: Permission denied$/;

export const pciconf: Parser = {
  kind: 'freebsd/pciconf',
  title: 'FreeBSD pciconf',
  commands: /^(?:\/usr\/sbin\/)?pciconf\b/,
  begins: new RegExp(`${HEAD.source}|${DENIED.source}|${MSIX.source}`),
  continues: new RegExp(
    [BAR, MSI, CAPABILITY, NAME, OTHER, /^--$/].map(({ source }) => `(?:${source})`).join('|'),
  ),
  read: readPciconf,
};

type Says = { row: Row; says: Partial<Things['pci']> };

/** One function: its head row and what the rows below it say. */
type Block = {
  head: Row | undefined;
  id: string;
  driver: string;
  unit: string;
  isNetwork: boolean;
  isModern: boolean | undefined;
  said: Says[];
  hasMsix: boolean;
  /** A separator of grep, or a row not understood, stands in it: rows may be missing. */
  isCut: boolean;
};

function readPciconf(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const blocks: Block[] = [];
  for (const row of rows) {
    const opened = openBlock(row);
    const block = blocks.at(-1);
    if (opened) blocks.push(opened);
    else if (!block || !readRow(row, block)) {
      if (block) block.isCut = true;
      if (!DENIED.test(row.text) && row.text !== '--') notes.missed(row);
    }
  }
  const head = blocks[0]?.head;
  // Only FreeBSD 13 and later print vendor= and device=; the older form is DragonFly's too.
  if (head && / vendor=0x/.test(head.text)) notes.say('system', '', { os: 'freebsd' }, head);
  const showsCapabilities = rows.some(({ text }) => CAPABILITY.test(text));
  for (const [index, block] of blocks.entries())
    sayBlock(block, showsCapabilities && index < blocks.length - 1, notes);
  return notes.done(blocks.some(({ driver }) => driver === 'virtio_pci') ? 'guest' : undefined);
}

function openBlock(row: Row): Block | undefined {
  const [, driver = '', unit = '', place, deviceClass = '', rest = ''] = HEAD.exec(row.text) ?? [];
  if (place === undefined) return undefined;
  const old = OLD_IDS.exec(rest);
  const [, vendor, product] = old ? [old[0], old[3], old[2]] : (NEW_IDS.exec(rest) ?? []);
  const ids =
    vendor && product ? { vendor: Number.parseInt(vendor, 16), product: Number.parseInt(product, 16) } : {};
  const isVirtioNet = ids.vendor === 0x1af4 && (ids.product === 0x1000 || ids.product === 0x1041);
  return {
    head: row,
    id: pciId(place),
    driver,
    unit,
    isNetwork: deviceClass.startsWith('02') || isVirtioNet,
    isModern: isVirtioNet ? ids.product === 0x1041 : undefined,
    said: [{ row, says: { ...ids, driver } }],
    hasMsix: false,
    isCut: false,
  };
}

/** `0:0:6:0:` is domain, bus, slot and function in decimal; `bus:dev.fn` is hexadecimal everywhere else. */
function pciId(place: string): string {
  const numbers = place.slice(0, -1).split(':').map(Number);
  const [domain = 0, bus = 0, slot = 0, fn = 0] = numbers.length === 4 ? numbers : [0, ...numbers];
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
  return `${domain ? `${hex(domain, 4)}:` : ''}${hex(bus, 2)}:${hex(slot, 2)}.${fn}`;
}

function readRow(row: Row, block: Block): boolean {
  const { text } = row;
  const [, vectors, enabled] = MSIX.exec(text) ?? [];
  const [, offset, address] = BAR.exec(text) ?? [];
  const name = NAME.exec(text)?.[1];
  const msi = MSI.exec(text);
  if (vectors !== undefined) {
    block.hasMsix = true;
    block.said.push({ row, says: { msixVectors: Number(vectors), msixEnabled: enabled !== undefined } });
  } else if (msi) block.said.push({ row, says: { msiEnabled: msi[1] !== undefined } });
  else if (offset !== undefined && address !== undefined) {
    const says = sayBar((Number.parseInt(offset, 16) - 0x10) / 4, Number(address));
    if (says) block.said.push({ row, says });
  } else if (name !== undefined) block.said.push({ row, says: { name } });
  else return CAPABILITY.test(text) || OTHER.test(text);
  return true;
}

/** Capabilities are listed with -c only: none of a device counts where other devices have theirs, and the next one follows. */
function sayBlock(block: Block, isEnded: boolean, notes: Notes): void {
  const { head, id, driver, unit, isNetwork, isModern, said } = block;
  if (!head || !isNetwork) return;
  for (const { row, says } of said) notes.say('pci', id, says, row);
  if (driver === 'virtio_pci') {
    notes.say('virtio', `${driver}${unit}`, { pci: id, type: 'network', modern: isModern }, head);
  }
  if (isEnded && !block.hasMsix && !block.isCut) notes.say('pci', id, { msixVectors: 0 }, head);
}
