// Reads: `uname -a` (and -r below its command) of Linux: the kernel's release, in which Proxmox VE names itself.
// Printed by: coreutils src/uname.c, busybox coreutils/uname.c. Fixtures: fixtures/outputs/linux-6.1/uname.txt, proxmox-8.2/uname.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { hostName } from '../host-name.ts';
import { takeNotes } from '../reading.ts';

const WHOLE = /^Linux (\S{1,64}) (\d{1,2}\.\d{1,3}[\w.+~-]{0,60}) #\d.{1,200}$/;
const RELEASE = /^\d{1,2}\.\d{1,3}\.\d{1,3}[\w.+~-]{0,60}$/;

export const linuxUname: Parser = {
  kind: 'linux/uname',
  title: 'uname of Linux',
  commands: /^uname\b/,
  commandIsShared: true,
  begins: WHOLE,
  continues: RELEASE,
  read: readUname,
};

function readUname(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, name, whole] = WHOLE.exec(row.text) ?? [];
    const release = whole ?? RELEASE.exec(row.text)?.[0];
    if (release === undefined) notes.missed(row);
    else notes.say('system', '', { os: 'linux', name: hostName(name), release }, row);
  }
  return notes.done(rows.some(({ text }) => /-pve\b/.test(text)) ? 'host' : undefined);
}
