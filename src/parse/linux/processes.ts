// Reads: who holds taps (`grep iff: /proc/PID/fdinfo/*`, lsof and fuser of /dev/net/tun), and vhost threads in ps and top.
// Printed by: Linux drivers/net/tun.c tun_chr_show_fdinfo(), drivers/vhost/vhost.c (a kernel thread up to 6.3, since then one of QEMU's); lsof, psmisc, procps.
// Fixtures: fixtures/outputs/linux-6.1/processes*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HELD = /^\/proc\/(\d{1,8})\/fdinfo\/\d{1,6}:iff:\s{1,8}([\w.-]{1,15})$/;
const LSOF = /^(\S{1,16})\s{1,10}(\d{1,8})\s.{1,60}\s\/dev\/net\/tun$/;
const FUSER = /^\/dev\/net\/tun:\s{1,12}\S{1,20}\s{1,12}(\d{1,8}) [Ff.cmrt]{2,8}\s{1,6}(\S{1,20})$/;
/** ps: the percentage is the third column of `aux`, there is none with -ef. */
const PS = /^\S{1,20}\s{1,12}(\d{1,8})\s.{1,100}?\s\[?vhost-(\d{1,8})\]?$/;
const TOP =
  /^\s{0,8}(\d{1,8}) \S{1,12}\s{1,8}(?:\S{1,4}\s{1,8}){2}(?:\S{1,10}\s{1,8}){3}[A-Z]\s{1,6}(\d{1,4}[.,]\d) .{1,40}\svhost-(\d{1,8})$/;
const HEAD = /^COMMAND\s{1,10}PID\s.{0,60}NAME$|^\s{1,30}USER\s{1,12}PID ACCESS COMMAND$/;

export const processes: Parser = {
  kind: 'linux/processes',
  title: 'processes of a Linux host',
  side: 'host',
  commands: /^(?:lsof|fuser)\b.{0,40}\/dev\/net\/tun|^[ef]?grep\b.{0,60}\/fdinfo\//,
  begins: new RegExp([HELD, LSOF, FUSER, PS, TOP].map(({ source }) => source).join('|')),
  continues: HEAD,
  leads: HEAD,
  read: readProcesses,
};

function readProcesses(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) if (!readProcess(row, notes) && !HEAD.test(row.text)) notes.missed(row);
  return notes.done();
}

function readProcess(row: Row, notes: Notes): boolean {
  const [, holder, tap] = HELD.exec(row.text) ?? [];
  const [, command, pid] = LSOF.exec(row.text) ?? [];
  const [, user, name] = FUSER.exec(row.text) ?? [];
  const [, busy, percent, of] = TOP.exec(row.text) ?? [];
  const [, thread, owner] = PS.exec(row.text) ?? [];
  if (holder !== undefined) notes.say('process', `${holder} ${tap}`, { holds: tap }, row);
  else if (pid !== undefined) notes.say('process', pid, { command }, row);
  else if (user !== undefined) notes.say('process', user, { command: name }, row);
  else if (busy !== undefined && percent !== undefined)
    notes.say(
      'process',
      busy,
      { command: 'vhost', of: Number(of), cpu: Number(percent.replace(',', '.')) },
      row,
    );
  else if (thread !== undefined) {
    const [, cpu] = /^\S{1,20}\s{1,12}\d{1,8}\s{1,8}(\d{1,4}\.\d)\s/.exec(row.text) ?? [];
    notes.say(
      'process',
      thread,
      { command: 'vhost', of: Number(owner), cpu: cpu === undefined ? undefined : Number(cpu) },
      row,
    );
  } else return false;
  return true;
}
