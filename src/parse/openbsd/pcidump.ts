// Reads: `pcidump`, `pcidump -v` and its hex dumps (-x, -xx, -xxx), whole, of one function, or cut out by grep.
// Printed by: usr.sbin/pcidump/pcidump.c (OpenBSD: 1.27 of 4.9 without commas and MSI rows; 1.69 of 7.3 the same as 7.8).
// Fixtures: fixtures/outputs/openbsd-{4.9,6.5,7.3,7.8}/pcidump*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { readConfigSpace, sayBar } from './pci-config-space.ts';

// Not the kernel's own `0:1:0: rom address conflict 0xfffc0000/0x40000`.
const HEAD = /^ ?(\d{1,3}):([12]?\d|3[01]):([0-7]): (?!(?:rom|mem|io|bridge|bus) )(\S{1,60} \S.{0,100})$/;
const DOMAIN = /^Domain \/dev\/pci(\d{1,3}):$/;
const HEX = /^\s*0x([0-9a-f]{4}):((?: [0-9a-f]{8}){1,4})$/;
const IDS = /^\s*0x0000: Vendor ID: ([0-9a-f]{4}),? Product ID: ([0-9a-f]{4})$/;
const COMMAND = /^\s*0x0004: Command: ([0-9a-f]{4}),? Status(?: ID)?: [0-9a-f]{4}$/;
const CLASS = /^\s*0x0008:\s{1,4}Class: ([0-9a-f]{2})\b.{0,100}$/;
const BAR = /^\s*0x(00[12][048c]): BAR (?:mem|io) .{0,40}addr: 0x([0-9a-f]{8,16})\/0x[0-9a-f]{1,16}$/;
const EMPTY_BAR = /^\s*0x00[12][048c]: BAR (?:empty|mem|io)\b.{0,60}$/;
const CAPABILITY = /^\s*0x[0-9a-f]{4}: (Enhanced )?Capability 0x([0-9a-f]{2}): .{1,80}$/;
const ENABLED = /^\s*Enabled: (yes|no)(?:; table size (\d{1,4}) \(BAR \d{1,2}:\d{1,10}\))?$/;
const SIZED = /^\s*Enabled: (?:yes|no); table size \d{1,4} /;
const INTERRUPT = /^\s*0x003c: Interrupt Pin: .{1,80}$/;
const FIELD =
  /^\s*0x[0-9a-f]{4}: (?:BIST|Cardbus|Subsystem|Expansion|Primary|I\/O|Memory|Prefetch|16-bit)\b.{0,100}$/;
const DETAIL =
  /^\s*(?:Interface: [0-9a-f]{2}, Revision: |Cache Line Size: |Secondary Latency Timer: |Cardbus Latency Timer: |State: D\d|Max (?:Payload|Read Request) Size: |Link (?:Speed|Width): |Serial Number: |Product Name: |\[\|vpd\]).{0,200}$|^\s{1,24}[A-Z][A-Z0-9]: .{0,200}$/;

const NAMES_A_NIC =
  /^Qumranet Virtio (?:1\.x )?Network$|^Intel (?:PRO\/|825[47]\d|8256[0-9]|82580|82599|I2[12]\d|I350|X5[245]0|X710|XL710|E810)|Ethernet|VMXNET|^Realtek 81[36]9/;

export const pcidump: Parser = {
  kind: 'openbsd/pcidump',
  title: 'OpenBSD pcidump',
  commands: /^(?:\/usr\/sbin\/)?pcidump\b/,
  begins: new RegExp(
    [HEAD, DOMAIN, /^\s*0x[0-9a-f]{4}:(?: [0-9a-f]{8}){4}$/, IDS, COMMAND, BAR, CAPABILITY, SIZED]
      .map(({ source }) => `(?:${source})`)
      .join('|'),
  ),
  continues: new RegExp(
    [HEX, CLASS, ENABLED, EMPTY_BAR, INTERRUPT, FIELD, DETAIL].map(({ source }) => `(?:${source})`).join('|'),
  ),
  read: readPcidump,
};

type Says = { row: Row; says: Partial<Things['pci']> };

/** One function: its head row and what the rows below it say. */
type Block = {
  id: string | undefined;
  name: string;
  said: Says[];
  words: Map<number, { value: number; row: Row }>;
  baseClass?: number;
  capability?: number;
  rows: Set<'ids' | 'command' | 'interrupt' | 'msix'>;
  last: Row | undefined;
};

function readPcidump(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const blocks: Block[] = [];
  let domain = 0;
  let block = newBlock(undefined, '');
  for (const row of rows) {
    const domainNumber = DOMAIN.exec(row.text)?.[1];
    if (domainNumber !== undefined) {
      domain = Number(domainNumber);
      continue;
    }
    const head = HEAD.exec(row.text);
    if (head) {
      const [, bus, device, fn, name = ''] = head;
      block = newBlock(pciId(domain, Number(bus), Number(device), Number(fn)), name);
      block.said.push({ row, says: { name } });
      blocks.push(block);
    } else if (!readDetail(row, block)) notes.missed(row);
  }
  for (const [index, each] of blocks.entries()) sayBlock(each, index < blocks.length - 1, notes);
  return notes.done();
}

function newBlock(id: string | undefined, name: string): Block {
  return { id, name, said: [], words: new Map(), rows: new Set(), last: undefined };
}

/** pcidump counts in decimal; `bus:dev.fn` is hexadecimal everywhere else. */
function pciId(domain: number, bus: number, device: number, fn: number): string {
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
  return `${domain ? `${hex(domain, 4)}:` : ''}${hex(bus, 2)}:${hex(device, 2)}.${fn}`;
}

function readDetail(row: Row, block: Block): boolean {
  block.last = row;
  const { text } = row;
  return (
    readHex(row, block) || readHeader(row, block) || readCapability(row, block) || isKnownAndUnneeded(text)
  );
}

function isKnownAndUnneeded(text: string): boolean {
  return EMPTY_BAR.test(text) || FIELD.test(text) || DETAIL.test(text);
}

function readHex(row: Row, block: Block): boolean {
  const [, start, words] = HEX.exec(row.text) ?? [];
  if (start === undefined || words === undefined) return false;
  for (const [index, word] of words.trim().split(' ').entries()) {
    block.words.set(Number.parseInt(start, 16) + 4 * index, { value: Number.parseInt(word, 16), row });
  }
  return true;
}

function readHeader(row: Row, block: Block): boolean {
  const [, vendor, product] = IDS.exec(row.text) ?? [];
  if (vendor && product) {
    block.rows.add('ids');
    block.said.push({
      row,
      says: { vendor: Number.parseInt(vendor, 16), product: Number.parseInt(product, 16) },
    });
    return true;
  }
  const command = COMMAND.exec(row.text)?.[1];
  if (command) {
    block.rows.add('command');
    block.said.push({ row, says: { busMaster: (Number.parseInt(command, 16) & 0x4) !== 0 } });
    return true;
  }
  const baseClass = CLASS.exec(row.text)?.[1];
  if (baseClass) block.baseClass = Number.parseInt(baseClass, 16);
  const [, offset, address] = BAR.exec(row.text) ?? [];
  if (offset && address) {
    const says = sayBar((Number.parseInt(offset, 16) - 0x10) / 4, Number.parseInt(address, 16));
    if (says) block.said.push({ row, says });
  }
  const isInterrupt = INTERRUPT.test(row.text);
  if (isInterrupt) block.rows.add('interrupt');
  return baseClass !== undefined || address !== undefined || isInterrupt;
}

function readCapability(row: Row, block: Block): boolean {
  const [, enhanced, id] = CAPABILITY.exec(row.text) ?? [];
  if (id) {
    if (!enhanced) block.capability = Number.parseInt(id, 16);
    if (block.capability === 0x11) block.rows.add('msix');
    return true;
  }
  const [, enabled, size] = ENABLED.exec(row.text) ?? [];
  if (!enabled) return false;
  const isOn = enabled === 'yes';
  if (size) block.said.push({ row, says: { msixVectors: Number(size), msixEnabled: isOn } });
  else if (block.capability === 0x11) block.said.push({ row, says: { msixEnabled: isOn } });
  else if (block.capability === 0x05) block.said.push({ row, says: { msiEnabled: isOn } });
  if (size) block.rows.add('msix');
  return true;
}

function sayBlock(block: Block, isEnded: boolean, notes: Notes): void {
  const { baseClass, findings } = readConfigSpace((offset) => block.words.get(offset)?.value);
  const decoded = findings.flatMap(({ offset, says }) => {
    const row = block.words.get(offset)?.row;
    return row ? [{ row, says }] : [];
  });
  const said = [...block.said, ...decoded];
  if (!isNetwork(block, baseClass ?? block.baseClass, said) || block.id === undefined) return;
  for (const { row, says } of said) notes.say('pci', block.id, says, row);
  // A -v block with its fixed rows, ended by the next function, that lists no MSI-X: the device offers none.
  const isWhole = block.rows.has('ids') && block.rows.has('command') && block.rows.has('interrupt');
  const saysMsix = said.some(({ says }) => says.msixVectors !== undefined);
  if (isEnded && isWhole && !block.rows.has('msix') && !saysMsix && block.last) {
    notes.say('pci', block.id, { msixVectors: 0 }, block.last);
  }
}

function isNetwork(block: Block, baseClass: number | undefined, said: readonly Says[]): boolean {
  if (baseClass !== undefined) return baseClass === 0x02;
  const ids = said.find(({ says }) => says.vendor !== undefined)?.says;
  const isVirtioNet = ids?.vendor === 0x1af4 && (ids.product === 0x1000 || ids.product === 0x1041);
  return isVirtioNet || NAMES_A_NIC.test(block.name);
}
