import { closeSync, openSync, readSync } from 'node:fs';
import type { Capture } from '../model/capture.ts';
import { beginsPackets } from './packet-file.ts';

/**
 * Stands in every line of a log that could matter here; the parsers decide later. One pass over the bytes decides how fast
 * a large log is read, and that depends on how rare the letters are that these words begin with: hence `x version` for
 * Linux, `BSD` for three systems, `vpanic` for what else would be `panic: `.
 */
const NETWORK = new RegExp(
  [
    // Names of NICs, their devices and drivers; vmd's log.
    /virtio|vio(?:if)?\d|vtnet\d|vmbr\d|vmd\[/,
    // First lines of a boot.
    /BSD \d|x version/,
    // What kernels say of NICs, whatever they are called.
    /NETDEV W|NIC Link|xpected TXQ|xpectedly|Unit Hang|Watchdog t|BPDU r|v6 dup|wn address as|w csum/,
    // Panics and hangs.
    /BUG[: ]|Oops: |Kernel p|Unable to h|INFO: (?:task|rcu)|Fatal trap|vpanic/,
    // DHCP clients.
    /VER on |UDP check/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

export const BINARY = 'this is a binary file, not text; give the printed output.';
const MOST_LINES = 50_000;
const LONGEST = 4096;
/** As much as V8 keeps in its space for young objects: a longer text costs memory until the next full collection. */
const CHUNK = 120 << 10;
/** A line without end is cut: its beginning is all that can be matched. */
const LONGEST_REST = 1 << 20;
const NEWLINE = 10;

type Log = Pick<Capture, 'text' | 'bytes' | 'numbers' | 'passedOver' | 'failure'>;
type Kept = { readonly text: string[]; readonly numbers: number[]; line: number };

/** Reads a log of any size in bounded memory: lines that name a network thing, with their numbers; the rest is counted. */
export function readLargeLog(path: string): Log {
  const file = openSync(path, 'r');
  try {
    const kept: Kept = { text: [], numbers: [], line: 1 };
    const buffer = Buffer.allocUnsafe(LONGEST_REST + CHUNK);
    // Each piece is read to the same, even place, which takes half the time; what the last one left stands in front of it.
    let from = LONGEST_REST;
    for (let isFirst = true; ; isFirst = false) {
      const to = LONGEST_REST + readSync(file, buffer, LONGEST_REST, CHUNK, null);
      if (isFirst && isBinary(buffer.subarray(LONGEST_REST, to))) return { text: '', failure: BINARY };
      if (to === LONGEST_REST) break;
      const end = scanWhole(buffer, from, to, kept);
      const rest = Math.min(to - end, LONGEST_REST);
      from = LONGEST_REST - rest;
      buffer.copyWithin(from, end, end + rest);
    }
    if (from < LONGEST_REST) scan(buffer.subarray(from, LONGEST_REST), kept);
    return logOf(kept);
  } finally {
    closeSync(file);
  }
}

/** Packets of a stream cannot be read again later; they are kept up to so many times of what is kept of a text. */
const MOST_PACKETS = 32;

/** The same for a stream: up to `whole` bytes of it are kept as they are. A packet capture is no log: it stays bytes. */
export async function readStream(stream: AsyncIterable<Buffer | string>, whole: number): Promise<Log> {
  const start: Buffer[] = [];
  const kept: Kept = { text: [], numbers: [], line: 1 };
  let size = 0;
  let isPackets = false;
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of stream) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : (part as Buffer);
    if (size < 4) isPackets = beginsPackets(Buffer.concat([...start, bytes]));
    if (size === 0 && !isPackets && isBinary(bytes)) return { text: '', failure: BINARY };
    size += bytes.length;
    if (isPackets && size > whole * MOST_PACKETS) {
      const failure = `only its first ${Math.floor((size - bytes.length) / 1024 ** 2)} MB were read, as it came packed or through a pipe: give it as a plain file.`;
      return { text: '', bytes: start, failure };
    }
    if (isPackets || size <= whole) {
      start.push(bytes);
      continue;
    }
    const chunk = Buffer.concat([...start.splice(0), rest, bytes]);
    const end = scanWhole(chunk, 0, chunk.length, kept);
    rest = chunk.subarray(end, end + LONGEST_REST);
  }
  if (isPackets) return { text: '', bytes: start };
  if (size <= whole) return { text: Buffer.concat(start).toString('utf8') };
  if (rest.length > 0) scan(rest, kept);
  return logOf(kept);
}

export function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 8192).includes(0);
}

function logOf({ text, numbers, line }: Kept): Log {
  return { text: text.join('\n'), numbers, passedOver: line - 1 - numbers.length };
}

/** Scans the whole lines between two places of a buffer. Returns where the last one, which has no end yet, begins. */
function scanWhole(buffer: Buffer, from: number, to: number, kept: Kept): number {
  const end = Math.max(buffer.lastIndexOf(NEWLINE, to - 1) + 1, from);
  scan(buffer.subarray(from, end), kept);
  return end;
}

/** One pass of one expression over the chunk; newlines are counted up to each hit. */
function scan(chunk: Buffer, kept: Kept): void {
  if (chunk.length === 0) return;
  const text = chunk.toString('latin1');
  let counted = 0;
  NETWORK.lastIndex = 0;
  for (let hit = NETWORK.exec(text); hit; hit = NETWORK.exec(text)) {
    const from = text.lastIndexOf('\n', hit.index) + 1;
    const newline = text.indexOf('\n', hit.index);
    const to = newline < 0 ? text.length : newline;
    kept.line += countLines(chunk, counted, from);
    counted = from;
    keep(kept, chunk.subarray(from, Math.min(to, from + LONGEST)).toString('utf8'));
    NETWORK.lastIndex = to + 1;
  }
  kept.line += countLines(chunk, counted, chunk.length) + (chunk.at(-1) === NEWLINE ? 0 : 1);
}

/** Where too many lines speak of network things, the newest are kept: what happened last is what hurts. */
function keep(kept: Kept, text: string): void {
  if (kept.numbers.length >= MOST_LINES) {
    kept.text.splice(0, MOST_LINES / 2);
    kept.numbers.splice(0, MOST_LINES / 2);
  }
  kept.text.push(text);
  kept.numbers.push(kept.line);
}

function countLines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0 && at < to; at = bytes.indexOf(NEWLINE, at + 1))
    count++;
  return count;
}
