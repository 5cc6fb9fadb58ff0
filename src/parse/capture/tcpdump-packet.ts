// Reads: one packet of libpcap's tcpdump, its rows joined by blanks; with or without -e, -v, a time, and -i any's columns.
// Printed by: tcpdump print-ether.c, print-sll.c, print-ip.c, print-arp.c, print-bootp.c and others, 4.9 and 4.99.
// fixtures/outputs/tcpdump-4.99/, tcpdump-4.9/.

import type { Things } from '../../model/sighting.ts';
import { dhcpMessageIn } from './dhcp-message.ts';
import { type ChecksumWord, checksumOf } from './tcpdump-checksum.ts';

export type Packet = {
  /** As packet-time.ts has it. */
  readonly time?: number | undefined;
  readonly interface?: string;
  /** Addresses of the frame with -e, else of the packet; absent where neither is shown. */
  readonly from?: string;
  readonly to?: string;
  /** 0: seen untagged. Absent: tags do not show. The outer one of two. */
  readonly vlan?: number;
  readonly what: Things['traffic']['what'];
  readonly asksFor?: string;
  readonly tells?: string;
  /** The MAC that an ARP reply gives for it. */
  readonly isAt?: string;
  /** Of the frame with -e, else of the IP packet with -v, else of what it carries. */
  readonly length?: number;
  readonly checksum?: ChecksumWord;
  /** From the details below the packet, with -v. */
  readonly dhcp?: Things['traffic']['dhcp'];
};

/** The number that -# puts first, and the time in each form that -t, -tt and so on leave of it. */
const STAMP =
  '(?:\\s{0,5}\\d{1,9} {2})?(?:\\s?-?(?:\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d:\\d\\d\\.\\d{6,9} |\\s?\\d{9,11}\\.\\d{6,9} )?';
const MAC = '(?:[0-9a-f]{2}:){5}[0-9a-f]{2}';
const NAMED_MAC = `(?:${MAC}|Broadcast)(?: \\(oui [^)]{1,60}\\))?`;

export const FRAME = new RegExp(`^${STAMP}(${NAMED_MAC}) > (${NAMED_MAC}), (?=ethertype |802\\.3, )`);
export const ANY = new RegExp(
  `^${STAMP} {0,3}(?:([\\w.@-]{1,20}) {1,5})?(?:In|Out|B|M|P) {1,4}(?=IP6? |ARP, |ifindex |${MAC} |STP |ethertype )`,
);
export const PLAIN = new RegExp(
  `^${STAMP}(?=IP6? (?:\\(|truncated-ip|[\\w.:-]{1,255} > )|ARP, |STP 802\\.1|RARP|LLDP, |Reverse Request |LLC, )`,
);
/** The second row of a packet, its first one lost: `tcpdump -vv | grep cksum`. */
export const HALF =
  /^\s{0,8}(?=[\w.:%-]{3,255} > [\w.:%-]{3,255}: .{0,200}(?:\bcksum 0x[0-9a-f]{1,4} (?:->|\()|\[udp sum ok\]))/;
const COOKED = new RegExp(`^(?:ifindex \\d{1,10} )?(?:(${MAC}) )?(?=ethertype )`);
const TYPE = /^(?:ethertype ([\w .-]{1,40}?)(?: \(0x[0-9a-f]{4}\))?|802\.3), (?:length (\d{1,7}): )?/;
const TAG = /^vlan (\d{1,4}), p \d(?:, DEI)?, (?=ethertype |LLC|802\.3|length )/;
const IP_HEADER =
  /^\((?:tos|hlim|class|flowlabel) .{1,300}?\blength:? (\d{1,6})(?:, options \([^)]{0,100}\))?(?:, bad cksum [0-9a-f]{1,4} \(->[0-9a-f]{1,4}\)!)?\) ?/;
const ENDS = /^([\w.:%-]{1,255}) > ([\w.:%-]{1,255}): ?/;

/** Undefined for text that is no packet of this program. */
export function readPacket(text: string): Packet | undefined {
  const frame = FRAME.exec(text);
  if (frame) {
    const [head, from, to] = frame;
    return readTyped(text.slice(head.length), { from: macOf(from), to: macOf(to) }, 0);
  }
  const any = ANY.exec(text);
  if (any) {
    const name = any[1] === undefined ? {} : { interface: any[1] };
    const rest = text.slice(any[0].length);
    const cooked = COOKED.exec(rest);
    if (!cooked) return readPayload(rest, name, undefined);
    // Linux cooked headers hide the tag even with -e.
    const source = cooked[1] === undefined ? {} : { from: cooked[1] };
    return readTyped(rest.slice(cooked[0].length), { ...name, ...source }, undefined);
  }
  const plain = PLAIN.exec(text) ?? HALF.exec(text);
  return plain ? readPayload(text.slice(plain[0].length), {}, undefined) : undefined;
}

type Head = { interface?: string; from?: string; to?: string; vlan?: number; length?: number };

function macOf(shown = ''): string {
  const mac = shown.split(' ')[0] ?? '';
  return mac === 'Broadcast' ? 'ff:ff:ff:ff:ff:ff' : mac;
}

/** `ethertype 802.1Q (0x8100), length 46: vlan 40, p 0, ethertype ARP (0x0806), ...`; 4.9 leaves the inner number out. */
function readTyped(text: string, head: Head, untagged: number | undefined): Packet {
  let rest = text;
  let kind: string | undefined;
  let vlan = untagged;
  let length: number | undefined;
  for (let round = 0; round < 4; round++) {
    const type = TYPE.exec(rest);
    if (!type) break;
    rest = rest.slice(type[0].length);
    kind = type[1] ?? '802.3';
    if (type[2] !== undefined) length = Number(type[2]);
    const tag = TAG.exec(rest);
    if (!tag) break;
    rest = rest.slice(tag[0].length);
    if (untagged !== undefined && !vlan) vlan = Number(tag[1]);
    kind = undefined;
  }
  const told = { ...head, ...(vlan !== undefined && { vlan }), ...(length !== undefined && { length }) };
  return readPayload(rest, told, kind);
}

function readPayload(text: string, head: Head, kind: string | undefined): Packet {
  const word = /^(IP6?|ARP|RARP)(?: |, )/.exec(text);
  const whole = word ? text.slice(word[0].length) : text;
  const payload = whole.replace(/^(.{0,400}?)truncated-ip6? - \d{1,6} bytes missing! ?/, '$1');
  const arp = readArp(payload);
  if (arp) return { ...arp, ...head, ...arpEnds(arp, head) };
  if (/^STP |: STP 802\.1|^LLC, .{0,200}STP /.test(payload)) return { ...head, what: 'stp' };
  const type = word?.[1] ?? kind;
  if (type === 'RARP' || type === 'Reverse ARP') return { ...head, what: 'rarp' };
  const header = IP_HEADER.exec(payload);
  const ends = ENDS.exec(header ? payload.slice(header[0].length) : payload);
  if (!ends && !header && !/^IP(?:v4|6|v6)?$/.test(type ?? '')) return { ...head, what: 'other' };
  return readIp(payload, head, type, header, ends);
}

function readIp(
  payload: string,
  head: Head,
  type: string | undefined,
  header: RegExpExecArray | null,
  ends: RegExpExecArray | null,
): Packet {
  const isSix = type === 'IPv6' || type === 'IP6' || /^\((?:hlim|class|flowlabel) /.test(payload);
  const from = addressOf(ends?.[1]);
  const to = addressOf(ends?.[2]);
  const ipLength = header?.[1] === undefined ? undefined : Number(header[1]);
  const carried = /, length:? (\d{1,7})(?=[,:\s]|$)/.exec(payload.slice(header?.[0].length ?? 0))?.[1];
  const length = head.length ?? ipLength ?? (carried === undefined ? undefined : Number(carried));
  const transport = transportLength(payload, isSix, header?.[0], ipLength, carried);
  const checksum = checksumOf(payload, { from: from ?? '', to: to ?? '', length: transport });
  const dhcp = /\bBOOTP\/DHCP, (Request|Reply)\b/.exec(payload)?.[1];
  // In the same line: our own text of a pcap file.
  const message = dhcp && dhcpMessageIn(payload);
  const family = isSix ? 'ipv6' : 'ipv4';
  return {
    // Addresses of frames and of packets are not mixed: a cooked header shows the sender only.
    ...(head.from === undefined && from !== undefined && { from }),
    ...(head.from === undefined && to !== undefined && { to }),
    ...head,
    what: dhcp === undefined ? family : dhcp === 'Request' ? 'dhcp-request' : 'dhcp-reply',
    ...(length !== undefined && { length }),
    ...(checksum !== undefined && { checksum }),
    ...(message && { dhcp: message }),
  };
}

/** Length of what the pseudo header covers; unknown behind IP options and IPv6 extension headers. */
function transportLength(
  payload: string,
  isSix: boolean,
  header: string | undefined,
  ipLength: number | undefined,
  carried: string | undefined,
): number | undefined {
  if (header === undefined || ipLength === undefined) {
    const isUdp = /\budp (?:cksum|sum)\b/.test(payload) && carried !== undefined;
    return isUdp ? Number(carried) + 8 : undefined;
  }
  if (isSix) return /next-header (?:TCP \(6\)|UDP \(17\)|ICMPv6 \(58\))/.test(header) ? ipLength : undefined;
  return header.includes(', options (') ? undefined : ipLength - 20;
}

/** `192.0.2.10.40288`, `fe80::1.546`, `192.0.2.10`: without the port. Names stay as they are. */
function addressOf(end: string | undefined): string | undefined {
  if (end === undefined) return undefined;
  const four = /^(\d{1,3}(?:\.\d{1,3}){3})(?:\.[\w-]{1,40})?$/.exec(end)?.[1];
  const six = /^([0-9a-f:]{2,39}(?:%\w{1,20})?)(?:\.[\w-]{1,40})?$/.exec(end)?.[1];
  return four ?? (end.includes(':') ? six : undefined) ?? end;
}

type Arp = Pick<Packet, 'what' | 'asksFor' | 'tells' | 'isAt'>;

function readArp(payload: string): Arp | undefined {
  const text = payload.replace(/^Ethernet \(len 6\), (?:IPv4|Unknown \S{1,12}) \(len 4\), /, '');
  const [, asksFor, tells] =
    /^Request who-has (\S{1,80})(?: \([^)]{1,60}\))? tell ([^,\s]{1,80})/.exec(text) ?? [];
  if (asksFor !== undefined && tells !== undefined) return { what: 'arp-request', asksFor, tells };
  const [, owner, mac] = /^Reply (\S{1,80}) is-at (\S{1,80}?)(?:[, ]|$)/.exec(text) ?? [];
  if (owner !== undefined)
    return {
      what: 'arp-reply',
      tells: owner,
      ...(mac && /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac) && { isAt: mac }),
    };
  const probed = /^Probe (\S{1,80}?)(?:,|$)/.exec(text)?.[1];
  if (probed !== undefined) return { what: 'arp-request', asksFor: probed };
  const announced = /^Announcement (\S{1,80}?)(?:,|$)/.exec(text)?.[1];
  if (announced !== undefined) return { what: 'arp-request', asksFor: announced, tells: announced };
  return /^Reverse (?:Request|Reply) /.test(text) ? { what: 'rarp' } : undefined;
}

/** Without -e the sender is only known by the address that it tells. */
function arpEnds({ tells }: Arp, head: Head): { from?: string } {
  return head.from === undefined && tells !== undefined ? { from: tells } : {};
}
