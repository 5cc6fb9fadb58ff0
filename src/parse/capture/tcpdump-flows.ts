import type { Line, Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { segmentIn, tooBigIn } from './tcp-segment.ts';
import { addSegment, endStreams, type Streams } from './tcp-streams.ts';
import { ANY, type Packet } from './tcpdump-packet.ts';

/** Beyond these, packets of new flows are only counted; ARP, DHCP and the like have room of their own beside plain IP. */
const MOST_FLOWS = 500;
export const MOST_ROUTERS = 500;
/** Packets of a flow whose lines are kept as its evidence. */
const SHOWN = 3;

export type Flow = {
  packet: Packet;
  interface?: string;
  count: number;
  maxLength?: number;
  lines: Line[];
  text: string;
  times?: Times | undefined;
};
/** Of the first and the last packet. */
type Times = { firstAt: number; lastAt: number };
type Counted = { value: number; row: Row };

/** One run of tcpdump in a text, or one interface in a file; `P` as in tcp-streams.ts. */
export type Section<P = Row> = {
  interface: string | undefined;
  headerRow?: Row;
  packets: number;
  times?: Times | undefined;
  firstPacket?: Row;
  firstFrame?: Row;
  flows: Map<string, Flow>;
  /** How many flows there are of plain IP, of DHCP, and of all else. */
  kinds: { ip: number; dhcp: number; other: number };
  streams: Streams<P>;
  tooBig: Map<string, { mtu: number; row: Row }>;
  /** Packets of flows beyond the last one that is kept. */
  left: { count: number; first?: Row };
  captured?: Counted;
  dropped?: Counted;
  /** Its closing counts were seen. */
  isClosed: boolean;
};

export function emptySection<P = Row>(name: string | undefined): Section<P> {
  return {
    interface: name,
    packets: 0,
    flows: new Map(),
    kinds: { ip: 0, dhcp: 0, other: 0 },
    streams: new Map(),
    tooBig: new Map(),
    left: { count: 0 },
    isClosed: false,
  };
}

/** Packets that look alike become one flow: who to whom, tag, kind, what is asked for, checksum. */
export function addPacket(section: Section, packet: Packet, rows: readonly Row[]): void {
  const row = rows[0] as Row;
  addMeaning(section, rows);
  begin(section, packet, row);
  const flow = flowOf(section, packet, row);
  if (flow && addToFlow(flow, packet.length, packet.time)) flow.lines.push(...rows.flatMap(({ at }) => at));
}

/** The packet's own flow; undefined where there are too many others, and it is only counted. */
export function flowOf<P>(section: Section<P>, packet: Packet, row: Row): Flow | undefined {
  const name = packet.interface ?? section.interface;
  const key = keyOf(name, packet);
  const known = section.flows.get(key);
  if (known) return known;
  if (!hasRoom(section, packet.what)) {
    leaveOut(section, row);
    return undefined;
  }
  section.kinds[kindOf(packet.what)]++;
  const named = name !== undefined && { interface: name };
  const flow: Flow = { packet, ...named, count: 0, lines: [], text: row.text };
  section.flows.set(key, flow);
  return flow;
}

export function hasRoom<P>({ kinds }: Section<P>, what: Packet['what']): boolean {
  return kinds[kindOf(what)] < MOST_FLOWS;
}

function kindOf(what: Packet['what']): keyof Section['kinds'] {
  if (what === 'ipv4' || what === 'ipv6') return 'ip';
  return what === 'dhcp-request' || what === 'dhcp-reply' ? 'dhcp' : 'other';
}

export function leaveOut<P>({ left }: Section<P>, row: Row): void {
  left.first ??= row;
  left.count++;
}

/** One more of a flow; true while evidence of it is kept. */
export function addToFlow(flow: Flow, length: number | undefined, time: number | undefined): boolean {
  flow.count++;
  if (length !== undefined) flow.maxLength = Math.max(flow.maxLength ?? 0, length);
  flow.times = withTime(flow.times, time);
  return flow.count <= SHOWN;
}

/** Counts a packet; `row` as evidence of the capture as a whole. */
export function begin<P>(section: Section<P>, { vlan, time }: Packet, row: Row): void {
  section.times = withTime(section.times, time);
  section.packets++;
  section.firstPacket ??= row;
  if (vlan !== undefined) section.firstFrame ??= row;
}

export function withTime(times: Times | undefined, time: number | undefined): Times | undefined {
  if (time === undefined) return times;
  if (!times) return { firstAt: time, lastAt: time };
  if (time < times.firstAt) times.firstAt = time;
  if (time > times.lastAt) times.lastAt = time;
  return times;
}

/** Our own mark on frames of a pcapng file that has several interfaces. */
export function onIn(text: string): string | undefined {
  return / \[on ([\w.@:-]{1,40})\]$/.exec(text)?.[1];
}

/** What its TCP segment, or a router's complaint, tells beyond the flow. */
function addMeaning(section: Section, rows: readonly Row[]): void {
  const text = rows.map((row) => row.text.trim()).join(' ');
  const row = { text, at: rows.flatMap(({ at }) => at) as unknown as Row['at'] };
  // Seen once on each interface that it passes: that is not being sent again.
  const segment = ANY.test(text) || onIn(text) !== undefined ? undefined : segmentIn(text);
  if (segment) addSegment(section.streams, segment, row);
  const tooBig = tooBigIn(text);
  if (tooBig && !section.tooBig.has(tooBig.from) && section.tooBig.size < MOST_ROUTERS)
    section.tooBig.set(tooBig.from, { mtu: tooBig.mtu, row });
}

function keyOf(
  name = '',
  { from = '', to = '', vlan, what, dhcp, asksFor, tells, isAt, checksum }: Packet,
): string {
  const asked = [what, dhcp, asksFor, tells, isAt].filter((word) => word !== undefined).join(' ');
  return `${name}|${from}>${to}|${vlan ?? ''}|${asked}|${checksum ?? ''}`;
}

/** Says what the run showed. */
export function endSection(section: Section, notes: Notes): void {
  saySection(section, notes, (row) => row);
}

export function saySection<P>(section: Section<P>, notes: Notes, rowOf: (packet: P) => Row): void {
  const { firstPacket, firstFrame, headerRow, captured, dropped, left } = section;
  const id = section.interface ?? '';
  const say = (says: object, row: Row | undefined) => row && notes.say('packetCapture', id, says, row);
  if (section.interface !== undefined) say({ interface: section.interface }, headerRow ?? firstPacket);
  // Whether tags show is a matter of -e; a frame that shows its addresses shows its tag.
  if (firstPacket) say({ showsTags: firstFrame !== undefined }, firstFrame ?? firstPacket);
  if (section.times) say(section.times, firstPacket);
  if (captured) say({ captured: captured.value }, captured.row);
  if (dropped) say({ dropped: dropped.value }, dropped.row);
  if (left.first) say({ leftOut: left.count }, left.first);
  for (const [key, flow] of section.flows) {
    const [first, ...more] = flow.lines;
    if (!first) continue;
    const { from, to, vlan, what, dhcp, asksFor, tells, isAt, checksum } = flow.packet;
    const says = { interface: flow.interface, from, to, vlan, what, dhcp, asksFor, tells, isAt };
    const counted = { count: flow.count, maxLength: flow.maxLength, checksum, ...flow.times };
    notes.say('traffic', key, { ...says, ...counted }, { text: flow.text, at: [first, ...more] });
  }
  endStreams(section.streams, section.interface, notes, rowOf);
  for (const [from, { mtu, row }] of section.tooBig) notes.say('tooBig', from, { mtu }, row);
  if (!left.first) return;
  const says = `${left.count} packets of more than ${MOST_FLOWS} different flows were only counted: filter the capture (tcpdump ... ether host MAC).`;
  notes.problem('note', says, [left.first]);
}
