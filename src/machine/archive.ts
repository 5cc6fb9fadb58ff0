import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { execa } from 'execa';
import { extract } from 'tar-stream';
import type { Capture } from '../model/capture.ts';
import { InputError, reason } from './input-error.ts';
import { reportFile } from './report-files.ts';

/** Bounds: what is unpacked in all, what is kept of one file, and what is kept together. */
const MOST_UNPACKED = 4 * 1024 ** 3;
const MOST_OF_A_FILE = 4 * 1024 ** 2;
const MOST_KEPT = 64 * 1024 ** 2;

/** Whether a file is a tar archive, plain or packed, by its first bytes. */
export function packingOf(path: string): 'tar' | 'gz' | 'xz' | undefined {
  const head = Buffer.alloc(512);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  if (head.subarray(0, 6).toString('hex') === 'fd377a585a00') return 'xz';
  if (head.subarray(0, 2).toString('hex') === '1f8b') return 'gz';
  return head.subarray(257, 262).toString('latin1') === 'ustar' ? 'tar' : undefined;
}

/**
 * Reads a sosreport or insights archive without unpacking it to disk: only the files that tell of the network are kept.
 * A path that leads out of the archive, or more than it should ever hold, throws InputError.
 */
export async function readArchive(path: string, packing: 'tar' | 'gz' | 'xz'): Promise<Capture[]> {
  const captures: Capture[] = [];
  let unpacked = 0;
  let kept = 0;
  const tar = extract();
  tar.on('entry', (header, stream, next) => {
    const refuse = (says: string) => tar.destroy(new InputError(`${path}: ${says}`));
    if (/^\/|(?:^|\/)\.\.(?:\/|$)/.test(header.name)) {
      refuse(`holds a path that leads out of it (${JSON.stringify(header.name.slice(0, 80))}): not read.`);
      return;
    }
    const wanted = header.type === 'file' ? reportFile(header.name) : undefined;
    const parts: Buffer[] = [];
    let size = 0;
    stream.on('data', (part: Buffer) => {
      unpacked += part.length;
      if (unpacked > MOST_UNPACKED) refuse(`unpacks to more than ${MOST_UNPACKED / 1024 ** 3} GB: not read.`);
      if (!wanted || size > MOST_OF_A_FILE || kept > MOST_KEPT) return;
      parts.push(part);
      size += part.length;
      kept += part.length;
    });
    stream.on('end', () => {
      if (wanted) captures.push({ ...wanted, origin: 'file', text: textOf(parts) });
      next();
    });
  });
  try {
    await pipeline(await unpackedStream(path, packing), tar);
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(`${path}: ${brokenAs(error)}`);
  }
  if (captures.length === 0)
    throw new InputError(
      `${path}: this archive holds no output that is known here (sosreport, insights archive).`,
    );
  return captures.sort((a, b) => a.name.localeCompare(b.name));
}

async function unpackedStream(path: string, packing: 'tar' | 'gz' | 'xz'): Promise<NodeJS.ReadableStream> {
  if (packing === 'tar') return createReadStream(path);
  if (packing === 'gz') return createReadStream(path).pipe(createGunzip());
  // No unpacker for xz comes with Node; xz(1) is on every system that makes such archives.
  const child = execa('xz', ['-dc', '--', path], { stdin: 'ignore', buffer: false, reject: false });
  child.then(({ code }) => {
    if (code === 'ENOENT')
      child.stdout.destroy(
        new InputError(`${path}: xz(1) is not installed; unpack it first (tar -xf) and name the folder.`),
      );
  });
  return child.stdout;
}

function textOf(parts: readonly Buffer[]): string {
  const bytes = Buffer.concat(parts);
  return bytes.subarray(0, 8192).includes(0) ? '' : bytes.subarray(0, MOST_OF_A_FILE).toString('utf8');
}

function brokenAs(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code?.startsWith('E') ? reason(error) : `is no whole archive (${(error as Error).message}).`;
}
