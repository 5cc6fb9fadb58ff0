// Reads: `qm set VMID --netN ...` as somebody typed or proposed it, with or without a prompt, and qm's echo `update VM 107: -net1 ...`.
// Grammar: as in net-options.ts. A typed command is an intention: no state is read off it.
// Fixtures: fixtures/outputs/proxmox-7.4/typed-commands.txt, proxmox-8.2/qm-set.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { netOptions } from './net-options.ts';

const COMMAND =
  /^(?:[^\s#$>]{0,80}(?: \S{0,60}\])?[#$>] {0,2})?(?:sudo )?(?:\/usr\/sbin\/)?qm (?:set|create) (\d{1,9}) (.{1,3000})$/;
const ECHO = /^update VM (\d{1,9}): (-.{1,3000})$/;
const NET = /(?:^|\s)--?net([0-9]|[12]\d|3[01])[\s=]{1,3}['"]?([^\s'"]{1,600})/g;

export const typedCommands: Parser = {
  kind: 'proxmox/typed-commands',
  title: 'typed qm commands',
  side: 'host',
  // What a command prints is never of this kind.
  commands: /^(?!)/,
  begins: new RegExp(`${COMMAND.source}|${ECHO.source}`),
  continues: /^(?!)/,
  read: readTypedCommands,
};

function readTypedCommands(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, vm, options = ''] = COMMAND.exec(row.text) ?? ECHO.exec(row.text) ?? [];
    if (vm === undefined) {
      notes.missed(row);
      continue;
    }
    for (const [, index, value = ''] of options.matchAll(NET)) {
      const { mac, bridge, tag } = netOptions(value);
      notes.say('typedNic', `${vm}/net${index}`, { vm, index: Number(index), mac, bridge, tag }, row);
    }
  }
  return notes.done();
}
