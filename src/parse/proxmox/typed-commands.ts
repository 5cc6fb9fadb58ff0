// Reads: `qm set VMID --netN ...` as somebody typed it, with or without a prompt: an intention, no output.
// Printed by: nobody; syntax of qm(1). Placeholders such as `virtio=...` are passed over.
// Fixtures: fixtures/outputs/proxmox-7.4/typed-commands.txt (seed 002).

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { readNetOptions } from './net-options.ts';

const SET =
  /^(?:\S{0,40}[#$>] ?)?(?:sudo )?qm set ([1-9]\d{0,8}) (?:\S{1,200} ){0,6}?-{1,2}net(\d{1,2})[ =](\S{1,300})/;

export const typedCommands: Parser = {
  kind: 'proxmox/typed-commands',
  title: 'typed qm commands',
  side: 'host',
  commands: /^qm set \d/,
  begins: SET,
  continues: SET,
  read: readTypedCommands,
};

function readTypedCommands(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, vm, index, options = ''] = SET.exec(row.text) ?? [];
    const net = vm === undefined ? undefined : readNetOptions(options.replace(/^["']|["']$/g, ''));
    if (vm === undefined || !net) {
      notes.missed(row);
      continue;
    }
    const { mac, bridge, tag } = net;
    notes.say('typedNic', `${vm}/net${index}`, { vm, index: Number(index), mac, bridge, tag }, row);
  }
  return notes.done();
}
