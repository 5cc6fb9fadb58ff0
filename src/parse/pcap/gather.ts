import type { Line, Row } from '../../model/line.ts';
import { addVerdict, type Verdicts } from '../capture/pflog.ts';
import {
  addSent,
  addToStream,
  MOST_STREAMS,
  markAnswered,
  type Stream,
  streamOf,
} from '../capture/tcp-streams.ts';
import {
  addToFlow,
  begin,
  emptySection,
  type Flow,
  flowOf,
  hasRoom,
  leaveOut,
  MOST_ROUTERS,
  type Section,
  withTime,
} from '../capture/tcpdump-flows.ts';
import { uint16, uint32 } from './byte-feed.ts';
import type { Frame } from './frame.ts';
import { type KeyTable, keyTable } from './key-table.ts';
import type { Layers } from './layers.ts';
import {
  dataLength,
  endOf,
  isSegment,
  lengthOf,
  macAt,
  packetOf,
  segmentOf,
  tooBigOf,
  verdictOf,
} from './packet-of.ts';

/** All frames of one interface, put together as the lines of tcpdump are. */
export type Gathering = {
  readonly section: Section<number>;
  readonly flows: KeyTable<Flow>;
  readonly streams: KeyTable<Tracked>;
};

/** A direction of a connection, and how far its numbers have come: counted on beyond 32 bits. */
type Tracked = { readonly stream: Stream<number>; last: number };

export function startGathering(name: string | undefined, headerRow: Row): Gathering {
  return { section: { ...emptySection<number>(name), headerRow }, flows: keyTable(), streams: keyTable() };
}

/** Evidence is kept as the number of its frame; the text is made for those that are shown in the end. */
export function rowOf(sample: string, number: number): Row {
  return { text: '', at: [{ sample, number, text: '' } satisfies Line] };
}

export function gather(
  { section, flows, streams }: Gathering,
  layers: Layers,
  { data, number, time: micros }: Frame,
  sample: string,
): void {
  const time = micros / 1e6;
  setFlowKey(flows.key, layers, data);
  let flow = flows.find();
  if (flow) {
    section.packets++;
    withTime(section.times, time);
  } else if (hasRoom(section, layers.what)) {
    const packet = { ...packetOf(layers, data), time };
    const row = rowOf(sample, number);
    begin(section, packet, row);
    flow = flowOf(section, packet, row);
    if (flow) flows.add(flow);
  } else leaveOut(section, rowOf(sample, number));
  if (flow && addToFlow(flow, lengthOf(layers), time)) flow.lines.push(...rowOf(sample, number).at);
  // With -i any a packet comes several times, as it goes through the host: that is not being sent again.
  const isCooked = layers.macs < 0 && layers.sender >= 0;
  if (isSegment(layers)) {
    if (!isCooked) track(section, streams, layers, data, number);
  } else if (layers.what !== 'other') addTooBig(section, layers, data, number, sample);
}

const WHATS = [
  'arp-request',
  'arp-reply',
  'dhcp-request',
  'dhcp-reply',
  'ipv4',
  'ipv6',
  'stp',
  'rarp',
  'other',
];
const SUMS = [undefined, 'good', 'partial', 'bad', 'wrong'];
const MESSAGES = [undefined, 'discover', 'offer', 'request', 'decline', 'ack', 'nack', 'release', 'inform'];

/** All that tells flows apart: who, tag, kind, checksum, and what ARP asks. */
function setFlowKey(key: Int32Array, layers: Layers, data: Uint8Array): void {
  const { macs, sender, ip, isSix, arp, vlan, what, checksum, dhcp } = layers;
  key.fill(0);
  const at = macs >= 0 ? macs : sender >= 0 ? sender : ip >= 0 ? ip + (isSix ? 8 : 12) : -1;
  const words = macs >= 0 ? 3 : sender >= 0 ? 1 : at >= 0 ? (isSix ? 8 : 2) : 0;
  for (let index = 0; index < words; index++) key[index] = uint32(data, at + index * 4);
  if (macs < 0 && sender >= 0) key[1] = uint16(data, sender + 4);
  key[8] =
    (vlan + 1) |
    (WHATS.indexOf(what) << 13) |
    (SUMS.indexOf(checksum) << 17) |
    (MESSAGES.indexOf(dhcp) << 20) |
    (words << 24);
  if (arp < 0) return;
  key[3] = uint32(data, arp + 14);
  key[4] = uint32(data, arp + 24);
  key[5] = uint32(data, arp + 8);
  key[6] = uint16(data, arp + 12);
}

function track(
  section: Section<number>,
  streams: KeyTable<Tracked>,
  layers: Layers,
  data: Uint8Array,
  number: number,
): void {
  const { transport, ip, isSix } = layers;
  setStreamKey(streams.key, data, ip + (isSix ? 8 : 12), isSix ? 8 : 2, transport);
  const sequence = uint32(data, transport + 4);
  let tracked = streams.find();
  const flags = data[transport + 13] as number;
  if (tracked) tracked.last += (sequence - tracked.last) | 0;
  else if (section.streams.size < MOST_STREAMS) {
    const stream = streamOf(section.streams, endOf(layers, data, false), endOf(layers, data, true), number);
    if (!stream) return;
    tracked = { stream, last: sequence };
    streams.add(tracked);
  } else {
    if ((flags & 6) !== 0) markAnswered(section.streams, segmentOf(layers, data, sequence));
    return;
  }
  // SYN or RST.
  if ((flags & 6) !== 0)
    addToStream(section.streams, tracked.stream, segmentOf(layers, data, tracked.last), number);
  else {
    const length = dataLength(layers, data);
    if (length > 0) addSent(tracked.stream, tracked.last, length, number);
  }
}

function setStreamKey(key: Int32Array, data: Uint8Array, at: number, words: number, ports: number): void {
  key.fill(0);
  for (let index = 0; index < words; index++) key[index] = uint32(data, at + index * 4);
  key[8] = uint32(data, ports);
  key[9] = words;
}

function addTooBig(
  { tooBig }: Section<number>,
  layers: Layers,
  data: Uint8Array,
  number: number,
  sample: string,
): void {
  const told = tooBigOf(layers, data);
  if (told && !tooBig.has(told.from) && tooBig.size < MOST_ROUTERS)
    tooBig.set(told.from, { mtu: told.mtu, row: rowOf(sample, number) });
}

/** A packet of PF's log. Returns the interface that it came by; undefined where the log's header cannot be read. */
export function gatherVerdict(
  verdicts: Verdicts,
  layers: Layers,
  { data, number }: Frame,
  sample: string,
): string | undefined {
  const verdict = verdictOf(layers, data);
  if (!verdict) return undefined;
  const { bootp } = layers;
  const mac = bootp >= 0 ? macAt(data, bootp + 28) : undefined;
  addVerdict(verdicts, packetOf(layers, data), verdict, rowOf(sample, number), mac);
  return verdict.interface;
}
