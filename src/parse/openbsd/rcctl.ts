// Reads: which daemons run and with which flags: `rcctl check`, `start`, `get`, `ls`, rc.conf.local, and vmd's processes in `ps`.
// Printed by: usr.sbin/rcctl/rcctl.sh, etc/rc.d/rc.subr (`vmd(ok)`); titles of vmd: vm.c, vionet.c setproctitle(). rc.conf.local(8).
// Fixtures: fixtures/outputs/openbsd-7.8/rcctl.txt, ps.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const CHECKED = /^([a-z_][\w-]{1,30})\((ok|failed|killed|timeout)\)$/;
const FLAGS = /^([a-z_][\w-]{1,30})_flags=(.{0,200})$/;
const OTHER =
  /^(?:[a-z_][\w-]{1,30}_(?:class|logger|rtable|timeout|user|execdir|status)=.{0,100}|pkg_scripts=.{0,200}|[a-z_]{1,20}=(?:YES|NO|".{0,200}"))$/;
const PROCESS =
  /^\s{0,6}(?:[\w-]{1,32}\s{1,12})?\d{1,7}\s{1,9}(?:\d{1,3}\.\d\s{1,5}\d{1,3}\.\d\s{1,6}\d{1,9}\s{1,6}\d{1,9}\s{1,6})?(?:\?\?|[A-Zp-z]\w{1,2}-?)\s{1,5}\S{1,8}\s{1,9}(?:[\d:APM]{4,8}\s{1,9})?\d{1,5}:\d\d\.\d\d (?:\/usr\/sbin\/vmd\b.{0,100}|vmd: (\S{1,90}) \(vmd\))$/;

export const rcctl: Parser = {
  kind: 'openbsd/rcctl',
  title: 'OpenBSD rcctl',
  commands: /^(?:\/usr\/sbin\/)?rcctl\b|^cat \S{0,40}rc\.conf\.local\b|^ps\b.{0,60}(?:vmd|dhcpd)/,
  begins: new RegExp(
    `^(?:vmd|dhcpd|dhcpleased|dhcrelay6?|unbound|rad|ospfd|ifstated|resolvd|slaacd)(?:\\((?:ok|failed|killed|timeout)\\)|_flags=.{0,200})$|${PROCESS.source}`,
  ),
  continues: new RegExp([CHECKED, FLAGS, OTHER].map(({ source }) => source).join('|')),
  read: readRcctl,
};

function readRcctl(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let isHost = false;
  for (const row of rows) {
    const [, checked, state] = CHECKED.exec(row.text) ?? [];
    const [, name, flags = ''] = FLAGS.exec(row.text) ?? [];
    if (checked) notes.say('service', checked, { running: state === 'ok' }, row);
    else if (name) {
      const given = flags.trim().replace(/^(["'])(.*)\1$/, '$2');
      notes.say('service', name, { enabled: given !== 'NO', flags: given === 'NO' ? '' : given }, row);
    } else if (PROCESS.test(row.text)) sayProcess(row, notes);
    else if (!OTHER.test(row.text)) notes.missed(row);
    isHost ||= /^vmd[(_]|vmd: /.test(row.text);
  }
  return notes.done(isHost ? 'host' : undefined);
}

/** A process is named after its machine; `web01/vionet0` is one of its devices. */
const OWN = new Set(['vmm', 'priv', 'control', 'agentx', 'parent']);

function sayProcess(row: Row, notes: Notes): void {
  notes.say('system', '', { os: 'openbsd', vmManager: 'vmd' }, row);
  notes.say('service', 'vmd', { running: true }, row);
  const [name = '', device] = (PROCESS.exec(row.text)?.[1] ?? '').split('/');
  if (name !== '' && device === undefined && !OWN.has(name))
    notes.say('vm', name, { name, manager: 'vmd', status: 'running' }, row);
}
