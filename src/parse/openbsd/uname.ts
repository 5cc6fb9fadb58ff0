// Reads: `uname -a` of OpenBSD: `OpenBSD fw1 7.6 GENERIC.MP#338 amd64`.
// Printed by: usr.bin/uname/uname.c (5.x to 7.9). Fixtures: fixtures/outputs/openbsd-7.6/uname.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { hostName } from '../host-name.ts';
import { takeNotes } from '../reading.ts';

const WHOLE = /^OpenBSD (\S{1,64}) (\d{1,2}\.\d) ([\w.]{1,30})#\d{1,6} \w{2,12}$/;

export const openbsdUname: Parser = {
  kind: 'openbsd/uname',
  title: 'uname of OpenBSD',
  commands: /^uname\b/,
  commandIsShared: true,
  begins: WHOLE,
  continues: /^(?!)/,
  read: readUname,
};

function readUname(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, name, release, kernel] = WHOLE.exec(row.text) ?? [];
    if (release === undefined) notes.missed(row);
    else notes.say('system', '', { os: 'openbsd', name: hostName(name), release, kernel }, row);
  }
  return notes.done();
}
