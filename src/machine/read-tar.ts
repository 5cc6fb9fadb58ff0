import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Extract, Headers } from 'tar-stream';
import type { Capture } from '../model/capture.ts';
import { isArchiveName, isForeign, sideByName } from './file-names.ts';
import { InputError } from './input-error.ts';
import { isReportPath, reportFile } from './report-files.ts';
import { type Bytes, drain, readUntilCut } from './until-cut.ts';

/** Bounds: entries; what is kept of one file as it is (of a larger one the lines that tell of the network); and of all. */
const MOST_ENTRIES = 150_000;
const MOST_OF_A_FILE = 4 * 1024 ** 2;
export const MOST_KEPT = 64 * 1024 ** 2;
const MOST_FILES = 2000;

/** What a tar holds. Nothing of it is written, and no link is followed. */
export type Contents = {
  /** Another tool's report: then only its own files count. */
  isReport: boolean;
  readonly ofReport: Map<string, Capture>;
  readonly others: Map<string, Capture>;
  readonly links: string[];
  readonly archives: string[];
  readonly twice: string[];
  isCut: boolean;
  isFull: boolean;
};

/** Reads a tar as it comes. Throws InputError where it leads out of itself or holds too much. */
export async function readTar(path: string, head: Buffer, bytes: Bytes): Promise<Contents> {
  const contents: Contents = {
    isReport: false,
    ofReport: new Map(),
    others: new Map(),
    links: [],
    archives: [],
    twice: [],
    isCut: false,
    isFull: false,
  };
  const { extract } = await import('./tar.ts');
  const tar = extract();
  const last = { bytes: head };
  const feeding = pipeline(Readable.from(all(head, bytes, last)), tar).catch((error: unknown) => error);
  try {
    let entries = 0;
    let kept = 0;
    for await (const { header, ...entry } of withHeaders(tar)) {
      if (++entries > MOST_ENTRIES)
        throw new InputError(`${path}: holds more than ${MOST_ENTRIES} files: not read.`);
      refuseOutside(path, header.name);
      kept += await readEntry(header, entry.bytes, contents, kept);
      if (contents.isCut) return contents;
    }
    // A whole tar ends with blocks of zeros.
    contents.isCut = !last.bytes.subarray(-512).every((byte) => byte === 0);
  } catch (error) {
    if (error instanceof InputError) throw error;
    contents.isCut = true;
  } finally {
    tar.destroy();
    await feeding;
  }
  return contents;
}

async function* withHeaders(tar: Extract): AsyncGenerator<{ header: Headers; bytes: Bytes }> {
  for await (const entry of tar)
    yield { header: entry.header, bytes: entry[Symbol.asyncIterator]() as Bytes };
}

async function* all(head: Buffer, rest: Bytes, last: { bytes: Buffer }): AsyncGenerator<Buffer> {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    const { value } = next;
    last.bytes = value.length >= 512 ? value : Buffer.concat([last.bytes.subarray(-512), value]);
    yield value;
  }
}

function refuseOutside(path: string, name: string): void {
  if (!/^\/|(?:^|\/)\.\.(?:\/|$)/.test(name)) return;
  const shown = JSON.stringify(name.slice(0, 80));
  throw new InputError(`${path}: holds a path that leads out of it (${shown}): not read.`);
}

/** Returns how much of it was kept. */
async function readEntry(
  { name, type }: Headers,
  bytes: Bytes,
  contents: Contents,
  kept: number,
): Promise<number> {
  if (!contents.isReport && isReportPath(name)) {
    contents.isReport = true;
    contents.others.clear();
  }
  const file = reportFile(name);
  const isOther = !contents.isReport && !isForeign(name) && contents.others.size < MOST_FILES;
  const isWanted = file !== undefined || isOther;
  const isFile = type === 'file' || type === 'contiguous-file';
  if (isWanted && !isFile && type !== 'directory') contents.links.push(name);
  if (isFile && isArchiveName(name)) contents.archives.push(name);
  if (isFile && isWanted && kept > MOST_KEPT) contents.isFull = true;
  if (!isFile || !isWanted || kept > MOST_KEPT) {
    await drain(bytes);
    return 0;
  }
  const { log, isCut } = await readUntilCut(bytes, { most: MOST_OF_A_FILE, isOneOfMany: true });
  contents.isCut = isCut;
  const about = file ?? { name: name.replace(/^(?:\.\/)+/, ''), side: sideByName(name) };
  const captures = file ? contents.ofReport : contents.others;
  const isTaken = captures.has(about.name);
  // Names that are no UTF-8 look alike: those are two files.
  const isOddName = isTaken && about.name.includes('\ufffd');
  const own = isOddName ? `${about.name} (${captures.size + 1})` : about.name;
  if (isTaken && !isOddName) contents.twice.push(own);
  captures.set(own, { ...about, name: own, origin: 'file', ...log });
  return log.text.length + (log.bytes ? [...log.bytes].reduce((sum, { length }) => sum + length, 0) : 0);
}
