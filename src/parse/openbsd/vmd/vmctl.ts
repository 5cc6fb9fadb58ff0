// Reads: `vmctl status` (also `show`), the messages of vmctl, and `vmctl start ...` as somebody typed it (an intention, not a state).
// Printed by: usr.sbin/vmctl/vmctl.c print_vm_info(), vm_start(): 1.42 (6.2, OWNER), 1.84 (7.6, STATE); 6.1 and older without OWNER.
// Fixtures: fixtures/outputs/openbsd-{6.1,6.4,7.8}/vmctl*.txt.

import type { Row } from '../../../model/line.ts';
import type { Parser, Reading } from '../../../model/sample.ts';
import { type Notes, takeNotes } from '../../reading.ts';

const HEADER =
  /^\s{0,8}ID\s{1,6}PID\s{1,6}VCPUS\s{1,8}MAXMEM\s{1,8}CURMEM\s{1,24}TTY\s{1,16}(?:OWNER\s{1,12}(?:STATE\s{1,4})?)?NAME$/;
const SIZE = '\\d{1,5}(?:\\.\\d)?[BKMGT]{0,2}';
const VM = new RegExp(
  `^\\s{0,8}(\\d{1,6})\\s{1,8}(\\d{1,7}|-)\\s{1,8}\\d{1,3}\\s{1,10}${SIZE}\\s{1,10}(?:${SIZE}|-)\\s{1,24}(?:(?:/dev/)?tty\\w{1,4}|-)\\s{1,16}(?:(\\S{1,33})\\s{1,12})?(?:(running|paused|stopping|waiting|stopped|unknown|-)\\s{1,4})?([A-Za-z0-9][\\w.-]{0,63})$`,
);
const VCPU = /^ VCPU: {1,3}\d{1,3} STATE: [A-Z]{4,10}$/;
const SAID = /^vmctl: (\S.{0,300})$/;
const STARTED = /^started vm (\d{1,6}) successfully, tty /;
const TYPED =
  /^(?:[^\s#$>]{0,80}(?: \S{0,60}\])?[#$>] {0,2})?(?:doas |sudo )?(?:\/usr\/sbin\/)?vmctl start (.{1,500})$/;

export const vmctl: Parser = {
  kind: 'openbsd/vmctl',
  title: 'vmctl',
  side: 'host',
  commands: /^(?:\/usr\/sbin\/)?vmctl (?:status|show)\b/,
  begins: new RegExp([HEADER, VM, SAID, TYPED].map(({ source }) => `(?:${source})`).join('|')),
  continues: VCPU,
  top: HEADER,
  read: readVmctl,
};

function readVmctl(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const [first] = rows;
  if (first) notes.say('system', '', { os: 'openbsd', vmManager: 'vmd' }, first);
  for (const row of rows) {
    if (readVm(row, notes) || readTyped(row, notes) || readSaid(row, notes)) continue;
    if (!HEADER.test(row.text) && !VCPU.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

/** Before 6.5 there is no STATE: a VM without a process does not run. */
function readVm(row: Row, notes: Notes): boolean {
  const [, id, pid, , state, name = ''] = VM.exec(row.text) ?? [];
  if (id === undefined) return false;
  const status = state ?? (pid === '-' ? 'stopped' : 'running');
  notes.say('vm', name, { name, manager: 'vmd', number: Number(id), status }, row);
  return true;
}

const MESSAGES: readonly [RegExp, string][] = [
  [/^starting without network interfaces/, 'vm-without-nic'],
  [/^start vm command failed/, 'vm-start-failed'],
  [/^connect: .{0,80}vmd\.sock/, 'vmd-not-running'],
];

function readSaid(row: Row, notes: Notes): boolean {
  const said = SAID.exec(row.text)?.[1];
  if (said === undefined) return false;
  const code = MESSAGES.find(([shape]) => shape.test(said))?.[1];
  if (code) notes.say('message', `${code} `, { code, device: '', text: row.text }, row);
  return (
    code !== undefined || STARTED.test(said) || /^(?:stopping|requested to|paused|unpaused)\b/.test(said)
  );
}

const WITH_VALUE = new Set(['-B', '-b', '-d', '-i', '-m', '-n', '-r', '-t']);

/** Each -L and -n is one NIC, in this order; -i adds plain ones up to its count (vmctl(8)). The name stands last, before 6.6 first. */
function readTyped(row: Row, notes: Notes): boolean {
  const typed = TYPED.exec(row.text)?.[1];
  if (typed === undefined) return false;
  const nics: { switch?: string; local?: boolean }[] = [];
  let name = '';
  let count = 0;
  const words = typed.trim().split(/\s+/);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const value = WITH_VALUE.has(word) ? (words[++index] ?? '').replace(/^"(.*)"$/, '$1') : '';
    if (word === '-n') nics.push({ switch: value, local: false });
    else if (/^-c?L/.test(word)) nics.push({ local: true });
    else if (word === '-i') count = Number(value) || 0;
    else if (!word.startsWith('-')) name = word.replace(/^"(.*)"$/, '$1');
  }
  while (nics.length < Math.min(count, MOST_NICS)) nics.push({ local: false });
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) return true;
  for (const [index, nic] of nics.entries())
    notes.say('typedNic', `${name}/if${index}`, { vm: name, index, ...nic }, row);
  return true;
}

/** VM_MAX_NICS_PER_VM of usr.sbin/vmd/vmd.h. */
const MOST_NICS = 4;
