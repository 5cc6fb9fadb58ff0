// Reads: packets as Wireshark and tshark dissect them into text: details (tshark -V, exports of the window) and one line a packet; one line
// a packet of illumos' snoop. Printed by: see dissection.ts and packet-line.ts. Fixtures: fixtures/outputs/wireshark-4.2/*.txt, illumos/snoop.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { captureSide } from './capture-side.ts';
import { FRAME_ROW, LAYER, readDissection } from './dissection.ts';
import { LINE, readLine } from './packet-line.ts';
import { addSegment } from './tcp-streams.ts';
import { addPacket, emptySection, endSection, type Section } from './tcpdump-flows.ts';

const CAPTURING =
  /^(?:Capturing on '([^']{1,60})'|Using device (\S{1,40}) \((?:promiscuous|non promiscuous) mode\))$/;
const HEADER =
  /^\s{0,6}No\.\s{1,10}Time\s{1,20}Source\s{1,30}Destination\s{1,30}Protocol\s{1,10}(?:Length )?\s{0,10}Info$/;
/** A row below a layer: indented, `Name: value` or `[remark]`; bits as `.... ...1 = Broadcast`. */
const DETAIL =
  /^\s{0,60}(?:\[.{1,300}\]?|[A-Z][\w /()',.-]{1,70}: .{0,400}|[01.]{4}(?: [01.]{4}){0,7} = .{1,100}|(?:Option|TCP Option|Options|Flags|Data|Padding|Trailer|VSS-Monitoring)\b.{0,300})$/;
/** Below a layer only: the bytes of -x. */
const HEX = /^[\da-f]{4}\s{1,4}(?:[\da-f]{2} {1,2}){1,16}.{0,24}$/;
const TOTAL = /^\d{1,12} packets? captured$/;

export const wireshark: Parser = {
  kind: 'wireshark/text',
  title: 'Wireshark or tshark',
  commands: /^(?:timeout \S{1,10} )?(?:\/usr\/s?bin\/)?(?:tshark|snoop)\b/,
  begins: new RegExp(
    [FRAME_ROW, LAYER, CAPTURING, HEADER, LINE, TOTAL].map(({ source }) => `(?:${source})`).join('|'),
  ),
  continues: new RegExp([DETAIL, HEX].map(({ source }) => `(?:${source})`).join('|')),
  read: readWireshark,
};

function readWireshark(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const named = / -[id] ?([\w.@:-]{1,40})/.exec(command)?.[1];
  let section = emptySection(named);
  const names: string[] = named === undefined ? [] : [named];
  let packet: Row[] = [];
  const take = () => {
    if (packet.length > 0) takeDissection(section, packet, names);
    packet = [];
  };
  for (const row of rows) {
    const [, tshark, snoop] = CAPTURING.exec(row.text) ?? [];
    const name = tshark ?? snoop;
    const line = LINE.test(row.text) ? readLine(row.text) : undefined;
    if (name !== undefined) {
      take();
      endSection(section, notes);
      section = emptySection(/^(?:any|Loopback.*)$/.test(name) ? undefined : name);
      names.push(name);
    } else if (line) {
      take();
      addPacket(section, line.packet, [row]);
      if (line.segment) addSegment(section.streams, line.segment, row);
    } else if (isTop(row, packet)) {
      take();
      packet = [row];
    } else if (packet.length > 0 && (LAYER.test(row.text) || wireshark.continues.test(row.text)))
      packet.push(row);
    else if (!HEADER.test(row.text) && !TOTAL.test(row.text)) notes.missed(row);
  }
  take();
  endSection(section, notes);
  return notes.done(captureSide(names));
}

/** `Frame N:`; where that row is cut off, the first layer that stands alone, or one that a packet has once. */
function isTop(row: Row, packet: readonly Row[]): boolean {
  if (FRAME_ROW.test(row.text)) return true;
  if (!LAYER.test(row.text)) return false;
  const isEthernet = /^(?:Ethernet II|Linux cooked)/.test(row.text);
  return (
    packet.length === 0 ||
    (isEthernet && packet.some(({ text }) => /^(?:Ethernet II|Internet Protocol)/.test(text)))
  );
}

function takeDissection(section: Section, rows: readonly Row[], names: string[]): void {
  const { packet, segment, tooBig } = readDissection(rows);
  const [first] = rows;
  if (!first) return;
  // The rows that count, so that the evidence is no whole page.
  const shown = rows.filter(
    ({ text }) => FRAME_ROW.test(text) || /\b[Cc]hecksum\b.{0,40}(?:incorrect|Bad|Errors)/.test(text),
  );
  addPacket(section, packet, shown.length > 0 ? shown : [first]);
  if (packet.interface !== undefined) names.push(packet.interface);
  if (segment) addSegment(section.streams, segment, first);
  if (tooBig) section.tooBig.set(tooBig.from, { mtu: tooBig.mtu, row: first });
}
