import type { Line, Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import type { Segment } from './tcp-segment.ts';

/** Beyond these, segments of new connections are passed over, and so are new segments of a long one. */
export const MOST_STREAMS = 200;
const MOST_SEGMENTS = 5000;
/** Lines that are kept as evidence. */
const SHOWN = 4;
/** Where nobody told the MSS: what a jumbo frame holds, so that one is not taken for a large segment. */
const UNTOLD_MSS = 8960;

/** As often a segment that nobody could cut is sent again before its pieces pass. */
const MOST_RESENDS = 3;

/** `P`: what leads back to a packet as evidence, a row or the number of a frame. */
type Sent<P> = { start: number; length: number; times: number; first: P | undefined; more?: P[] };
export type Stream<P = Row> = {
  /** Counted all, the first ones kept. */
  opened: number;
  opens: P[];
  isAnswered: boolean;
  /** What this side takes at most. */
  mss?: number;
  sent: Map<number, Sent<P>>;
  first: P;
};

/** The directions of the TCP connections in one packet capture. */
export type Streams<P = Row> = Map<string, Stream<P>>;

export function addSegment(streams: Streams, segment: Segment, row: Row): void {
  const stream = streamOf(streams, segment.from, segment.to, row);
  if (stream) addToStream(streams, stream, segment, row);
  else markAnswered(streams, segment);
}

/** Also where there is no room for the answering direction itself. */
export function markAnswered<P>(streams: Streams<P>, { from, to, isSyn, isAck, isReset }: Segment): void {
  if (!isReset && !(isSyn && isAck)) return;
  const other = streams.get(keyOf(to, from));
  if (other) other.isAnswered = true;
}

export function addToStream<P>(streams: Streams<P>, stream: Stream<P>, segment: Segment, row: P): void {
  const { isSyn, isAck, mss, start, length } = segment;
  if (isSyn && !isAck && ++stream.opened <= SHOWN) stream.opens.push(row);
  markAnswered(streams, segment);
  if (mss !== undefined) stream.mss = mss;
  if (start !== undefined && length > 0) addSent(stream, start, length, row);
}

/** Data from `start` on; what begins there again is sent again. */
export function addSent<P>({ sent: all }: Stream<P>, start: number, length: number, row: P): void {
  const known = all.get(start);
  if (!known && all.size >= MOST_SEGMENTS) return;
  if (!known) {
    all.set(start, { start, length, times: 1, first: row });
    return;
  }
  known.length = Math.max(known.length, length);
  known.times++;
  if (known.times <= SHOWN) known.more = [...(known.more ?? []), row];
}

export function streamOf<P>(streams: Streams<P>, from: string, to: string, row: P): Stream<P> | undefined {
  const key = keyOf(from, to);
  const known = streams.get(key);
  if (known || streams.size >= MOST_STREAMS) return known;
  const stream: Stream<P> = { opened: 0, opens: [], isAnswered: false, sent: new Map(), first: row };
  streams.set(key, stream);
  return stream;
}

function keyOf(from: string, to: string): string {
  return `${from} > ${to}`;
}

/** Says of each direction whether it was answered, what it had to send again, and what became of large segments. */
export function endStreams<P>(
  streams: Streams<P>,
  name: string | undefined,
  notes: Notes,
  rowOf: (packet: P) => Row,
): void {
  for (const [key, stream] of streams) {
    const [from = '', to = ''] = key.split(' > ');
    const limit = streams.get(keyOf(to, from))?.mss ?? stream.mss ?? UNTOLD_MSS;
    const sent = [...stream.sent.values()];
    const large = sent.filter(({ length }) => length > limit);
    const again = large.filter((one) => isSentAgain(one, sent));
    const none: Sent<P> = { start: 0, length: 0, times: 1, first: undefined };
    const most = sent.reduce((a, b) => (b.times > a.times ? b : a), none);
    const says = {
      interface: name,
      ...(stream.opened > 0 && { opens: stream.opened, answered: stream.isAnswered }),
      mss: stream.mss,
      ...(sent.length > 0 && { repeats: most.times - 1 }),
      ...(most.times > 1 && { repeatedLength: most.length }),
      ...(large.length > 0 && { largeSent: large.length, largeResent: again.length }),
    };
    const telling = again[0] ?? (most.times > 1 ? most : large[0]);
    const rows = telling ? rowsOf(telling) : stream.opens;
    notes.say(
      'stream',
      name === undefined ? key : `${key} on ${name}`,
      says,
      together((rows.length > 0 ? rows : [stream.first]).map(rowOf)),
    );
  }
}

function rowsOf<P>({ first, more = [] }: Sent<P>): P[] {
  return first === undefined ? more : [first, ...more];
}

/** Sent again a few times and then got over: on a line that is dead, one segment is sent again and again, and nothing follows. */
function isSentAgain<P>({ start, times }: Sent<P>, sent: readonly Sent<P>[]): boolean {
  return times > 1 && times <= MOST_RESENDS && sent.some((other) => other.start > start);
}

function together(rows: readonly Row[]): Row {
  const lines = rows.slice(0, SHOWN).flatMap(({ at }) => at);
  const [first, ...more] = lines as [Line, ...Line[]];
  return { text: rows[0]?.text ?? '', at: [first, ...more] };
}
