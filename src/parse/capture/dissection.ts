// Reads: one packet of Wireshark's and tshark's details (`tshark -V`, "Export Packet Dissections"), as a list of rows.
// Printed by: Wireshark epan/dissectors/packet-{frame,eth,vlan,ip,ipv6,tcp,udp,arp,dhcp,icmp}.c, epan/proto.c proto_tree_add_checksum(); 1.8 to 4.4
// (`[incorrect, should be 0x..` in brackets from 2.0 on). Fixtures: fixtures/outputs/wireshark-4.2/*.txt.

import type { Row } from '../../model/line.ts';
import { dhcpWord } from './packet-line.ts';
import type { Segment } from './tcp-segment.ts';
import { judgeChecksum } from './tcpdump-checksum.ts';
import type { Packet } from './tcpdump-packet.ts';

export const FRAME_ROW =
  /^Frame (\d{1,9})(?:: (?:Packet, )?| \()(\d{1,7}) bytes on wire\b.{0,60}? captured\b(?: \(\d{1,9} bits\))?\)?(?: on interface ([\w.:@-]{1,40})(?:, id \d{1,4})?)?$/;
export const LAYER =
  /^(?:Ethernet II, Src: |IEEE 802\.3 Ethernet|802\.1Q Virtual LAN, |Internet Protocol(?: Version [46])?, Src: |Transmission Control Protocol, Src Port: |User Datagram Protocol, Src Port: |Address Resolution Protocol(?: \(|$)|Internet Control Message Protocol|Dynamic Host Configuration Protocol|Bootstrap Protocol|Linux cooked capture|Spanning Tree Protocol|Logical-Link Control)/;

const MAC = '((?:[\\da-f]{2}:){5}[\\da-f]{2})';
const ETHERNET = new RegExp(`^Ethernet II, Src: .{0,60}?\\(?${MAC}\\)?, Dst: .{0,60}?\\(?${MAC}\\)?$`, 'i');
const VLAN = /^802\.1Q Virtual LAN, .{0,40}ID: (\d{1,4})\b/;
const IP =
  /^Internet Protocol(?: Version ([46]))?, Src: (\S{2,60})(?: \(\S{2,60}\))?, Dst: (\S{2,60}?)(?: \(\S{2,60}\))?$/;
const TRANSPORT =
  /^(Transmission Control|User Datagram) Protocol, Src Port: (?:\S{1,30} \()?(\d{1,5})\)?(?: \(\d{1,5}\))?, Dst Port: (?:\S{1,30} \()?(\d{1,5})\)?(?: \(\d{1,5}\))?(?:, Seq: (\d{1,12}))?(?:, Ack: \d{1,12})?(?:, Len: (\d{1,7}))?$/;
const CHECKSUM = /^Checksum: 0x([\da-f]{4})\b,? ?\[?(incorrect|correct|in ICMP error)?/;
const IP_CHECKSUM = /^Header [Cc]hecksum: 0x([\da-f]{4})\b,? ?\[?incorrect\b/;

type Draft = { -readonly [P in keyof Packet]: Packet[P] } & {
  source?: string;
  target?: string;
  six?: boolean;
  carried?: number;
  protocol?: 6 | 17;
  shown?: number;
  /** It is inside the header of IP: `Header Length` is said of TCP too. */
  layer?: 'ip' | 'transport' | 'arp' | 'icmp' | 'other';
};

export type Dissected = {
  readonly packet: Packet;
  readonly segment?: Segment;
  /** Next-hop MTU of an ICMP "fragmentation needed" or "packet too big". */
  readonly tooBig?: { readonly from: string; readonly mtu: number };
};

export function readDissection(rows: readonly Row[]): Dissected {
  const draft: Draft = { what: 'other' };
  const tcp: { from?: string; to?: string; start?: number; length?: number; flags?: string; mss?: number } =
    {};
  let mtu: number | undefined;
  for (const { text } of rows) {
    const bare = text.trim();
    if (readFrame(text, draft) || readIp(text, bare, draft)) continue;
    const [, kind, from, to, start, length] = TRANSPORT.exec(text) ?? [];
    if (kind !== undefined) {
      draft.layer = 'transport';
      draft.protocol = kind.startsWith('T') ? 6 : 17;
      Object.assign(tcp, { from, to, start: start && Number(start), length: length && Number(length) });
    } else if (LAYER.test(text)) readOther(text, draft);
    else if (draft.layer === 'transport') readTransport(bare, draft, tcp);
    else if (draft.layer === 'arp') readArp(bare, draft);
    mtu ??= numberIn(/^MTU(?: of next hop)?: (\d{2,6})$/, bare);
  }
  const { source, target } = draft;
  const isTcp =
    draft.protocol === 6 && source !== undefined && target !== undefined && tcp.from !== undefined;
  return {
    packet: finish(draft),
    ...(isTcp && { segment: segmentOf(`${source}.${tcp.from}`, `${target}.${tcp.to}`, tcp) }),
    ...(mtu !== undefined && source !== undefined && { tooBig: { from: source, mtu } }),
  };
}

function readFrame(text: string, draft: Draft): boolean {
  const [, , length, name] = FRAME_ROW.exec(text) ?? [];
  if (length !== undefined) {
    draft.length = Number(length);
    if (name !== undefined && !/^\d{1,3}$/.test(name)) draft.interface = name;
    return true;
  }
  const named = /^\s{1,12}Interface name: ([\w.:@-]{1,40})$/.exec(text)?.[1];
  if (named !== undefined) draft.interface = named;
  const [, from, to] = ETHERNET.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    Object.assign(draft, {
      from: from.toLowerCase(),
      to: to.toLowerCase(),
      vlan: draft.vlan ?? 0,
      layer: 'other',
    });
    return true;
  }
  const vlan = VLAN.exec(text)?.[1];
  // Of two tags the outer one counts.
  if (vlan !== undefined && (draft.vlan ?? 0) === 0) draft.vlan = Number(vlan);
  // Without the rows of the transport the colour is all that tells.
  if (/^\s{1,12}\[Coloring Rule Name: Checksum Errors\]$/.test(text)) draft.checksum = 'bad';
  return vlan !== undefined || named !== undefined;
}

function readIp(text: string, bare: string, draft: Draft): boolean {
  const [, version, source, target] = IP.exec(text) ?? [];
  if (source !== undefined && target !== undefined) {
    // What an ICMP error quotes is no header of this packet.
    if (draft.source !== undefined) draft.layer = 'other';
    else {
      const six = version === '6' || source.includes(':');
      Object.assign(draft, { source, target, six, layer: 'ip', what: six ? 'ipv6' : 'ipv4' });
    }
    return true;
  }
  if (draft.layer !== 'ip') return false;
  const total = numberIn(/^Total Length: (\d{1,6})$/, bare);
  const payload = numberIn(/^Payload [Ll]ength: (\d{1,6})$/, bare);
  if (total !== undefined) draft.carried = total - 20;
  if (/^Options: \(/.test(bare)) delete draft.carried;
  if (payload !== undefined) draft.carried = payload;
  const broken = IP_CHECKSUM.exec(bare)?.[1];
  // 0: the header's own sum is left to the sending NIC, which says nothing of UDP's or TCP's; any other wrong value is damage.
  if (broken !== undefined && Number.parseInt(broken, 16) !== 0) draft.checksum = 'wrong';
  return !LAYER.test(text);
}

function readOther(text: string, draft: Draft): void {
  draft.layer = 'other';
  const arp = /^Address Resolution Protocol \(([\w ]{3,30})/.exec(text)?.[1];
  if (arp !== undefined) {
    draft.layer = 'arp';
    draft.what = /reply/i.test(arp) ? 'arp-reply' : 'arp-request';
  }
  const [, name, type] =
    /^(Dynamic Host Configuration|Bootstrap) Protocol(?: \((\w{2,10})\))?/.exec(text) ?? [];
  if (name === undefined) return;
  const dhcp = dhcpWord(type);
  draft.what = dhcp === 'offer' || dhcp === 'ack' || dhcp === 'nack' ? 'dhcp-reply' : 'dhcp-request';
  if (dhcp !== undefined) draft.dhcp = dhcp;
}

function readTransport(bare: string, draft: Draft, tcp: { flags?: string; mss?: number }): void {
  const [, shown, verdict] = CHECKSUM.exec(bare) ?? [];
  if (shown !== undefined) {
    draft.shown = Number.parseInt(shown, 16);
    if (verdict === 'correct') draft.checksum = 'good';
    if (verdict === 'incorrect') draft.checksum = 'bad';
  }
  const status = /^\[Checksum Status: (Good|Bad)\]$/.exec(bare)?.[1];
  if (status !== undefined) draft.checksum = status === 'Good' ? 'good' : 'bad';
  const flags = /^Flags: 0x[\da-f]{3} \(([A-Za-z, ]{2,60})\)$/.exec(bare)?.[1];
  if (flags !== undefined) tcp.flags = flags;
  const mss = numberIn(/^(?:TCP Option - )?Maximum segment size: (\d{2,5}) bytes$/, bare);
  if (mss !== undefined) tcp.mss = mss;
}

function readArp(bare: string, draft: Draft): void {
  const sender = /^Sender IP address: (?:\S{1,60} \()?(\d{1,3}(?:\.\d{1,3}){3})\)?$/.exec(bare)?.[1];
  const target = /^Target IP address: (?:\S{1,60} \()?(\d{1,3}(?:\.\d{1,3}){3})\)?$/.exec(bare)?.[1];
  const mac = new RegExp(`^Sender MAC address: .{0,60}?\\(?${MAC}\\)?$`, 'i').exec(bare)?.[1];
  if (sender !== undefined) draft.tells = sender;
  if (mac !== undefined && draft.what === 'arp-reply') draft.isAt = mac.toLowerCase();
  if (target !== undefined && draft.what === 'arp-request') draft.asksFor = target;
}

/** The checksum's kind is reckoned where addresses and length stand there too. */
function finish(draft: Draft): Packet {
  const { source, target, six, carried, protocol, shown, layer, ...packet } = draft;
  const isBad = packet.checksum === 'bad' && shown !== undefined && protocol !== undefined;
  const checksum =
    isBad && source !== undefined && target !== undefined
      ? judgeChecksum(shown, protocol, { from: source, to: target, length: carried })
      : packet.checksum;
  return {
    ...packet,
    ...(packet.from === undefined && source !== undefined && { from: source }),
    ...(packet.to === undefined && target !== undefined && { to: target }),
    ...(checksum !== undefined && { checksum }),
  };
}

function segmentOf(
  from: string,
  to: string,
  { start, length, flags = '', mss }: { start?: number; length?: number; flags?: string; mss?: number },
): Segment {
  return {
    from,
    to,
    isSyn: /\bSYN\b/.test(flags),
    isAck: /\bACK\b/.test(flags),
    isReset: /\bRST\b/.test(flags),
    ...(start !== undefined && { start }),
    length: length ?? 0,
    ...(mss !== undefined && { mss }),
  };
}

function numberIn(shape: RegExp, text: string): number | undefined {
  const found = shape.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
