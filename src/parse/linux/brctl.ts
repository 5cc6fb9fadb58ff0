// Reads: `brctl show`, `brctl showmacs BR`, `brctl showstp BR`.
// Printed by: bridge-utils brctl/brctl_cmd.c, brctl_disp.c; busybox networking/brctl.c. An interface alone on a row goes on with the bridge above.
// Fixtures: fixtures/outputs/linux-6.1/brctl*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { sideOfNames } from './host-names.ts';

const HEAD = /^bridge name\s{1,12}bridge id\s{1,12}STP enabled\s{1,12}interfaces$/;
const BRIDGE =
  /^([a-zA-Z][\w.-]{0,14})\s{1,12}[\da-f]{4}\.(?:[\da-f]{12}|[\da-f]{0,11})\s{1,12}(yes|no)(?:\s{1,12}([\w.@-]{1,16}))?$/;
const MORE = /^\s{6,60}([a-zA-Z][\w.-]{0,14})$/;
const MACS_HEAD = /^port no\s{1,8}mac addr\s{1,24}is local\?\s{1,8}ageing timer$/;
const MAC = /^\s{0,6}(\d{1,5})\s{1,8}((?:[\da-f]{2}:){5}[\da-f]{2})\s{1,8}(yes|no)\s{1,12}\d{1,8}\.\d{1,4}$/;
const STP_PORT = /^([a-zA-Z][\w.-]{0,14}) \((\d{1,5})\)$/;
/** showstp's title: the bridge. */
const TITLE = /^[a-zA-Z][\w.-]{0,14}$/;
const STATE =
  /^\s{0,4}port id\s{1,20}[\da-f]{4}\s{1,20}state\s{1,20}(disabled|listening|learning|forwarding|blocking)$/;
const STP_DETAIL =
  /^\s{0,4}(?:bridge id|designated (?:root|bridge|port|cost)|root port|max age|hello time|forward delay|ageing time|hello timer|tcn timer|topology change timer|flags|message age timer|forward delay timer|hold timer)\s{1,30}\S.{0,80}$|^\s{0,4}(?:flags|hello timer)$/;

export const brctl: Parser = {
  kind: 'linux/brctl',
  title: 'brctl',
  commands: /^(?:\/(?:usr\/)?sbin\/)?brctl (?:show|showmacs|showstp)\b/,
  begins: new RegExp([HEAD, MACS_HEAD, STATE].map(({ source }) => source).join('|')),
  continues: new RegExp([BRIDGE, MORE, MAC, STP_PORT, STP_DETAIL].map(({ source }) => source).join('|')),
  leads: new RegExp(`${STP_PORT.source}|^br[\\w.-]{0,12}$|^v(?:mbr|irbr)\\d{1,5}$`),
  top: HEAD,
  read: readBrctl,
};

function readBrctl(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const [, asked] = /\bshow(?:macs|stp)? ([a-zA-Z][\w.-]{0,14})\b/.exec(command) ?? [];
  let bridge = asked ?? '';
  let port = '';
  const names = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const [, name, stp, first] = BRIDGE.exec(row.text) ?? [];
    const member = first ?? MORE.exec(row.text)?.[1];
    const [, of] = STP_PORT.exec(row.text) ?? [];
    const [, state] = STATE.exec(row.text) ?? [];
    if (name !== undefined) {
      bridge = name;
      // All members of a bridge stand in its rows: where the next one begins, none is left out.
      const isWhole = rows.slice(index + 1).some(({ text }) => BRIDGE.test(text));
      const listed = isWhole ? { membersListed: true } : {};
      notes.say('bridge', name, { driver: 'linux', stp: stp === 'yes', ...listed }, row);
    }
    if (member !== undefined) names.add(member);
    if (member !== undefined && bridge !== '') sayMember(member, bridge, row, notes);
    else if (of !== undefined) {
      port = of;
      names.add(of);
      const number = Number(STP_PORT.exec(row.text)?.[2]);
      notes.say('port', of, { number, ...(asked && { bridge: asked }) }, row);
    } else if (state !== undefined && port !== '')
      notes.say('port', port, { state, ...(asked && { bridge: asked }) }, row);
    else if (name === undefined && !readMac(row, asked, notes) && !isFrame(row)) notes.missed(row);
  }
  return notes.done(sideOfNames(names));
}

function sayMember(member: string, bridge: string, row: Row, notes: Notes): void {
  notes.say('port', member, { bridge }, row);
  notes.say('interface', member, { master: bridge }, row);
}

/** A port is a number here, and which one is not told. */
function readMac(row: Row, bridge: string | undefined, notes: Notes): boolean {
  const [, number, mac, isLocal] = MAC.exec(row.text) ?? [];
  if (mac === undefined) return false;
  const port = `${bridge ?? ''}#${number}`;
  notes.say('fdb', `${mac} ${port}`, { mac, port, own: isLocal === 'yes' }, row);
  return true;
}

function isFrame(row: Row): boolean {
  return [HEAD, MACS_HEAD, STP_DETAIL, TITLE].some((shape) => shape.test(row.text));
}
