import type { Capture } from '../model/capture.ts';
import { InputError } from './input-error.ts';
import { BINARY, isBinary, readStream } from './large-log.ts';
import { beginsPackets } from './packet-file.ts';

export type Bytes = AsyncIterator<Buffer>;

type Log = Pick<Capture, 'text' | 'bytes' | 'numbers' | 'passedOver' | 'failure'>;

/** As much as tells what it is; an error behind it is kept for later. */
export async function beginningOf(bytes: Bytes): Promise<{ head: Buffer; error?: unknown }> {
  let head: Buffer = Buffer.alloc(0);
  try {
    while (head.length < 512) {
      const next = await bytes.next();
      if (next.done) break;
      head = Buffer.concat([head, next.value]);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    return { head, error };
  }
  return { head };
}

/**
 * A text as it comes, in bounded memory; what comes before an error is kept. `head` was read already, `error` came behind it.
 * An InputError is none of a cut file, and is thrown. Of what is no text nothing more is read but to leave it behind (`isOneOfMany`).
 */
export async function readUntilCut(
  bytes: Bytes,
  { most, head, error, isOneOfMany }: { most: number; head?: Buffer; error?: unknown; isOneOfMany?: true },
): Promise<{ log: Log; isCut: boolean }> {
  let isCut = error !== undefined;
  async function* parts(): AsyncGenerator<Buffer> {
    if (head) yield head;
    if (isCut) return;
    try {
      for (let next = await bytes.next(); !next.done; next = await bytes.next()) yield next.value;
    } catch (cut) {
      if (cut instanceof InputError) throw cut;
      isCut = true;
    }
  }
  const rest = parts();
  const first = await rest.next();
  if (first.done) return { log: { text: '' }, isCut };
  if (isBinary(first.value) && !beginsPackets(first.value)) {
    if (isOneOfMany) await drain(rest);
    return { log: { text: '', failure: BINARY }, isCut };
  }
  async function* whole(): AsyncGenerator<Buffer> {
    yield first.value;
    yield* rest;
  }
  return { log: await readStream(whole(), most), isCut };
}

export async function drain(bytes: Bytes): Promise<void> {
  while (!(await bytes.next()).done);
}
