import { createReadStream } from 'node:fs';
import type { Capture } from '../model/capture.ts';

/**
 * Stands in every line of a log that could matter here; the parsers decide later. Few first letters, because that is
 * what the speed of one pass depends on.
 */
const NETWORK = /v(?:i(?:rtio|o\d|oif)|tnet\d|mbr\d)|OpenBSD \d|NETDEV W|no carrier/g;
export const BINARY = 'this is a binary file, not text; give the printed output.';
const MOST_LINES = 50_000;
const LONGEST = 4096;
const NEWLINE = 10;

type Kept = { text: string[]; numbers: number[] };

/**
 * Reads a text of any size in bounded memory. Up to `whole` bytes it is kept as it is; beyond that only the lines
 * that name a network thing are, with their numbers, and the rest is counted.
 */
export async function readLargeLog(
  source: string | NodeJS.ReadableStream,
  whole: number,
): Promise<Pick<Capture, 'text' | 'numbers' | 'passedOver' | 'failure'>> {
  const stream = typeof source === 'string' ? createReadStream(source, { highWaterMark: 1 << 20 }) : source;
  const kept: Kept = { text: [], numbers: [] };
  const start: Buffer[] = [];
  let size = 0;
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of stream) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : (part as Buffer);
    if (size === 0 && bytes.subarray(0, 8192).includes(0)) {
      return { text: '', failure: BINARY };
    }
    size += bytes.length;
    if (size <= whole) {
      start.push(bytes);
      continue;
    }
    const chunk =
      start.length > 0 || rest.length > 0 ? Buffer.concat([...start.splice(0), rest, bytes]) : bytes;
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    line = scan(chunk.subarray(0, end), line, kept);
    rest = boundedRest(chunk.subarray(end));
  }
  if (size <= whole) return { text: Buffer.concat(start).toString('utf8') };
  if (rest.length > 0) line = scan(rest, line, kept);
  return { text: kept.text.join('\n'), numbers: kept.numbers, passedOver: line - 1 - kept.numbers.length };
}

/** A line without end is cut: its beginning is all that can be matched. */
function boundedRest(rest: Buffer): Buffer {
  return Buffer.from(rest.length > 4 << 20 ? rest.subarray(0, LONGEST) : rest);
}

/** One pass of one expression over the chunk; line numbers are counted only up to each hit. Returns the next line's number. */
function scan(chunk: Buffer, firstLine: number, kept: Kept): number {
  if (chunk.length === 0) return firstLine;
  const text = chunk.toString('latin1');
  let line = firstLine;
  let counted = 0;
  NETWORK.lastIndex = 0;
  for (let hit = NETWORK.exec(text); hit; hit = NETWORK.exec(text)) {
    const from = text.lastIndexOf('\n', hit.index) + 1;
    const newline = text.indexOf('\n', hit.index);
    const to = newline < 0 ? text.length : newline;
    line += countLines(chunk, counted, from);
    counted = from;
    keep(kept, chunk.subarray(from, Math.min(to, from + LONGEST)).toString('utf8'), line);
    NETWORK.lastIndex = to + 1;
  }
  return line + countLines(chunk, counted, chunk.length) + (chunk.at(-1) === NEWLINE ? 0 : 1);
}

/** Where too many lines speak of network things, the newest are kept: what happened last is what hurts. */
function keep(kept: Kept, text: string, number: number): void {
  if (kept.numbers.length >= MOST_LINES) {
    kept.text.splice(0, MOST_LINES / 2);
    kept.numbers.splice(0, MOST_LINES / 2);
  }
  kept.text.push(text);
  kept.numbers.push(number);
}

function countLines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0 && at < to; at = bytes.indexOf(NEWLINE, at + 1))
    count++;
  return count;
}
