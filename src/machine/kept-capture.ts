import type { Capture, Pieces } from '../model/capture.ts';
import { reopened } from './packet-file.ts';

/** A capture as a text for a file; packets that were in memory as base64, those of a file as its path. */
export function captureToText(capture: Capture): string {
  const { bytes } = capture;
  if (!bytes || bytes.path !== undefined) return JSON.stringify(capture);
  return JSON.stringify({
    ...capture,
    bytes: [...bytes].map((piece) => Buffer.from(piece).toString('base64')),
  });
}

/** Undefined: the text is no capture, or the file of its packets is gone. */
export function captureFromText(text: string): Capture | undefined {
  try {
    const given: unknown = JSON.parse(text);
    return isCapture(given) ? reopened(withBytes(given)) : undefined;
  } catch {
    return undefined;
  }
}

function withBytes(capture: Capture): Capture {
  const bytes: unknown = capture.bytes;
  if (!Array.isArray(bytes)) return capture;
  const pieces: Pieces = bytes.map((piece) => new Uint8Array(Buffer.from(String(piece), 'base64')));
  return { ...capture, bytes: pieces };
}

const SIDES = ['guest', 'host', 'peer', 'unknown'];

function isCapture(given: unknown): given is Capture {
  if (typeof given !== 'object' || given === null) return false;
  const { name, side, origin, text } = given as Partial<Record<keyof Capture, unknown>>;
  return (
    typeof name === 'string' &&
    typeof text === 'string' &&
    typeof origin === 'string' &&
    SIDES.includes(String(side))
  );
}
