import { type ByteFeed, uint16, uint32 } from './byte-feed.ts';
import { type CapturedOn, type Ending, type Frame, LONGEST_FRAME, type TakeFrame } from './frame.ts';

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
/** Room for a frame, its lengths and its options; libpcap stops at 16 MB. */
const LONGEST_BLOCK = 16 * 1024 * 1024;
const MOST_INTERFACES = 1000;

type Known = CapturedOn & { readonly perSecond: number; readonly offset: number };
type Walk = {
  isSwapped: boolean;
  /** Of all sections, so that a frame's number tells its own. */
  readonly on: Known[];
  /** Where those of this section begin. */
  first: number;
};

/** The block type of the first section's head has been taken. */
export function walkPcapng(feed: ByteFeed, take: TakeFrame): Ending {
  const walk: Walk = { isSwapped: false, on: [], first: 0 };
  const frame: Frame = { number: 0, data: feed.data, from: 0, to: 0, wireLength: 0, time: 0, on: 0 };
  const ended = (as: Ending['as'], why?: string): Ending => ({
    frames: frame.number,
    on: walk.on,
    as,
    ...(why !== undefined && { why }),
  });
  for (let type = SECTION; ; type = uint32(feed.data, feed.from, walk.isSwapped)) {
    // A section's head reads the same in both byte orders; what follows tells which it is.
    if (type === SECTION) {
      if (!feed.take(8)) return ended('cut');
      const magic = uint32(feed.data, feed.from + 4);
      if (magic !== 0x1a2b3c4d && magic !== 0x4d3c2b1a)
        return ended('damaged', 'begins a section of no known byte order');
      walk.isSwapped = magic === 0x4d3c2b1a;
      walk.first = walk.on.length;
    } else if (!feed.take(4)) return ended('cut');
    const length = uint32(feed.data, feed.from, walk.isSwapped);
    const rest = length - (type === SECTION ? 16 : 12);
    if (rest < 0 || length % 4 !== 0 || length > LONGEST_BLOCK)
      return ended('damaged', `stands in a block that claims to have ${length} octets`);
    if (!feed.take(rest)) return ended('cut');
    if (type === INTERFACE && !addInterface(feed, rest, walk))
      return ended('damaged', 'stands behind an interface that is not told whole');
    if (type === ENHANCED_PACKET || type === SIMPLE_PACKET || type === OBSOLETE_PACKET) {
      const why = setFrame(frame, type, feed, rest, walk);
      if (why !== undefined) return ended('damaged', why);
      if (take(frame, walk.on[frame.on] as Known)) return ended('stopped');
    }
    // The length once more, behind the block.
    if (!feed.take(4)) return ended('cut');
    if (uint32(feed.data, feed.from, walk.isSwapped) !== length)
      return ended('damaged', 'follows a block whose two lengths differ');
    if (!feed.take(4)) return ended(feed.isAtEnd() ? 'whole' : 'cut');
  }
}

function addInterface({ data, from }: ByteFeed, rest: number, walk: Walk): boolean {
  if (rest < 8 || walk.on.length >= MOST_INTERFACES) return false;
  const { isSwapped } = walk;
  let name: string | undefined;
  let perSecond = 1e6;
  let offset = 0;
  for (const { code, at, length } of optionsIn(data, from + 8, from + rest, isSwapped)) {
    if (code === 2) name = textIn(data, at, length);
    const resolution = data[at] as number;
    if (code === 9 && length === 1)
      perSecond = resolution & 0x80 ? 2 ** Math.min(resolution & 0x7f, 63) : 10 ** Math.min(resolution, 18);
    if (code === 14 && length === 8) offset = uint32(data, isSwapped ? at : at + 4, isSwapped);
  }
  const link = uint16(data, from, isSwapped);
  const snapshot = uint32(data, from + 4, isSwapped);
  walk.on.push({ link, snapshot, perSecond, offset, ...(name !== undefined && { name }) });
  return true;
}

/** Undefined where the block holds a whole frame of a known interface; else what is wrong with it. */
function setFrame(
  frame: Frame,
  type: number,
  { data, from }: ByteFeed,
  rest: number,
  { isSwapped, on, first }: Walk,
): string | undefined {
  const isSimple = type === SIMPLE_PACKET;
  const head = isSimple ? 4 : 20;
  if (rest < head) return 'is shorter than its own head';
  const own = isSimple
    ? 0
    : type === OBSOLETE_PACKET
      ? uint16(data, from, isSwapped)
      : uint32(data, from, isSwapped);
  const place = on[first + own];
  if (!place) return 'is of an interface that the file does not tell of';
  const length = uint32(data, from + (isSimple ? 0 : 16), isSwapped);
  const cut = place.snapshot === 0 ? length : Math.min(length, place.snapshot);
  const captured = isSimple ? Math.min(cut, rest - head) : uint32(data, from + 12, isSwapped);
  if (captured > rest - head || captured > LONGEST_FRAME) return `claims to have ${captured} octets`;
  frame.number++;
  frame.data = data;
  frame.from = from + head;
  frame.to = frame.from + captured;
  frame.wireLength = Math.max(length, captured);
  frame.on = first + own;
  const ticks = isSimple
    ? 0
    : uint32(data, from + 4, isSwapped) * 2 ** 32 + uint32(data, from + 8, isSwapped);
  frame.time = Math.round((ticks / place.perSecond) * 1e6) + place.offset * 1e6;
  return undefined;
}

function* optionsIn(data: Uint8Array, from: number, end: number, isSwapped: boolean) {
  for (let at = from; at + 4 <= end; ) {
    const code = uint16(data, at, isSwapped);
    const length = uint16(data, at + 2, isSwapped);
    if (code === 0 || at + 4 + length > end) return;
    yield { code, at: at + 4, length };
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
}

/** ASCII alone: it is to be compared with names of interfaces. */
function textIn(data: Uint8Array, at: number, length: number): string | undefined {
  const text = String.fromCharCode(...data.subarray(at, at + Math.min(length, 64))).replace(/\0+$/, '');
  return /^[\w.@:-]{1,40}$/.test(text) ? text : undefined;
}
