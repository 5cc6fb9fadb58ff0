// Reads: what libpcap's tcpdump 4.9 and 4.99 prints, with any of -e -n -v -vv -t... -x -#, on one interface or -i any; and OpenBSD's own.
// Printed by: tcpdump tcpdump.c and print-*.c; usr.sbin/tcpdump of OpenBSD (openbsd-packet.ts).
// Fixtures: fixtures/outputs/tcpdump-4.99/, tcpdump-4.9/, openbsd-7.8/tcpdump*.txt, pflog.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { captureSide } from './capture-side.ts';
import { dhcpMessageIn } from './dhcp-message.ts';
import { openbsdPacket, readOpenbsdPacket } from './openbsd-packet.ts';
import { packetTime } from './packet-time.ts';
import { addVerdict, sayVerdicts, type Verdicts } from './pflog.ts';
import { addPacket, emptySection, endSection, onIn, type Section } from './tcpdump-flows.ts';
import { ANY, FRAME, HALF, type Packet, PLAIN, readPacket } from './tcpdump-packet.ts';

const HEADER = /^(?:tcpdump: )?(?:listening on ([\w.@:-]{1,40}),|reading from file \S{1,200}, link-type )/;
const SAID =
  /^(?:tcpdump: (?!listening|reading)\S.{0,200}|dropped privs to \S{1,40}|\(No such device exists\)|\^C|\^?C?Got \d{1,12})$/;
const TRAILER =
  /^(?:\^C)?(\d{1,12}) packets? (captured|received by filter|dropped by kernel|dropped by interface)(?:, |$)/;
/** libpcap puts the type's description behind its name. */
const OPENBSD_HEADER = /^tcpdump: listening on \S{1,16}, link-type [A-Z\d_]{2,12}$/;
const SECOND_LINE = /^\s{0,8}[\w.:%-]{1,255} > [\w.:%-]{1,255}: ?/;
/** Of -v, -x and -A. */
const DETAIL =
  /^(?:\s|[E`][!-~]{19,}|0x[0-9a-f]{4}: {1,3}[0-9a-f]{2}|(?:Client-Ethernet-Address|Your-IP|Server-IP|Client-IP|Gateway-IP|Vendor-rfc1048|Magic Cookie) ?|[A-Z][\w-]{1,40} (?:Option )?\(?\d{1,3}\)?, length \d|(?:message-age|root-id) |(?:source|destination) link-address option)/;

export const tcpdump: Parser = {
  kind: 'tcpdump/text',
  title: 'tcpdump',
  commands: /^(?:timeout \S{1,10} )?(?:\/usr\/s?bin\/)?tcpdump\b/,
  begins: new RegExp(
    [
      FRAME,
      ANY,
      PLAIN,
      openbsdPacket,
      /^(?:\^C)?\d{1,12} packets? (?:captured|received by filter)/,
      HEADER,
      /^tcpdump: /,
    ]
      .map(({ source }) => `(?:${source})`)
      .join('|'),
  ),
  continues: new RegExp([DETAIL, SECOND_LINE, TRAILER, SAID].map(({ source }) => `(?:${source})`).join('|')),
  read: readTcpdump,
};

function readTcpdump(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const names: string[] = [];
  const verdicts: Verdicts = new Map();
  const isOpenbsd = rows.some(({ text }) => openbsdPacket.test(text) || OPENBSD_HEADER.test(text));
  let section = emptySection(interfaceIn(command));
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as Row;
    const header = HEADER.exec(row.text);
    const trailer = TRAILER.exec(row.text);
    const isPacket = isPacketRow(rows, index);
    if (header) {
      section = next(section, notes, header[1]);
      if (header[1] !== undefined) names.push(header[1]);
      section.headerRow = row;
    } else if (trailer) readTrailer(section, row);
    else if (isPacket) {
      // Packets behind the closing counts are another capture's, unless all of them come late.
      if (section.isClosed && section.packets > 0) section = next(section, notes, undefined);
      const last = lastRowOf(rows, index);
      const packet = takePacket(section, rows.slice(index, last + 1), dhcpMessageBelow(rows, last));
      if (packet?.interface !== undefined) names.push(packet.interface);
      if (!packet) notes.missed(row);
      index = last;
    } else if (openbsdPacket.test(row.text) || (isOpenbsd && SECOND_LINE.test(row.text))) {
      if (section.isClosed && section.packets > 0) section = next(section, notes, undefined);
      const { packet, verdict } = readOpenbsdPacket(row.text.trim());
      if (verdict) addVerdict(verdicts, packet, verdict, row);
      else addPacket(section, { ...packet, time: packetTime(row.text) }, [row]);
      names.push(verdict?.interface ?? '');
    } else if (!SAID.test(row.text) && !(section.packets > 0 && DETAIL.test(row.text))) notes.missed(row);
  }
  endSection(section, notes);
  sayVerdicts(verdicts, notes);
  return notes.done(captureSide([...names, interfaceIn(command) ?? ''], isOpenbsd));
}

function next(section: Section, notes: Notes, name: string | undefined): Section {
  if (section.packets === 0 && !section.isClosed && !section.headerRow) {
    return { ...section, interface: name === 'any' ? undefined : (name ?? section.interface) };
  }
  endSection(section, notes);
  return emptySection(name === 'any' ? undefined : name);
}

/** With -v an IPv4 packet goes on in a second row; details below it are left to the loop. */
function lastRowOf(rows: readonly Row[], index: number): number {
  const text = rows[index]?.text ?? '';
  const following = rows[index + 1]?.text;
  const isHalf = /\)$/.test(text) && /\((?:tos|hlim|class|flowlabel) /.test(text);
  return isHalf && following !== undefined && SECOND_LINE.test(following) ? index + 1 : index;
}

function takePacket(
  section: Section,
  rows: readonly Row[],
  dhcp: Packet['dhcp'] | undefined,
): Packet | undefined {
  const packet = readPacket(rows.map(({ text }) => text.trim()).join(' '));
  if (!packet) return undefined;
  const isDhcp = dhcp !== undefined && packet.what.startsWith('dhcp-');
  const first = rows[0]?.text ?? '';
  const on = onIn(first);
  const told = { time: packetTime(first), ...(on !== undefined && { interface: on }) };
  addPacket(section, { ...packet, ...told, ...(isDhcp && { dhcp }) }, rows);
  return packet;
}

const MOST_DETAILS = 40;

function dhcpMessageBelow(rows: readonly Row[], last: number): Packet['dhcp'] | undefined {
  for (const { text } of rows.slice(last + 1, last + 1 + MOST_DETAILS)) {
    const message = /^\s{0,8}DHCP-Message /.test(text) && dhcpMessageIn(text);
    if (message) return message;
    if (!DETAIL.test(text) || HEADER.test(text)) return undefined;
  }
  return undefined;
}

/** What stands inside an ICMP error is printed below it like a packet, but is none of its own. */
function isPacketRow(rows: readonly Row[], index: number): boolean {
  const text = rows[index]?.text ?? '';
  const above = rows[index - 1]?.text ?? '';
  if (/^IP6? \(/.test(text) && /: ICMP6?[, ].{0,200}(?:unreachable|exceeded|redirect)/.test(above))
    return false;
  if (FRAME.test(text) || ANY.test(text) || PLAIN.test(text)) return true;
  return HALF.test(text) && !/^\s{0,8}IP6? \(/.test(above);
}

function readTrailer(section: Section, row: Row): void {
  section.isClosed = true;
  for (const part of row.text.split(', ')) {
    const [, count, what] = TRAILER.exec(part) ?? [];
    if (what === 'captured') section.captured = { value: Number(count), row };
    if (what === 'dropped by kernel') section.dropped = { value: Number(count), row };
  }
}

/** `tcpdump -eni tap107i1`, `-i tap107i1`, `--interface=tap107i1`. */
export function interfaceIn(command: string): string | undefined {
  const name = /(?:^| )(?:-[a-zA-Z]{0,10}i ?|--interface[= ])([\w.@:-]{1,40})/.exec(command)?.[1];
  return name === 'any' ? undefined : name;
}
