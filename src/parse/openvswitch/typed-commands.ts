// Reads: `ovs-vsctl add-port BR PORT [tag=N]`, `set port PORT tag=N ...` as somebody typed or proposed them, several in one line with `--`.
// Grammar: Open vSwitch ovs-vsctl(8), utilities/ovs-vsctl.c. A typed command is an intention: no state is read off it.
// Fixtures: fixtures/outputs/openvswitch-3.1/typed-commands.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const COMMAND =
  /^(?:[^\s#$>]{0,80}(?: \S{0,60}\])?[#$>] {0,2})?(?:sudo )?(?:\/usr\/bin\/)?ovs-vsctl (?:--?[\w-]{1,20}(?:=\S{1,40})? ){0,4}((?:add-port|add-br|add-bond|del-port|del-br|set|clear|remove) .{1,600})$/;
const ADD = /^add-port ([\w.-]{1,16}) ([\w.-]{1,16})(?: (.{1,300}))?$/;
const SET = /^set [Pp]ort ([\w.-]{1,16}) (.{1,300})$/;

export const ovsTyped: Parser = {
  kind: 'openvswitch/typed-commands',
  title: 'typed ovs-vsctl commands',
  side: 'host',
  // What a command prints is never of this kind.
  commands: /^(?!)/,
  begins: COMMAND,
  continues: /^(?!)/,
  read: readTyped,
};

function readTyped(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const text = COMMAND.exec(row.text)?.[1];
    if (text === undefined) notes.missed(row);
    else for (const part of text.split(/ -- (?:--[\w-]{1,20} )?/)) readPart(part.trim(), row, notes);
  }
  return notes.done();
}

function readPart(text: string, row: Row, notes: Notes): void {
  const [, bridge, added, options = ''] = ADD.exec(text) ?? [];
  const [, changed, columns = ''] = SET.exec(text) ?? [];
  const port = added ?? changed;
  if (port === undefined) return;
  const [, tag] = /(?:^| )tag=(\d{1,4})\b/.exec(added === undefined ? columns : options) ?? [];
  // Proxmox VE: tap107i1 is net1 of VM 107.
  const [, vm, index] = /^tap(\d{1,9})i(\d{1,2})$/.exec(port) ?? [];
  const slot = vm === undefined ? { tap: port } : { vm, index: Number(index) };
  if (bridge === undefined && tag === undefined) return;
  const id = vm === undefined ? `ovs ${port}` : `${vm}/net${index}`;
  notes.say('typedNic', id, { ...slot, bridge, tag: tag === undefined ? undefined : Number(tag) }, row);
}
