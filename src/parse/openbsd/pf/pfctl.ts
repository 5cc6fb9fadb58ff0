// Reads: `pfctl -si`, `-ss` (translated states), `-vvsI` (what passed and was blocked on each interface), `-sA`, and what `pfctl -nf`, `-f` object to.
// Printed by: sbin/pfctl/pfctl.c, pfctl_parser.c print_status(), pfctl_table.c print_iface(), pf_print_state.c, parse.y (OpenBSD; 1.390 of 7.3).
// Fixtures: fixtures/outputs/openbsd-7.8/pfctl-*.txt, freebsd-14.1/pfctl-vvsr.txt.

import type { Row } from '../../../model/line.ts';
import type { Parser, Reading } from '../../../model/sample.ts';
import { type Notes, takeNotes } from '../../reading.ts';

const STATUS = /^Status: (Enabled|Disabled)(?: for \d{1,6} days [\d:]{5,9})?(?:\s{1,40}Debug: \w{1,10})?$/;
const TABLE =
  /^(?:State Table|Source Tracking Table|Counters|Limit Counters|Fragments?|Interface Stats for \S{1,16})(?:\s{1,40}(?:Total|IPv4)\s{1,30}(?:Rate|IPv6))?$/;
const COUNTER =
  /^ {2}([a-z][a-z0-9/-]{1,30}(?: [a-z/-]{1,12}){0,3})\s{1,40}(\d{1,20})(?:\s{1,20}(?:\d{1,12}\.\d\/s|\d{1,20}))?\s{0,20}$/;
const IN_OUT = /^ {2,4}(?:(?:Bytes|Packets) (?:In|Out)|Passed|Blocked)(?:\s{1,40}\d{1,20}){0,2}\s{0,20}$/;
const IFACE = /^([a-z]{2,14}\d{0,5}|all)(?: \((?:skip|instance|, ){1,3}\))?$/;
const IFACE_ROW =
  /^\s{1,40}(In|Out)([46])\/(Pass|Block):\s{1,12}\[ Packets: (\d{1,20})\s{1,24}Bytes: \d{1,20}\s{1,24}\]$/;
const IFACE_OTHER = /^\s{1,40}(?:Cleared|References):\s{1,12}\S/;
const STATE =
  /^(?:all|[a-z]{2,14}\d{1,5}) (?:tcp|udp|icmp|ipv6-icmp|icmp6|esp|gre|\d{1,3}) (\S{1,60}) (?:\((\S{1,60})\) )?(<-|->) (\S{1,60})(?: \((\S{1,60})\))?\s{1,12}([A-Z_0-9]{1,16}):([A-Z_0-9]{1,16})$/;
const STATE_DETAIL = /^ {3}(?:\[\d{1,12} \+ \d|age \d\d:|id: [0-9a-f]{8,16}|\s*source-track|origif)/;
const SAID =
  /^(?:pfctl: (?:pushfile: (\S{1,200}): .{1,80}|(?:cannot open the main config file|load anchors|Syntax error in config file|pf rules not loaded|DIOC\w{4,20}).{0,120}|.{1,80}: No such file or directory)|(\S{0,120}\.conf|stdin):(\d{1,6}): .{1,200})$/;
const NOT_FOUND = /^no IP address found for (\S{1,60})$/;

export const pfctl: Parser = {
  kind: 'openbsd/pfctl',
  title: 'pfctl',
  commands:
    /^(?:\/sbin\/)?pfctl\s(?:.{0,80}\s)?-\w{0,6}(?:s ?(?:i|info|s|states|I|Interfaces|A|Anchors)|n?f)\b/,
  begins: new RegExp(
    `${STATUS.source}|${IFACE_ROW.source}|${STATE.source}|^pfctl: (?:pushfile|cannot open the main|load anchors|Syntax error|pf rules not|DIOC)|^\\S{0,100}\\bpf[\\w.-]{0,40}\\.conf:\\d{1,6}: |${NOT_FOUND.source}`,
  ),
  continues: new RegExp(
    [TABLE, COUNTER, IN_OUT, IFACE, IFACE_OTHER, STATE_DETAIL, SAID].map(({ source }) => source).join('|'),
  ),
  leads: new RegExp(`${IFACE.source}|${IFACE_OTHER.source}`),
  read: readPfctl,
};

function readPfctl(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const isAnchors = /\bs ?A/.test(command.replace(/-/g, ' '));
  let name = '';
  for (const row of rows) {
    const iface = IFACE.exec(row.text)?.[1];
    if (iface !== undefined && !isAnchors) name = iface;
    const isRead =
      sayStatus(row, notes) || sayIface(name, row, notes) || sayState(row, notes) || sayError(row, notes);
    if (!isRead && !pfctl.continues.test(row.text) && !(isAnchors && /^ {2}\S{1,100}$/.test(row.text)))
      notes.missed(row);
  }
  return notes.done();
}

function sayStatus(row: Row, notes: Notes): boolean {
  const enabled = STATUS.exec(row.text)?.[1];
  if (enabled) notes.say('pf', '', { enabled: enabled === 'Enabled' }, row);
  const [, counts, value] = COUNTER.exec(row.text) ?? [];
  if (counts) notes.say('counter', `pf ${counts}`, { of: 'pf', counts, value: Number(value) }, row);
  return enabled !== undefined || counts !== undefined;
}

/** `tap0 in4-block`: what PF passed and blocked on an interface. */
function sayIface(name: string, row: Row, notes: Notes): boolean {
  const [, direction = '', version, what = '', packets] = IFACE_ROW.exec(row.text) ?? [];
  if (packets === undefined) return false;
  if (name !== '') {
    const counts = `pf-${direction.toLowerCase()}${version}-${what.toLowerCase()}`;
    notes.say('counter', `${name} ${counts}`, { of: name, counts, value: Number(packets) }, row);
  }
  return true;
}

/** `all udp 203.0.113.5:61234 (100.64.1.3:5353) -> 9.9.9.9:53  MULTIPLE:SINGLE`: outside address, inside address. */
function sayState(row: Row, notes: Notes): boolean {
  const [, outside = '', inside, arrow, to = '', , own, peer] = STATE.exec(row.text) ?? [];
  if (arrow === undefined) return false;
  if (inside === undefined || arrow !== '->') return true;
  const isAnswered = !/^(?:NO_TRAFFIC|CLOSED|0)$/.test(peer ?? '') && own !== 'SYN_SENT';
  const says = { inside: addressIn(inside), outside: addressIn(outside), to: addressIn(to), isAnswered };
  notes.say('natState', `${inside} ${to}`, says, row);
  return true;
}

function addressIn(text: string): string {
  return /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/.exec(text)?.[1] ?? text.replace(/\[\d{1,5}\]$/, '');
}

/** A set of rules that does not load leaves the former one in force (sbin/pfctl/pfctl.c, pfctl_trans). */
function sayError(row: Row, notes: Notes): boolean {
  const [whole, missing, file] = SAID.exec(row.text) ?? [];
  const address = NOT_FOUND.exec(row.text)?.[1];
  if (whole === undefined && address === undefined) return false;
  const device = missing ?? file ?? address ?? '';
  const code = missing?.includes('*') ? 'pf-glob-opened' : 'pf-load-failed';
  notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
  return true;
}
