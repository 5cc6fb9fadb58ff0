// Reads: registers and memory that QEMU's monitor was asked for: `xp /1hx ADDR` and `i /1hx PORT`.
// Printed by: QEMU monitor/misc.c memory_dump() and hmp_ioport_read(); fixtures/outputs/qemu-7.2/xp*.txt.
// As a rule only the first value of a row can be trusted: virtio-pci answers by the exact offset, so neighbours of 8 or 16 bits read as 0.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { monitorCommand } from './monitor-command.ts';

const MEMORY =
  /^\s{0,4}([0-9a-f]{8}(?:[0-9a-f]{8})?):((?: 0x(?:[0-9a-f]{16}|[0-9a-f]{8}|[0-9a-f]{4}|[0-9a-f]{2})){1,16})(?:\s{1,20}(?:#|<-|\/\/).*)?$/;
const PORT = /^\s{0,4}port([bwl])\[0x([0-9a-f]{4,8})\] = 0x([0-9a-f]{2,8})(?:\s{1,20}(?:#|<-|\/\/).*)?$/;
const NOBODY = /^\s{0,4}[0-9a-f]{8,16}: Cannot access memory$/;

export const xp: Parser = {
  kind: 'qemu/xp',
  title: 'QEMU register read (xp, i)',
  side: 'host',
  commands: monitorCommand('(?:xp|i|x) ?/'),
  begins: new RegExp(`${MEMORY.source}|${PORT.source}|${NOBODY.source}`),
  continues: /^$/,
  read: readXp,
};

function readXp(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, address, values] = MEMORY.exec(row.text) ?? [];
    const [, letter, port, value] = PORT.exec(row.text) ?? [];
    if (address !== undefined && values !== undefined) readMemory(address, values, row, notes);
    else if (port !== undefined && value !== undefined) {
      sayRegister('io', Number.parseInt(port, 16), { b: 1, w: 2 }[letter ?? ''] ?? 4, value, row, notes);
    } else if (!NOBODY.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

/**
 * Further bytes are told in the device configuration only (MAC, link status): QEMU's BAR 4 is 16 kB, its third page is
 * that. In the common configuration a byte dump shows 0 where a 16-bit neighbour shares the word. Words of 32 bits are told all:
 * the MSI-X table has four for each vector.
 */
function readMemory(address: string, values: string, row: Row, notes: Notes): void {
  const words = values.trim().split(' ');
  const width = ((words[0] ?? '').length - 2) / 2;
  const start = Number.parseInt(address, 16);
  const isDeviceConfig = width === 1 && Math.floor(start / 0x1000) % 4 === 2;
  for (const [index, word] of words.slice(0, isDeviceConfig || width === 4 ? 16 : 1).entries()) {
    if (word.length === 2 + 2 * width)
      sayRegister('memory', start + index * width, width, word.slice(2), row, notes);
  }
}

function sayRegister(
  space: 'memory' | 'io',
  address: number,
  width: number,
  hex: string,
  row: Row,
  notes: Notes,
): void {
  const value = Number.parseInt(hex, 16);
  if (!Number.isSafeInteger(address) || !Number.isSafeInteger(value)) return;
  const id = `${space} 0x${address.toString(16)} ${width}`;
  notes.say('register', id, { space, address, width, value }, row);
}
