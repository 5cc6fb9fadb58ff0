// Reads: the layers of one captured frame: link header, VLAN tags, ARP, IP; what follows is read by read-transport.ts.
// Printed by: link types of libpcap (www.tcpdump.org/linktypes): 0 and 108 BSD loopback, 1 Ethernet, 12, 14 and 101 raw IP,
// 113 and 276 Linux cooked, 117 OpenBSD and FreeBSD pflog, 228 and 229 raw IPv4 and IPv6. Fixtures: fixtures/outputs/pcap-*/.

import { uint16 } from './byte-feed.ts';
import type { Frame } from './frame.ts';
import { clear, type Layers } from './layers.ts';
import { readIpLayer } from './read-ip.ts';

const LINKS: Readonly<Record<number, (layers: Layers, data: Uint8Array, from: number) => void>> = {
  0: readLoopback,
  1: readEthernet,
  12: readRaw,
  14: readRaw,
  101: readRaw,
  108: readLoopback,
  113: readCooked,
  117: readPflog,
  228: readRaw,
  229: readRaw,
  276: readCooked2,
};

/** False for a link type that is not known here. */
export function readLayers(layers: Layers, frame: Frame, link: number): boolean {
  const read = LINKS[link];
  if (!read) return false;
  clear(layers);
  layers.captured = frame.to;
  layers.wireLength = frame.wireLength;
  layers.end = frame.from + frame.wireLength;
  read(layers, frame.data, frame.from);
  return true;
}

const TAGS = new Set([0x8100, 0x88a8, 0x9100, 0x9200]);
const MOST_TAGS = 4;

function readEthernet(layers: Layers, data: Uint8Array, from: number): void {
  if (from + 14 > layers.captured) return;
  layers.macs = from;
  layers.vlan = 0;
  let at = from + 12;
  let type = uint16(data, at);
  for (let tags = 0; TAGS.has(type) && tags < MOST_TAGS && at + 6 <= layers.captured; tags++) {
    // Of two tags the outer one counts; a priority tag (0) is none.
    if (layers.vlan === 0) layers.vlan = uint16(data, at + 2) & 0xfff;
    at += 4;
    type = uint16(data, at);
  }
  if (type > 1500) readType(layers, data, type, at + 2);
  else readLlc(layers, data, at + 2);
}

/** IEEE 802.2 behind a length: spanning tree, Cisco's by SNAP, or an EtherType in SNAP. */
function readLlc(layers: Layers, data: Uint8Array, at: number): void {
  layers.payload = at;
  if (at + 3 > layers.captured) return;
  if (data[at] === 0x42 && data[at + 1] === 0x42) layers.what = 'stp';
  if (data[at] !== 0xaa || data[at + 1] !== 0xaa || at + 8 > layers.captured) return;
  const vendor = ((data[at + 3] as number) << 16) | uint16(data, at + 4);
  const type = uint16(data, at + 6);
  if (vendor === 0x00000c && type === 0x010b) layers.what = 'stp';
  if (vendor === 0) readType(layers, data, type, at + 8);
}

function readType(layers: Layers, data: Uint8Array, type: number, at: number): void {
  layers.type = type;
  layers.payload = at;
  if (type === 0x0800 || type === 0x86dd) readIpLayer(layers, data, at, type === 0x86dd);
  else if (type === 0x0806) readArp(layers, data, at);
  else if (type === 0x8035) layers.what = 'rarp';
}

/** RFC 826, of Ethernet and IPv4 alone. */
function readArp(layers: Layers, data: Uint8Array, at: number): void {
  if (at + 28 > layers.captured || uint16(data, at + 2) !== 0x0800) return;
  if (data[at + 4] !== 6 || data[at + 5] !== 4) return;
  const operation = uint16(data, at + 6);
  if (operation === 1) layers.what = 'arp-request';
  else if (operation === 2) layers.what = 'arp-reply';
  else if (operation === 3 || operation === 4) layers.what = 'rarp';
  if (operation === 1 || operation === 2) layers.arp = at;
}

function readRaw(layers: Layers, data: Uint8Array, at: number): void {
  if (at >= layers.captured) return;
  const version = (data[at] as number) >> 4;
  if (version !== 4 && version !== 6) return;
  layers.type = version === 6 ? 0x86dd : 0x0800;
  layers.payload = at;
  readIpLayer(layers, data, at, version === 6);
}

/** The address family in front has the byte order of the machine; the version of IP tells as much. */
function readLoopback(layers: Layers, data: Uint8Array, from: number): void {
  readRaw(layers, data, from + 4);
}

/** Direction, kind and address of the sender, EtherType. */
function readCooked(layers: Layers, data: Uint8Array, from: number): void {
  if (from + 16 > layers.captured) return;
  if (uint16(data, from + 4) === 6) layers.sender = from + 6;
  readCookedType(layers, data, uint16(data, from + 14), from + 16);
}

function readCooked2(layers: Layers, data: Uint8Array, from: number): void {
  if (from + 20 > layers.captured) return;
  if (data[from + 11] === 6) layers.sender = from + 12;
  readCookedType(layers, data, uint16(data, from), from + 20);
}

function readCookedType(layers: Layers, data: Uint8Array, type: number, at: number): void {
  // 4: an 802.2 header follows.
  if (type === 4) readLlc(layers, data, at);
  else readType(layers, data, type, at);
}

/** Its first octet tells how long the header is, without what fills it up to four octets. */
function readPflog(layers: Layers, data: Uint8Array, from: number): void {
  if (from + 64 > layers.captured) return;
  layers.pflog = from;
  const length = Math.max(data[from] as number, 61);
  readRaw(layers, data, from + ((length + 3) & ~3));
}
