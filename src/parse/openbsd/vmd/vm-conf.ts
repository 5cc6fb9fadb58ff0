// Reads: /etc/vm.conf: switches, virtual machines and their interfaces; disks, memory and owners are passed over.
// Grammar: vm.conf(5) and usr.sbin/vmd/parse.y 1.54 (6.7) and later; one block a line or many, macros, `instance`.
// Fixtures: fixtures/outputs/openbsd-7.8/vm.conf*.txt.

import type { Row } from '../../../model/line.ts';
import type { Parser, Reading } from '../../../model/sample.ts';
import { takeNotes } from '../../reading.ts';
import { openVmConf, readStatement } from './vm-conf-blocks.ts';
import { sayVmConf } from './vm-conf-says.ts';
import { statementsOf } from './vm-conf-statements.ts';

const BLOCK =
  /^\s{0,16}(?:switch (?:"[^"]{1,60}"|\$\w{1,40})|vm (?:"[^"]{1,80}"|\$\w{1,40}|[A-Za-z][\w.-]{0,60})(?: instance (?:"[^"]{1,80}"|[\w.-]{1,60}))?) {0,8}\{/;
const LOCAL = /^\s{0,16}local (?:prefix \d{1,3}\.|inet6\b)/;
const INSIDE =
  /^\s{0,32}(?:#|\}|\{|memory \S|disk \S|boot (?:device )?\S|cdrom \S|(?:local )?interfaces?(?: |\{|$)|owner \S|allow instance|enable\b|disable\b|(?:locked )?lladdr\b|switch \S|group \S|rdomain \d|up\b|down\b|instance\b|include "|socket owner|staggered start|local |agentx|sev(?:-es)?\b|delay \d|[A-Za-z_]\w{0,40} {0,4}= {0,4}["\w/$])/;

export const vmConf: Parser = {
  kind: 'openbsd/vm-conf',
  title: 'vm.conf of vmd',
  side: 'host',
  commands: /^(?:cat|less|more|head|tail|grep) (?:\S{1,100} )?\S{0,100}vm[\w.-]{0,40}\.conf\b/,
  begins: new RegExp(`${BLOCK.source}|${LOCAL.source}`),
  continues: INSIDE,
  leads: /^\s{0,16}(?:#|include "|[A-Za-z0-9_]\w{0,40} {0,4}= {0,4}["\w/$])/,
  read: readVmConf,
};

function readVmConf(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const [first] = rows;
  if (first) notes.say('system', '', { os: 'openbsd', vmManager: 'vmd' }, first);
  const file = openVmConf();
  for (const statement of statementsOf(rows))
    if (!readStatement(statement, file)) notes.missed(statement.row);
  sayVmConf(file, notes);
  return notes.done();
}
