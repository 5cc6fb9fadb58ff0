// Reads: the content of /etc/hostname.<if> (hostname.if(5)), one file, or several as `head` prints them (`==> PATH <==`).
// Printed by: cat(1), head(1); which lines do what: etc/netstart (`dhcp` alone means `inet autoconf`).
// Fixtures: fixtures/outputs/openbsd-7.8/hostname-if*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';

const NAME = /hostname\.([a-z]{2,15}\d{1,5}|(?:[0-9a-f]{2}:){5}[0-9a-f]{2})(?=$|\s)/;
const HEADING = /^==> (\/etc\/hostname\.\S{1,40}) <==$/;
const AUTOCONF = /^(?:inet6? autoconf|dhcp|autoconf)\b/;
const STATIC = /^inet6? (?:alias )?[0-9a-f:.]{3,45}(?:[/ ]|$)/;
const OTHER =
  /^(?:up|down|!|description |desc |-?tcplro|-?tso|rdomain |rtable |media |mtu |lladdr |group |NONE|vhid |carpdev |trunkproto |debug|-inet6?|inet6 eui64|wg\w+ |peer |link[012]|#)/;
const PARENT = /\b(?:parent|vlandev|carpdev) ([a-z]{2,15}\d{1,5})\b/;
const VLAN = /\b(?:vnetid|vlan) (\d{1,8})\b/;
const MEMBER = /\b(?:add|trunkport) ([a-z]{2,15}\d{1,5})\b/g;

export const hostnameIf: Parser = {
  kind: 'openbsd/hostname-if',
  title: 'OpenBSD hostname.if',
  commands: /^(?:cat|head|tail|more|less)\b.{0,80}hostname\./,
  begins: new RegExp(`${HEADING.source}|^(?:inet6? autoconf|dhcp)$`),
  continues: new RegExp(
    `${AUTOCONF.source}|${STATIC.source}|${OTHER.source}|^(?:add|vnetid|vlandev|vlan|parent) \\S`,
  ),
  read: readHostnameIf,
};

function readHostnameIf(rows: readonly Row[], command?: string): Reading {
  const notes = takeNotes();
  let name = NAME.exec(command ?? '')?.[1];
  let members: string[] = [];
  for (const row of rows) {
    const heading = HEADING.exec(row.text)?.[1];
    if (heading !== undefined) {
      name = NAME.exec(heading)?.[1];
      members = [];
      if (name) say(name, {}, row, notes);
      continue;
    }
    const says = readLine(row.text.trim(), members);
    if (!says || name === undefined) notes.missed(row);
    else say(name, says, row, notes);
  }
  return notes.done();
}

type Says = Partial<Things['interfaceFile']>;

function say(name: string, says: Says, row: Row, notes: Notes): void {
  const isMac = name.includes(':');
  notes.say(
    'interfaceFile',
    name,
    { path: `/etc/hostname.${name}`, ...(isMac && { mac: name }), ...says },
    row,
  );
}

/** An address or autoconf brings the interface up too (sys/net/if.c, SIOCSIFXFLAGS and in_ioctl). */
function readLine(line: string, members: string[]): Says | undefined {
  const parent = PARENT.exec(line)?.[1];
  const vlan = VLAN.exec(line)?.[1];
  const added = [...line.matchAll(MEMBER)].map((match) => match[1] ?? '');
  members.push(...added);
  const common = {
    ...(parent && { parent }),
    ...(vlan && { vlan: Number(vlan) }),
    ...(added.length > 0 && { members: [...members] }),
  };
  if (AUTOCONF.test(line)) return { ...common, asks: 'autoconf', up: true };
  if (STATIC.test(line)) return { ...common, asks: 'static', up: true };
  if (/^up\b/.test(line) || / up$/.test(line)) return { ...common, up: true };
  if (/^down$/.test(line)) return { ...common, up: false };
  return Object.keys(common).length > 0 || OTHER.test(line) ? common : undefined;
}
