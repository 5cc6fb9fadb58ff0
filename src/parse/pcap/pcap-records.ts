import { type ByteFeed, uint16, uint32 } from './byte-feed.ts';
import { type CapturedOn, type Ending, type Frame, LONGEST_FRAME, type TakeFrame } from './frame.ts';

/** Behind the magic: version, snapshot length, link type; then each frame behind its time and its two lengths. */
export function walkPcap(
  feed: ByteFeed,
  { isSwapped, isNano }: { isSwapped: boolean; isNano: boolean },
  take: TakeFrame,
): Ending {
  if (!feed.take(20)) return { frames: 0, on: [], as: 'cut' };
  const { data: head, from: start } = feed;
  const version = uint16(head, start, isSwapped);
  // The upper bits tell of a frame check sequence.
  const link = uint32(head, start + 16, isSwapped) & 0xffff;
  const on: CapturedOn = { link, snapshot: uint32(head, start + 12, isSwapped) };
  const frame: Frame = { number: 0, data: head, from: 0, to: 0, wireLength: 0, time: 0, on: 0 };
  const ended = (as: Ending['as'], why?: string): Ending => ({
    frames: frame.number,
    on: [on],
    as,
    ...(why !== undefined && { why }),
  });
  if (version !== 2) return ended('foreign', `its version is ${version}, and only 2 is known`);
  while (feed.take(16)) {
    const { data, from } = feed;
    const seconds = uint32(data, from, isSwapped);
    const fraction = uint32(data, from + 4, isSwapped);
    const captured = uint32(data, from + 8, isSwapped);
    const length = uint32(data, from + 12, isSwapped);
    if (captured > LONGEST_FRAME) return ended('damaged', `claims to have ${captured} octets`);
    if (!feed.take(captured)) return ended('cut');
    frame.number++;
    frame.data = feed.data;
    frame.from = feed.from;
    frame.to = feed.from + captured;
    frame.wireLength = Math.max(length, captured);
    frame.time = seconds * 1e6 + (isNano ? Math.trunc(fraction / 1000) : fraction);
    if (take(frame, on)) return ended('stopped');
  }
  return ended(feed.isAtEnd() ? 'whole' : 'cut');
}
