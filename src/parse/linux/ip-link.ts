// Reads: `ip link` and `ip addr` of Linux, with -d, -s, -s -s and -o, and their brief form (-br).
// Printed by: iproute2 ip/ipaddress.c; captured with 6.1, the left-aligned counters written after the layout of 5.4 and older.
// Fixtures: fixtures/outputs/linux-5.4/ip-*.txt, linux-6.1/ip-*.txt, linux-6.18/ip-*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { sayOnlyLoopback } from '../only-loopback.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { sideOfNames } from './host-names.ts';
import { brief, readBrief } from './ip-brief.ts';
import { counters, readCounters } from './ip-link-counters.ts';
import { detail, readDetail } from './ip-link-details.ts';
import type { IpLinkPlace } from './ip-link-place.ts';
import { linkFlags } from './link-flags.ts';

const HEAD =
  /^(?:\d{1,6}: )?([^:@\s]{1,40})(?:@([^:\s]{1,40}))?: (?:<([A-Z0-9_,-]{0,300})>)? {0,2}mtu (\d{1,7})(?: (.{0,600}))?$/;
const ADDRESS = /^(inet6?) ([\da-f.:]{2,45})(?: peer [\da-f.:]{2,45})?(?:\/(\d{1,3}))?(?: (.{0,300}))?$/;
/** One interface's address on one line: `ip -o addr`. */
const ONE_LINE_ADDRESS = /^\d{1,6}: ([^:@\s]{1,40})\s{1,20}(inet6? .{2,400})$/;
/** Of a head that was wrapped: a word or two of what stood above, then more of what stands behind the mtu. */
const REST_OF_HEAD =
  /^\s{0,8}(?:\S{1,40} ){0,2}(?:qdisc \S|master \S|state [A-Z]{2}|mode [A-Z]{2}|group \S{1,20} qlen|qlen \d)/;
const STATE = /(?:^| )state ([A-Z]{2,20})\b/;
/** `ip link` says `mode DEFAULT` in between, `ip addr` does not (print_linkmode() in ip/ipaddress.c). */
const HEAD_WITH_ADDRESSES = /(?:^| )state [A-Z]{2,20} group \S/;

export const ipLink: Parser = {
  kind: 'linux/ip-link',
  title: 'Linux ip link',
  commands:
    /^(?:\/(?:usr\/)?s?bin\/)?ip(?: netns exec \S{1,60} ip)?(?:\s{1,3}-\S{1,20}){0,6}\s{1,3}(?:l|li|link|a|ad|addr|address)\b/,
  // `bridge link` begins alike, but goes on with the master and a state in small letters.
  begins: new RegExp(
    [
      /^\d{1,6}: [^:@\s]{1,40}(?:@[^:\s]{1,40})?: <[A-Z0-9_,-]{0,300}> mtu \d{1,7}(?! (?:master \S{1,40} state [a-z]|hwmode))(?: |$)/,
      /^[^:@\s]{1,40}(?:@[^:\s]{1,40})?: <[A-Z0-9_,-]{1,300}> mtu \d{1,7} (?:xdp\S{0,40} )?qdisc /,
      // A page that took the words in <> for a tag.
      /^\d{1,6}: [^:@\s]{1,40}(?:@[^:\s]{1,40})?: {1,2}mtu \d{1,7} (?:xdp\S{0,40} )?qdisc /,
      /^\s{0,8}inet \d{1,3}(?:\.\d{1,3}){3}\/\d{1,2} (?:metric \d{1,10} )?(?:brd \S{7,15} )?scope [a-z]{1,10} /,
      /^\d{1,6}: [^:@\s]{1,40}\s{1,20}inet6? [\da-f.:]{2,45}\/\d{1,3} /,
      brief,
    ]
      .map(({ source }) => source)
      .join('|'),
  ),
  continues: new RegExp(
    [
      /^\s{0,8}inet6? [\da-f.:]{2,45}(?:\/\d{1,3}| peer )/,
      /^[^\s@]{1,40}(?:@\S{1,40})?\s{1,40}(?:UP|DOWN|UNKNOWN)$/,
      REST_OF_HEAD,
      detail,
      counters,
    ]
      .map(({ source }) => source)
      .join('|'),
  ),
  top: /^1: lo: </,
  read: readIpLink,
};

function readIpLink(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const place: IpLinkPlace = { name: '' };
  const names = new Set<string>();
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    // `-o` puts the lines of an interface on one, with backslashes where they broke.
    const parts = row.text.split('\\').map((part) => part.trim());
    const understood = parts.filter((part) => part === '' || readPart(part, row, place, notes));
    if (understood.length < parts.length) notes.missed(row);
    if (place.name !== '') names.add(place.name);
  }
  if (!/ (?:dev |show )?lo$/.test(command)) sayOnlyLoopback(names, rows, 'only-loopback', notes);
  return notes.done(place.side ?? sideOfNames(names));
}

function readPart(text: string, row: Row, place: IpLinkPlace, notes: Notes): boolean {
  return (
    readHead(text, row, place, notes) ||
    readAddress(text, row, place, notes) ||
    readBrief(text, row, place, notes) ||
    readCounters(text, row, place, notes) ||
    readDetail(text, row, place, notes) ||
    readRestOfHead(text, row, place, notes)
  );
}

function readHead(text: string, row: Row, place: IpLinkPlace, notes: Notes): boolean {
  const [, name, peer, flags, mtu, rest = ''] = HEAD.exec(text) ?? [];
  if (name === undefined) return false;
  place.name = name;
  place.peer = peer;
  place.master = undefined;
  place.block = undefined;
  const xdp = /^(?:prog\/)?xdp(?:generic|offload|multi)?(?:\/id:\d|[ /]|$)/.test(rest) || undefined;
  notes.say('interface', name, { ...(flags && linkFlags(flags)), mtu: Number(mtu), xdp }, row);
  // The usual name of a VLAN interface; any other name waits for the `vlan protocol` line of -d.
  const [, parent, vlan] = /^(.{1,30})\.(\d{1,4})$/.exec(name) ?? [];
  if (parent !== undefined && parent === peer)
    notes.say('interface', name, { parent, vlan: Number(vlan) }, row);
  place.open = STATE.test(rest) ? undefined : { rest, row };
  if (!place.open || / master \S{1,40} /.test(` ${rest}`)) readOptions(rest, row, place, notes);
  return true;
}

/** A state without a master is read as "in no bridge", so a head put together again must show the master to count. */
function readRestOfHead(text: string, row: Row, place: IpLinkPlace, notes: Notes): boolean {
  if (!REST_OF_HEAD.test(text)) return false;
  const { open } = place;
  if (!open) return /^(?:mode|group|default qlen|qlen) /.test(text) && place.name !== '';
  const whole = {
    rest: `${open.rest} ${text}`.trim(),
    row: { text, at: [...open.row.at, ...row.at] as const },
  };
  place.open = STATE.test(whole.rest) ? undefined : whole;
  if (!place.open && / master \S/.test(` ${whole.rest}`)) readOptions(whole.rest, whole.row, place, notes);
  return true;
}

function readOptions(text: string, row: Row, place: IpLinkPlace, notes: Notes): void {
  const [, operstate] = STATE.exec(text) ?? [];
  const [, master] = /(?:^| )master (\S{1,40})/.exec(text) ?? [];
  if (master !== undefined) place.master = { name: master, row };
  const addressesListed = HEAD_WITH_ADDRESSES.test(text) || undefined;
  // The master stands in front of the state: where the state is seen and no master, there is none.
  const hasMaster = operstate === undefined ? undefined : master !== undefined;
  notes.say('interface', place.name, { master, hasMaster, operstate, addressesListed }, row);
}

/** The last word of an IPv4 line is its label: the interface's name, where grep took away the head. */
function readAddress(text: string, row: Row, place: IpLinkPlace, notes: Notes): boolean {
  const [, owner, rest] = ONE_LINE_ADDRESS.exec(text) ?? [];
  const [, family, address, prefix, words = ''] = ADDRESS.exec(rest ?? text) ?? [];
  if (family === undefined || address === undefined) return false;
  const label =
    family === 'inet' ? /(?:^| )(\S{1,40})$/.exec(words)?.[1]?.replace(/:.{0,20}$/, '') : undefined;
  const name = owner ?? (place.name || label);
  if (name === undefined) return false;
  const says = {
    interface: name,
    family: family as 'inet' | 'inet6',
    address,
    prefix: prefix === undefined ? undefined : Number(prefix),
    // Its absence only says that the address has no lifetime: some DHCP clients set none.
    dynamic: /(?:^| )dynamic(?: |$)/.test(words) || undefined,
  };
  notes.say('address', `${name} ${address}`, says, row);
  return true;
}
