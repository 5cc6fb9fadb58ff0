import type { Verdict } from '../capture/openbsd-packet.ts';
import type { Segment } from '../capture/tcp-segment.ts';
import type { Packet } from '../capture/tcpdump-packet.ts';
import { uint16, uint32 } from './byte-feed.ts';
import type { Layers } from './layers.ts';
import { addressAt } from './read-ip.ts';
import { ICMP, ICMP6, TCP } from './read-transport.ts';

/** A frame as the text of `tcpdump -e -n -vv` would have told it. */
export function packetOf(layers: Layers, data: Uint8Array): Packet {
  const { vlan, what, arp, checksum, dhcp } = layers;
  const length = lengthOf(layers);
  return {
    ...endsOf(layers, data),
    ...(vlan >= 0 && { vlan }),
    what,
    ...(arp >= 0 && askedOf(layers, data)),
    ...(length !== undefined && { length }),
    ...(checksum && { checksum }),
    ...(dhcp && { dhcp }),
  };
}

/** Of the frame where addresses of frames show, else of the IP packet. */
export function lengthOf({ macs, sender, ip, ipLength, wireLength }: Layers): number | undefined {
  if (macs >= 0 || sender >= 0) return wireLength;
  return ip >= 0 ? ipLength : undefined;
}

function endsOf(layers: Layers, data: Uint8Array): Pick<Packet, 'from' | 'to'> {
  const { macs, sender, ip, isSix, arp } = layers;
  if (macs >= 0) return { from: macAt(data, macs + 6), to: macAt(data, macs) };
  // A cooked header shows the sender alone.
  if (sender >= 0) return { from: macAt(data, sender) };
  if (arp >= 0) return { from: addressAt(data, arp + 14, false) };
  if (ip < 0) return {};
  const [from, to] = isSix ? [ip + 8, ip + 24] : [ip + 12, ip + 16];
  return { from: addressAt(data, from, isSix), to: addressAt(data, to, isSix) };
}

/** As tcpdump words it: a probe tells nothing, an announcement asks for what it tells. */
function askedOf({ what, arp }: Layers, data: Uint8Array): Pick<Packet, 'asksFor' | 'tells' | 'isAt'> {
  const tells = addressAt(data, arp + 14, false);
  if (what === 'arp-reply') return { tells, isAt: macAt(data, arp + 8) };
  const asksFor = addressAt(data, arp + 24, false);
  return uint32(data, arp + 14) === 0 ? { asksFor } : { asksFor, tells };
}

export function macAt(data: Uint8Array, at: number): string {
  let text = '';
  for (let index = 0; index < 6; index++)
    text += `${index === 0 ? '' : ':'}${(data[at + index] as number).toString(16).padStart(2, '0')}`;
  return text;
}

/** Whether the head of a TCP segment is there to be read. */
export function isSegment({ protocol, transport, length, captured }: Layers): boolean {
  return protocol === TCP && transport >= 0 && length >= 20 && transport + 20 <= captured;
}

export function dataLength({ transport, length }: Layers, data: Uint8Array): number {
  return Math.max(length - ((data[transport + 12] as number) >> 4) * 4, 0);
}

export function endOf({ ip, isSix, transport }: Layers, data: Uint8Array, isTarget: boolean): string {
  const address = isSix ? ip + (isTarget ? 24 : 8) : ip + (isTarget ? 16 : 12);
  return `${addressAt(data, address, isSix)}.${uint16(data, transport + (isTarget ? 2 : 0))}`;
}

export function segmentOf(layers: Layers, data: Uint8Array, start: number): Segment {
  const flags = data[layers.transport + 13] as number;
  const mss = mssOf(layers, data);
  return {
    from: endOf(layers, data, false),
    to: endOf(layers, data, true),
    isSyn: (flags & 2) !== 0,
    isAck: (flags & 16) !== 0,
    isReset: (flags & 4) !== 0,
    start,
    length: dataLength(layers, data),
    ...(mss !== undefined && { mss }),
  };
}

const MOST_OPTIONS = 40;

export function mssOf({ transport, captured }: Layers, data: Uint8Array): number | undefined {
  const end = Math.min(transport + ((data[transport + 12] as number) >> 4) * 4, captured);
  let at = transport + 20;
  for (let count = 0; count < MOST_OPTIONS && at + 1 < end && data[at] !== 0; count++) {
    if (data[at] === 2 && at + 4 <= end) return uint16(data, at + 2);
    at += data[at] === 1 ? 1 : Math.max(data[at + 1] as number, 2);
  }
  return undefined;
}

/** Next-hop MTU of "fragmentation needed" (RFC 1191) and "packet too big" (RFC 8201), and who says it. */
export function tooBigOf(layers: Layers, data: Uint8Array): { from: string; mtu: number } | undefined {
  const { protocol, transport: at, captured, ip, isSix } = layers;
  if (at < 0 || at + 8 > captured) return undefined;
  const isFour = protocol === ICMP && !isSix && data[at] === 3 && data[at + 1] === 4;
  const isTooBig = isFour || (protocol === ICMP6 && isSix && data[at] === 2);
  if (!isTooBig) return undefined;
  const mtu = isFour ? uint16(data, at + 6) : uint32(data, at + 4);
  // 0: a router from before RFC 1191.
  return mtu >= 68 ? { from: addressAt(data, ip + (isSix ? 8 : 12), isSix), mtu } : undefined;
}

const ACTIONS: Readonly<Record<number, Verdict['action']>> = {
  0: 'pass',
  1: 'block',
  2: 'scrub',
  4: 'nat',
  6: 'binat',
  8: 'rdr',
  12: 'match',
};

/** What PF's log says of the packet: struct pfloghdr of OpenBSD's and FreeBSD's net/if_pflog.h. Undefined for an action not known. */
export function verdictOf({ pflog: at }: Layers, data: Uint8Array): Verdict | undefined {
  const action = ACTIONS[data[at + 2] as number];
  const direction = data[at + 60] === 1 ? 'in' : data[at + 60] === 2 ? 'out' : undefined;
  const name = wordAt(data, at + 4);
  if (!action || !direction || !/^[a-z]{2,14}\d{1,5}$/.test(name)) return undefined;
  const number = uint32(data, at + 36);
  const inner = uint32(data, at + 40);
  const NONE = 0xffffffff;
  const rule =
    number === NONE ? 'def' : inner === NONE ? `${number}` : `${number}.${wordAt(data, at + 20)}.${inner}`;
  return { action, direction, interface: name, rule };
}

/** A name of at most sixteen octets, filled up with zeros; what is no plain letter is a question mark. */
function wordAt(data: Uint8Array, at: number): string {
  const octets = data.subarray(at, at + 16);
  const end = octets.indexOf(0);
  const text = String.fromCharCode(...octets.subarray(0, end < 0 ? 16 : end));
  return text.replace(/[^\w.*-]/g, (letter) => (letter === '/' ? '/' : '?'));
}
