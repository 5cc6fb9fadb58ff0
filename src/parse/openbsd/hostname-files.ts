// Reads: a list of start-up files, as `ls /etc/hostname.*` or `find /etc -maxdepth 1 -name hostname.*` print it.
// Printed by: ls(1), find(1); which names netstart(8) takes: /etc/hostname.<if> and, from 7.3, /etc/hostname.<lladdr>.
// Fixtures: fixtures/outputs/openbsd-7.8/hostname-files.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const PATH =
  /^(?:[-dlrwx]{10}\S? .{1,80} )?(\/etc\/hostname\.([a-z]{2,15}\d{1,5}|(?:[0-9a-f]{2}:){5}[0-9a-f]{2}))$/;

export const hostnameFiles: Parser = {
  kind: 'openbsd/hostname-files',
  title: 'list of hostname.if files',
  commands: /^(?:ls|find)\b.{0,80}hostname\./,
  begins: PATH,
  continues: PATH,
  read: readHostnameFiles,
};

function readHostnameFiles(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, path, name = ''] = PATH.exec(row.text) ?? [];
    if (path === undefined) notes.missed(row);
    else notes.say('interfaceFile', name, { path, ...(name.includes(':') && { mac: name }) }, row);
  }
  return notes.done();
}
