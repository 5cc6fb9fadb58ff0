// Reads: /etc/rc.conf, rc.conf.local, rc.conf.d/*, and `sysrc -a` or `sysrc NAME`: which interfaces are configured, and how.
// Printed by: cat(1), grep(1), usr.sbin/sysrc; grammar: rc.conf(5), libexec/rc/network.subr (FreeBSD, DragonFly; NetBSD's is alike).
// Fixtures: fixtures/outputs/freebsd-14.1/rc.conf*.txt, sysrc.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';

const FILE =
  '(?:(\\/etc\\/(?:rc\\.conf(?:\\.local|\\.d\\/\\S{1,40})?|defaults\\/rc\\.conf|defaults\\/vendor\\.conf)):(?:\\d{1,5}:)?)?';
const VALUE = '("[^"]{0,500}"|\'[^\']{0,500}\'|[^\\s"\'#]{0,300})';
const LINE = new RegExp(`^${FILE}([A-Za-z_]\\w{1,60})\\+?=${VALUE}\\s{0,8}(?:#.{0,200})?$`);
const SYSRC = /^([a-z_]\w{1,60}): (.{0,500})$/;
const OWN =
  'ifconfig_[a-z]\\w{1,40}|cloned_interfaces|vlans_[a-z]\\w{1,20}|gateway_enable|ipv6_gateway_enable|defaultrouter|create_args_\\w{1,30}|network_interfaces|static_routes|autobridge_\\w{1,30}';
const COMMENT = new RegExp(`^${FILE}\\s{0,8}(?:#|$)`);

export const rcConf: Parser = {
  kind: 'freebsd/rc-conf',
  title: 'rc.conf',
  commands: /^(?:(?:cat|head|tail|more|less|grep|egrep)\b.{0,120}\/etc\/(?:rc\.conf|defaults\/rc)|sysrc\b)/,
  begins: new RegExp(`^${FILE}(?:${OWN})\\+?=${VALUE}|^(?:${OWN}): \\S`),
  continues: new RegExp(`${LINE.source}|${COMMENT.source}`),
  leads: new RegExp(`${LINE.source}|^#`),
  read: readRcConf,
};

type Says = { -readonly [P in keyof Things['interfaceFile']]?: Things['interfaceFile'][P] };

function readRcConf(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const named = /\/etc\/\S{1,60}/.exec(command)?.[0] ?? '/etc/rc.conf';
  const seen = new Set<string>();
  for (const row of rows) {
    const [, file, name, quoted] = LINE.exec(row.text) ?? [];
    const [, asked, told] = name === undefined ? (SYSRC.exec(row.text) ?? []) : [];
    const variable = name ?? asked;
    if (variable === undefined) {
      if (!COMMENT.test(row.text)) notes.missed(row);
      continue;
    }
    const value = (quoted ?? told ?? '').replace(/^(["'])(.*)\1$/, '$2').trim();
    readVariable(variable, value, file ?? named, seen, row, notes);
  }
  return notes.done('guest');
}

const INTERFACE = /^ifconfig_([a-z][a-z0-9_]{0,14}?)(?:_(ipv6|name|alias\d{1,3}|aliases|descr))?$/;

function readVariable(
  variable: string,
  value: string,
  path: string,
  seen: Set<string>,
  row: Row,
  notes: Notes,
): void {
  const [, name, suffix] = INTERFACE.exec(variable) ?? [];
  if (name && name !== 'lo0' && name !== 'DEFAULT') {
    if (suffix === 'name') notes.say('interfaceFile', name, { path, setName: value }, row);
    else if (!suffix?.startsWith('alias') && suffix !== 'descr')
      sayInterface(name, value, suffix === 'ipv6', path, seen, row, notes);
  }
  const [, parent] = /^vlans_([a-z][a-z0-9_]{0,14})$/.exec(variable) ?? [];
  for (const vlan of parent ? value.split(/\s+/) : []) {
    // A bare number makes vtnet0.40; a name has its number in create_args_NAME.
    if (/^\d{1,4}$/.test(vlan))
      notes.say('interfaceFile', `${parent}.${vlan}`, { path, parent, vlan: Number(vlan) }, row);
  }
  if (/^(?:ipv6_)?gateway_enable$/.test(variable)) sayForwarding(variable, value, path, row, notes);
}

/** Any configuration brings the interface up, unless it says `down`. libexec/rc/network.subr ifconfig_up() */
function sayInterface(
  name: string,
  value: string,
  isV6: boolean,
  path: string,
  seen: Set<string>,
  row: Row,
  notes: Notes,
): void {
  const says: Says = { path, up: !/\bdown\b/.test(value) };
  const asks = asksOf(value);
  if (asks && !(isV6 && seen.has(name))) says.asks = asks;
  if (!isV6) seen.add(name);
  const mtu = /\bmtu (\d{2,5})\b/.exec(value)?.[1];
  if (mtu) says.mtu = Number(mtu);
  const vlan = /\bvlan (\d{1,4})\b/.exec(value)?.[1];
  const parent = /\bvlandev ([a-z]\w{1,14})\b/.exec(value)?.[1];
  if (vlan) says.vlan = Number(vlan);
  if (parent) says.parent = parent;
  const members = [...value.matchAll(/\b(?:addm|laggport) ([a-z][\w.]{1,14})\b/g)].map(
    (match) => match[1] ?? '',
  );
  if (members.length > 0) says.members = members;
  notes.say('interfaceFile', name, says, row);
}

function asksOf(value: string): Things['interfaceFile']['asks'] | undefined {
  if (/\b(?:SYNC|NOSYNC)?DHCP\b/i.test(value) || /\baccept_rtadv\b/.test(value)) return 'autoconf';
  if (/(?:^|\s)(?:inet6? )?(?:\d{1,3}\.){3}\d{1,3}|\binet6 [\da-f:]{3,40}/i.test(value)) return 'static';
  return /^(?:up)?$/i.test(value) ? 'nothing' : undefined;
}

function sayForwarding(variable: string, value: string, path: string, row: Row, notes: Notes): void {
  notes.say('loaderSetting', variable, { value: /^(?:YES|TRUE|ON|1)$/i.test(value) ? '1' : '0', path }, row);
}
