// Reads: a packet in one line, as tshark, Wireshark's packet list and snoop of illumos print it.
// Printed by: Wireshark epan/column-utils.c, packet-tcp.c, packet-arp.c, packet-dhcp.c; illumos cmd/cmd-inet/usr.sbin/snoop/snoop_{display,arp,tcp}.c.
// Fixtures: fixtures/outputs/wireshark-4.2/*.txt, illumos/snoop*.txt.

import { wholeMac } from '../whole-mac.ts';
import type { Segment } from './tcp-segment.ts';
import type { Packet } from './tcpdump-packet.ts';

const TIME = '(?:\\d{4}-\\d\\d-\\d\\d )?(?:\\d\\d:\\d\\d:\\d\\d\\.\\d{3,9}|\\d{1,10}\\.\\d{3,9})';
const ADDRESS = '(?:[\\w.:%*?-]{1,60}|\\((?:broadcast|multicast)\\))';
const PROTOCOL = '[A-Z][\\w./-]{1,14}';
/** `  1 0.000000 192.0.2.1 → 192.0.2.2 TCP 74 40001 → 80 [SYN] Seq=0`; snoop has `->`, and no length. */
const ARROW = new RegExp(
  `^\\s{0,12}(?:\\d{1,9} {1,4})?(?:${TIME} {1,6})?(${ADDRESS}) {1,12}(?:→|->) (${ADDRESS}) {1,12}(${PROTOCOL}) ((?:\\d{1,6} )?)(.{0,400})$`,
);
/** Wireshark's "Export as plain text", summary only: columns without an arrow. */
const COLUMNS = new RegExp(
  `^\\s{0,12}\\d{1,9} {1,8}${TIME} {1,14}(${ADDRESS}) {1,30}(${ADDRESS}) {1,30}(${PROTOCOL}) {1,14}(\\d{1,6}) {1,8}(.{0,400})$`,
);
const MAC = /^(?:[\da-f]{1,2}:){5}[\da-f]{1,2}$/i;
const TCP =
  /(?:^|\] )(?:\w{1,20}\()?(\d{1,5})\)? (?:→|->|>) (?:\w{1,20}\()?(\d{1,5})\)? \[([A-Z, ]{2,40})\] Seq=(\d{1,12})(?: Ack=\d{1,12})?(?: Win=\d{1,9})? Len=(\d{1,7})(?:.{0,60}? MSS=(\d{2,5}))?/;

/** Rows that surely begin: the arrow stands in other texts as well, so time or number, and a protocol, must be there. */
export const LINE = new RegExp(
  `^\\s{0,12}(?:\\d{1,9} {1,4}${TIME}|${TIME}) {1,6}${ADDRESS} {1,12}(?:→|->) ${ADDRESS} {1,12}${PROTOCOL} |${COLUMNS.source}`,
);

export type Told = { readonly packet: Packet; readonly segment?: Segment };

export function readLine(text: string): Told | undefined {
  const [, from, to, protocol, size, info] = ARROW.exec(text) ?? COLUMNS.exec(text) ?? [];
  if (from === undefined || to === undefined || protocol === undefined || info === undefined)
    return undefined;
  const length = size?.trim() ? Number(size) : undefined;
  const packet: Packet = {
    ...endsOf(from, to, protocol),
    ...meaningOf(protocol, info, from),
    ...(length !== undefined && { length }),
    ...(/\bCHECKSUM INCORRECT\b/.test(info) && { checksum: 'bad' as const }),
  };
  const segment = protocol === 'TCP' ? segmentOf(from, to, info) : undefined;
  return { packet, ...(segment && { segment }) };
}

/** The columns show the highest layer: of ARP the frame's addresses, in part as names. */
function endsOf(from: string, to: string, protocol: string): Pick<Packet, 'from' | 'to'> {
  if (protocol !== 'ARP') return { from, to };
  return { ...(MAC.test(from) && { from: wholeMac(from) }), ...(MAC.test(to) && { to: wholeMac(to) }) };
}

function meaningOf(
  protocol: string,
  info: string,
  from: string,
): Pick<Packet, 'what' | 'asksFor' | 'tells' | 'isAt' | 'dhcp'> {
  if (protocol === 'ARP') return arpOf(info);
  if (/^(?:DHCP|BOOTP|DHCP\/BOOTP)$/.test(protocol)) {
    const dhcp = dhcpWord(/^(?:DHCP ?)?(\w{3,8})\b/.exec(info)?.[1]);
    const isReply = dhcp === 'offer' || dhcp === 'ack' || dhcp === 'nack';
    return { what: isReply ? 'dhcp-reply' : 'dhcp-request', ...(dhcp !== undefined && { dhcp }) };
  }
  if (protocol === 'STP' || protocol === 'RSTP') return { what: 'stp' };
  return { what: from.includes(':') && !MAC.test(from) ? 'ipv6' : MAC.test(from) ? 'other' : 'ipv4' };
}

/** `Who has A? Tell B`, `A is at MAC`; snoop: `C Who is A, name ?`, `R A, name is MAC`. */
function arpOf(info: string): Pick<Packet, 'what' | 'asksFor' | 'tells' | 'isAt'> {
  const asksFor = /Who (?:has|is) (\d[\d.]{6,14})\b/.exec(info)?.[1];
  const tells = /\? {1,2}Tell (\d[\d.]{6,14})\b/.exec(info)?.[1];
  if (asksFor !== undefined) return { what: 'arp-request', asksFor, ...(tells !== undefined && { tells }) };
  const [, owner, mac] =
    /(\d[\d.]{6,14})(?:, \S{1,60})? is (?:at )?((?:[\da-f]{1,2}:){5}[\da-f]{1,2})/i.exec(info) ?? [];
  if (owner !== undefined && mac !== undefined)
    return { what: 'arp-reply', tells: owner, isAt: wholeMac(mac) };
  const announced = /(?:Announcement|Gratuitous ARP) for (\d[\d.]{6,14})/.exec(info)?.[1];
  return announced === undefined
    ? { what: 'other' }
    : { what: 'arp-request', asksFor: announced, tells: announced };
}

function segmentOf(from: string, to: string, info: string): Segment | undefined {
  const [, source, target, flags = '', start, length, mss] = TCP.exec(info) ?? [];
  if (source === undefined || target === undefined) return undefined;
  return {
    from: `${from}.${source}`,
    to: `${to}.${target}`,
    isSyn: flags.includes('SYN'),
    isAck: flags.includes('ACK'),
    isReset: flags.includes('RST'),
    start: Number(start),
    length: Number(length),
    ...(mss !== undefined && { mss: Number(mss) }),
  };
}

/** DHCP's message type as Wireshark spells it: `NAK`, `Discover`. */
export function dhcpWord(type: string | undefined): Packet['dhcp'] {
  const word = type?.toLowerCase();
  if (word === 'nak') return 'nack';
  return word !== undefined && /^(?:discover|offer|request|decline|ack|nack|release|inform)$/.test(word)
    ? (word as Packet['dhcp'])
    : undefined;
}
