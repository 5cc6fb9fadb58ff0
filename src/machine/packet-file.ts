import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Capture } from '../model/capture.ts';

const PIECE = 1 << 20;
/** First bytes of pcap (both byte orders, micro- and nanoseconds, and Kuznetzov's) and of pcapng. */
const MAGIC = /^(?:d4c3b2a1|a1b2c3d4|4d3cb2a1|a1b23c4d|34cdb2a1|a1b2cd34|0a0d0d0a)/;

export function beginsPackets(head: Buffer): boolean {
  return MAGIC.test(head.toString('hex', 0, 4));
}

export function holdsPackets(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(4);
    return readSync(file, head, 0, head.length, 0) === head.length && beginsPackets(head);
  } finally {
    closeSync(file);
  }
}

/** The file piece by piece, anew at each walk, so that its size does not matter; where it cannot be read on, it ends. */
export function packetFile(path: string): Pick<Capture, 'text' | 'bytes'> {
  return { text: '', bytes: { path, size: statSync(path).size, [Symbol.iterator]: () => piecesOf(path) } };
}

/** What came from another thread lost what walks through it. */
export function reopened(capture: Capture): Capture {
  const path = capture.bytes?.path;
  const isLost = path !== undefined && !(Symbol.iterator in (capture.bytes as object));
  return isLost ? { ...capture, ...packetFile(path) } : capture;
}

function* piecesOf(path: string): Generator<Uint8Array> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return;
  }
  try {
    const buffer = Buffer.allocUnsafeSlow(PIECE);
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
      yield buffer.subarray(0, read);
  } catch {
    // The reader of frames tells that the rest is missing.
  } finally {
    closeSync(file);
  }
}
