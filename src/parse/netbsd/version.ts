// Reads: `uname -a` and `sysctl kern.version` of NetBSD.
// Printed by: usr.bin/uname/uname.c, sbin/sysctl/sysctl.c; the version string of sys/conf/newvers.sh goes on in a second row.
// Fixtures: fixtures/outputs/netbsd-10.1/version.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { hostName } from '../host-name.ts';
import { takeNotes } from '../reading.ts';

const UNAME =
  /^NetBSD (\S{1,64}) (\d{1,3}\.\d{1,3}(?:\.\d{1,4})?)(?:_[A-Z]{1,12}\d{0,3})? NetBSD \d{1,3}\.\d.{1,300}$/;
const SYSCTL =
  /^kern\.version ?= ?NetBSD (\d{1,3}\.\d{1,3}(?:\.\d{1,4})?)(?:_[A-Z]{1,12}\d{0,3})? \(\S{1,60}\).{0,100}$/;

export const netbsdVersion: Parser = {
  kind: 'netbsd/version',
  title: 'version of NetBSD',
  commands: /^(?:uname\b|sysctl(?: -\w)? kern\.version\b)/,
  commandIsShared: true,
  begins: new RegExp(`${UNAME.source}|${SYSCTL.source}`),
  continues: /^\s{1,12}\S{1,60}:\/\S{1,200}$/,
  read: readVersion,
};

function readVersion(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, name, whole] = UNAME.exec(row.text) ?? [];
    const release = whole ?? SYSCTL.exec(row.text)?.[1];
    if (release !== undefined) notes.say('system', '', { os: 'netbsd', name: hostName(name), release }, row);
    else if (!netbsdVersion.continues.test(row.text)) notes.missed(row);
  }
  return notes.done();
}
