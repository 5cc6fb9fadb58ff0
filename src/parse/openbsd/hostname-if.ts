// Reads: the content of /etc/hostname.<if> (hostname.if(5)): one file, or several as `head` (`==> PATH <==`) or `grep` (`PATH:line`) print them.
// Printed by: cat(1), head(1), grep(1); which lines do what: etc/netstart (`dhcp` alone means `inet autoconf`).
// Fixtures: fixtures/outputs/openbsd-7.8/hostname-if*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { prefixOf } from './inet-line.ts';

const NAME = /hostname\.([a-z]{2,15}\d{1,5}|(?:[0-9a-f]{2}:){5}[0-9a-f]{2})(?=$|\s)/g;
/** `==> PATH <==`, and what authors put above a file: `/etc/hostname.bridge0:`, `# /etc/hostname.bridge0`. */
const HEADING =
  /^(?:==> (\/etc\/hostname\.\S{1,40}) <==|(\/etc\/hostname\.[a-z\d]{3,20}):|# {0,2}(\/etc\/hostname\.[a-z\d]{3,20}):?)$/;
const GREPPED =
  /^\/etc\/hostname\.([a-z]{2,15}\d{1,5}|(?:[0-9a-f]{2}:){5}[0-9a-f]{2}):(?:\d{1,4}:)?(?=\S)(.{1,500})$/;
const AUTOCONF = /^(?:inet autoconf|dhcp|autoconf)\b/;
const AUTOCONF6 = /^(?:inet6 autoconf\b|rtsol$)/;
const STATIC = /^inet (?:alias )?\d{1,3}(?:\.\d{1,3}){3}(?:[/ ]|$)/;
const STATIC6 = /^inet6 (?:alias )?(?=[0-9a-f]{0,4}:)[0-9a-f:.]{2,45}(?:[/ ]|$)/;
/** Further words of ifconfig(8) that say nothing of what is asked here. */
const WORDS =
  'description |desc |-?tcplro|-?tcprecvoffload|-?tso|rdomain |rtable |media |mediaopt |mtu |metric |llprio |lladdr |group |NONE|vhid |advskew |advbase |carppeer |carpdev |trunkproto |lacpmode |syncdev |-?debug|-?wol|-inet6?|inet6 (?:eui64|-?soii|-?temporary)|-?autoconfprivacy|wg\\w+ |tunnel |txprio |rxprio |peer |-?link[012]|-?stp |-?span |addspan |addlocal |fwddelay |maxaddr |nwid |wpakey |wpa|join |patch |pppoedev |authproto |-?(?:learn|discover|blocknonip|edge|autoedge|ptp|autoptp|protected|locked) |-?(?:un)?tagged |static |flush|timeout |spanpriority |hellotime |holdcnt |ifcost |ifpriority |proto |pvlan|create$|index ';
const OTHER = new RegExp(`^(?:${WORDS}|!|#)`);
const UP = new RegExp(`^up(?: (?:${WORDS}).{0,400})?$`);
const LINKS = /^(?:add|addlocal|vnetid|vlandev|vlan|parent|trunkport) \S/;
const PARENT = /\b(?:parent|vlandev|carpdev) ([a-z]{2,15}\d{1,5})\b/;
const VLAN = /\b(?:vnetid|vlan) (\d{1,8})\b/;
const MEMBER = /\b(?:add|addlocal|trunkport) ([a-z]{2,15}\d{1,5})\b/g;
const ADDRESS =
  /^inet (\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2})|(?: netmask)? (\d{1,3}(?:\.\d{1,3}){3}|0x[\da-f]{8})|$)/;
const LINK_FLAG = /(?:^|\s)(-?)link([01])(?=\s|$)/g;

export const hostnameIf: Parser = {
  kind: 'openbsd/hostname-if',
  title: 'OpenBSD hostname.if',
  commands: /^(?:cat|head|tail|more|less|grep)\b.{0,80}hostname\./,
  begins: new RegExp(`${HEADING.source}|${GREPPED.source}|^(?:inet6? autoconf|dhcp)$`),
  continues: new RegExp(
    [AUTOCONF, AUTOCONF6, STATIC, STATIC6, OTHER, UP, LINKS].map(({ source }) => source).join('|') +
      '|^down$',
  ),
  read: readHostnameIf,
};

/** What was read of one file so far. */
type File = { readonly name: string; readonly members: string[]; hasInet: boolean };
type Says = Partial<Things['interfaceFile']>;

function readHostnameIf(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const files = new Map<string, File>();
  const [named, another] = [...command.matchAll(NAME)].map((match) => match[1]);
  // Two files behind one another show no border: none of their lines can be told apart.
  let current = another === undefined ? named : undefined;
  if (rows[0]) notes.say('system', '', { os: 'openbsd' }, rows[0]);
  for (const row of rows) {
    const heading = HEADING.exec(row.text)?.slice(1).find(Boolean);
    const [, grepped, rest] = GREPPED.exec(row.text) ?? [];
    if (heading !== undefined) current = [...heading.matchAll(NAME)][0]?.[1];
    const name = grepped ?? current;
    const isFirst = name !== undefined && !files.has(name);
    const says = name && (heading ? {} : readLine((rest ?? row.text).trim(), fileOf(name, files)));
    if (name && says) say(name, { ...(isFirst && !heading && !grepped && unset(name)), ...says }, row, notes);
    else notes.missed(row);
  }
  return notes.done();
}

/** What a whole file does not set is not set: its first row stands for that. grep may have left rows out. */
function unset(name: string): Says {
  if (!/^(?:bridge|veb|tpmr)\d/.test(name)) return { up: false };
  return { up: false, members: [], ...(name.startsWith('veb') && { link0: false, link1: false }) };
}

function fileOf(name: string, files: Map<string, File>): File {
  const file = files.get(name) ?? { name, members: [], hasInet: false };
  files.set(name, file);
  return file;
}

function say(name: string, says: Says, row: Row, notes: Notes): void {
  const mac = name.includes(':') ? name : undefined;
  notes.say('interfaceFile', name, { path: `/etc/hostname.${name}`, mac, ...says }, row);
}

/** An address or autoconf brings the interface up too (sys/net/if.c, SIOCSIFXFLAGS and in_ioctl). */
function readLine(line: string, file: File): Says | undefined {
  if (/^[!#]/.test(line)) return {};
  const parent = PARENT.exec(line)?.[1];
  const vlan = VLAN.exec(line)?.[1];
  const added = [...line.matchAll(MEMBER)].map((match) => match[1] ?? '');
  file.members.push(...added);
  const common = {
    ...(parent && { parent }),
    ...(vlan && { vlan: Number(vlan) }),
    ...(added.length > 0 && { members: [...file.members] }),
    ...linkFlags(line),
  };
  const asks = readAsks(line, file);
  if (asks) return { ...common, ...asks, up: true };
  if (UP.test(line) || (/ up$/.test(line) && !/^desc/.test(line))) return { ...common, up: true };
  if (line === 'down') return { up: false };
  return Object.keys(common).length > 0 || OTHER.test(line) ? common : undefined;
}

/** What the first IPv4 line asks for counts; IPv6, and further addresses, only where nothing else was asked. */
function readAsks(line: string, file: File): Pick<Says, 'asks' | 'address'> | undefined {
  const isInet = AUTOCONF.test(line) || STATIC.test(line);
  if (!isInet && !AUTOCONF6.test(line) && !STATIC6.test(line)) return undefined;
  if (file.hasInet) return {};
  file.hasInet = isInet;
  return { asks: AUTOCONF.test(line) || AUTOCONF6.test(line) ? 'autoconf' : 'static', ...addressIn(line) };
}

/** `inet 10.50.0.1 255.255.255.0`, `inet 10.50.0.1/24`. */
function addressIn(line: string): Pick<Says, 'address'> {
  const [, address, slash, mask] = ADDRESS.exec(line) ?? [];
  const prefix = slash ?? (mask && prefixOf(mask));
  return address === undefined || prefix === undefined ? {} : { address: `${address}/${prefix}` };
}

function linkFlags(line: string): Pick<Says, 'link0' | 'link1'> {
  if (/^desc/.test(line)) return {};
  return Object.fromEntries(
    [...line.matchAll(LINK_FLAG)].map(([, off, number]) => [`link${number}`, off === '']),
  );
}
