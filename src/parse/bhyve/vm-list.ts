// Reads: the tables of vm-bhyve: `vm list` (which VMs run) and `vm switch list` (switches and, in old releases, their ports).
// Printed by: vm-bhyve lib/vm-core, core::list(), and lib/vm-switch, switch::list() (1.0 to 1.6).
// Fixtures: fixtures/outputs/bhyve-1.6/vm-list.txt, vm-switch-list.txt, fixtures/outputs/bhyve-1.1/vm-switch-list.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEAD = /^NAME {1,40}(?:DATASTORE {1,30}LOADER|GUEST {1,30}LOADER|TYPE {1,30}(?:IFACE|IDENT)) /;
const ROW = /^[\w.-]{1,64} {1,64}\S.{0,300}$/;
const STATE = / (Running|Stopped|Locked|Bootloader|Suspended)(?: \([^)]{1,80}\))?$/;

export const vmList: Parser = {
  kind: 'bhyve/vm-list',
  title: 'vm-bhyve table',
  side: 'host',
  commands: /^(?:\/usr\/local\/sbin\/)?vm (?:list|switch list)\b/,
  begins: HEAD,
  continues: ROW,
  top: HEAD,
  read: readVmList,
};

function readVmList(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  if (rows[0]) notes.say('system', '', { os: 'freebsd' }, rows[0]);
  let columns: readonly string[] = [];
  for (const row of rows) {
    if (HEAD.test(row.text)) columns = row.text.trim().split(/\s+/);
    else if (columns.includes('STATE')) readVm(row, notes);
    else if (columns.includes('TYPE')) readSwitch(row, columns, notes);
    else notes.missed(row);
  }
  return notes.done('host');
}

function readVm(row: Row, notes: Notes): void {
  const name = /^[\w.-]{1,64}/.exec(row.text)?.[0];
  const state = STATE.exec(row.text.trimEnd())?.[1];
  if (name === undefined || state === undefined) notes.missed(row);
  else notes.say('vm', name, { name, manager: 'bhyve', status: state.toLowerCase() }, row);
}

/** `public standard vm-public - no - - em0`; the ports are the last column, and in old releases the taps stand there too. */
function readSwitch(row: Row, columns: readonly string[], notes: Notes): void {
  const words = row.text.trim().split(/\s+/);
  const name = words[0] ?? '';
  const place = Math.max(columns.indexOf('IFACE'), columns.indexOf('IDENT'));
  const bridge = words[place] ?? '-';
  if (
    words.length < columns.length ||
    !/^(?:standard|auto|manual|custom|vale|vxlan|netgraph)$/.test(words[1] ?? '')
  ) {
    notes.missed(row);
    return;
  }
  if (bridge === '-' || bridge === 'n/a') return;
  notes.say('vmSwitch', name, { bridge }, row);
  for (const port of words.slice(columns.indexOf('PORTS')))
    if (/^[a-z][\w.]{1,15}$/.test(port)) notes.say('port', port, { bridge }, row);
}
