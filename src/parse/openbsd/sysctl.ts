// Reads: `sysctl name=value` lines of OpenBSD, `name: old -> new` when one is set; and sysctl.conf, whose lines hold from the next boot.
// Printed by: sbin/sysctl/sysctl.c (OpenBSD, all releases); sysctl.conf(5).
// Fixtures: fixtures/outputs/openbsd-7.8/sysctl.txt, openbsd-7.7/sysctl*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const SETTING = /^((?:kern|hw|net|vm|machdep|ddb|security|vfs)\.[\w.-]{1,100})=(.{0,500})$/;
const CHANGED =
  /^((?:kern|hw|net|vm|machdep|ddb|security|vfs)\.[\w.-]{1,100}): -?[\w.]{1,40} -> (-?[\w.]{1,40})$/;
const VERSION = /^OpenBSD (\d+\.\d+)(-current|-beta|-stable)? \(([^)]{1,40})\) #\d+: /;

export const sysctl: Parser = {
  kind: 'openbsd/sysctl',
  title: 'sysctl',
  commands: /^(?:\/sbin\/)?sysctl\b|^(?:cat|grep|tail|head|more|less)\b.{0,60}\/sysctl\.conf\b/,
  commandIsShared: true,
  begins: new RegExp(`${SETTING.source}|${CHANGED.source}`),
  continues: /^ {4}\S{1,60}@\S{1,60}:\S+$|^#/,
  read: readSysctl,
};

function readSysctl(rows: readonly Row[], command = ''): Reading {
  const isFile = /\/sysctl\.conf\b/.test(command);
  const notes = takeNotes();
  let vendor = '';
  for (const row of rows) {
    const [, name, value = ''] = SETTING.exec(row.text) ?? CHANGED.exec(row.text) ?? [];
    if (name === undefined) {
      if (!sysctl.continues.test(row.text)) notes.missed(row);
      continue;
    }
    if (isFile) {
      const wanted = value.replace(/\s{0,40}#.*$/, '');
      notes.say('loaderSetting', name, { value: wanted, path: '/etc/sysctl.conf' }, row);
      continue;
    }
    notes.say('setting', name, { value }, row);
    const [, release, stage, kernel] = VERSION.exec(value) ?? [];
    if (name === 'kern.version' && release) {
      const status = (stage?.slice(1) ?? 'release') as 'release' | 'current' | 'beta' | 'stable';
      notes.say('system', '', { os: 'openbsd', release, stage: status, kernel }, row);
    }
    if (name === 'hw.vendor') vendor = value;
    if (name === 'hw.product')
      notes.say('system', '', { product: [vendor, value].filter(Boolean).join(' ') }, row);
    if (name === 'hw.ncpu' && /^\d{1,4}$/.test(value)) notes.say('system', '', { cpus: Number(value) }, row);
  }
  return notes.done();
}
