import { createReadStream, readFileSync, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import { isatty } from 'node:tty';
import type { Capture } from '../model/capture.ts';
import type { Problem } from '../model/problem.ts';
import { readArchive } from './archive.ts';
import { isForeign, isPacked, shortNames, sideByName, someOf } from './file-names.ts';
import { filesBelow, pathInside, reportFolder } from './folder.ts';
import { InputError, reason } from './input-error.ts';
import { BINARY, isBinary, readLargeLog, readStream } from './large-log.ts';
import { holdsPackets, packetFile } from './packet-file.ts';
import { packingOf } from './packing.ts';
import { reportFile } from './report-files.ts';

/** Larger texts are read as a log: only lines that name a network thing are kept, with their numbers. */
const LARGE = 8 * 1024 * 1024;
const MOST_FILES = 2000;
const MOST_OF_REPORT = 300_000;
const MOST_BYTES = 256 * 1024 * 1024;

/** Reads files, archives and folders (recursively); `-` is standard input. Throws InputError. */
export async function readCaptures(paths: readonly string[]): Promise<Capture[]> {
  const reports: { path: string; captures: Capture[] }[] = [];
  const loose: string[] = [];
  for (const path of paths) {
    const captures = await reportAt(path);
    if (captures) reports.push({ path, captures });
    else loose.push(path);
  }
  return [...namedApart(reports), ...(await readLoose(loose))];
}

/** An archive, or another tool's report unpacked. */
async function reportAt(path: string): Promise<Capture[] | undefined> {
  if (path === '-') return undefined;
  const stats = look(path);
  const packing = stats.isFile() ? guarded(path, () => packingOf(path)) : undefined;
  const captures = packing
    ? await readArchive(path, packing)
    : stats.isDirectory()
      ? reportIn(path)
      : undefined;
  const side = sideByName(path);
  return side === 'unknown' ? captures : captures?.map((capture) => ({ ...capture, side }));
}

/** Only what tells of the network, each with the command it is the output of. */
function reportIn(path: string): Capture[] | undefined {
  const folder = reportFolder(path);
  if (folder === undefined) return undefined;
  const captures = filesBelow(folder, MOST_OF_REPORT).files.flatMap((file) => {
    const about = reportFile(pathInside(folder, file));
    return about ? [{ ...about, origin: 'file' as const, partOf: folder, ...readFile(file) }] : [];
  });
  if (captures.length === 0) throw new InputError(`${path}: this report holds no output that is known here.`);
  return captures;
}

/** Two reports have files of the same names. */
function namedApart(reports: readonly { path: string; captures: Capture[] }[]): Capture[] {
  if (reports.length < 2) return reports.flatMap(({ captures }) => captures);
  const prefixes = shortNames(reports.map(({ path }) => ({ path, name: basename(path) })));
  return reports.flatMap(({ captures }, index) =>
    captures.map((capture) => ({ ...capture, name: `${prefixes[index]}/${capture.name}` })),
  );
}

type Found = { path: string; name: string; isGiven: boolean; problems?: readonly Problem[] };

async function readLoose(paths: readonly string[]): Promise<Capture[]> {
  const found = paths.flatMap((path) => filesAt(path));
  const names = shortNames(found);
  const captures: Capture[] = [];
  let bytes = 0;
  for (const [index, { path, isGiven, problems = [] }] of found.entries()) {
    const about = {
      name: names[index] ?? path,
      side: sideByName(path),
      origin: 'file' as const,
      ...(problems.length > 0 && { problems }),
    };
    const capture = { ...about, ...(isGiven ? await readGiven(path) : readFile(path)) };
    bytes += capture.text.length;
    if (bytes > MOST_BYTES)
      throw new InputError(`${path}: more than ${MOST_BYTES >> 20} MB of small files; name fewer files.`);
    captures.push(capture);
  }
  return captures;
}

function filesAt(path: string): Found[] {
  if (path === '-') return [{ path, name: 'stdin', isGiven: true }];
  if (!look(path).isDirectory()) return [{ path, name: basename(path), isGiven: true }];
  const { files, refused } = filesBelow(path, MOST_FILES);
  const texts = [...files.filter((file) => !isForeign(file)), ...refused.map((folder) => folder.path)];
  const archives = files.filter(isPacked);
  if (texts.length === 0 && archives.length > 0)
    throw new InputError(
      `${path}: holds archives (${someOf(archives.map((file) => basename(file)))}): name those.`,
    );
  if (texts.length === 0)
    throw new InputError(`${path}: the folder holds no files (links are not followed).`);
  const says = `${basename(path)}: packed files in it were not opened: ${someOf(archives.map((file) => pathInside(path, file)))}. Name them by themselves.`;
  const problems: Problem[] = archives.length > 0 ? [{ code: 'note', says, at: [] }] : [];
  return texts.map((file, index) => ({
    path: file,
    name: pathInside(path, file),
    isGiven: false,
    ...(index === 0 && { problems }),
  }));
}

type Content = Pick<Capture, 'text' | 'bytes' | 'numbers' | 'passedOver' | 'failure'>;

/** What the person named must be readable; a pipe (`<(ssh fw dmesg)`) is read to its end, a device has none. */
async function readGiven(path: string): Promise<Content & Partial<Pick<Capture, 'side' | 'origin'>>> {
  if (path === '-') return { side: 'unknown', origin: 'pasted', ...(await readStream(process.stdin, LARGE)) };
  const stats = look(path);
  if (stats.isBlockDevice() || (stats.isCharacterDevice() && !isTerminal(path)))
    throw new InputError(`${path}: is a device; give a file, or pipe its text into \`-\`.`);
  try {
    if (stats.isFile()) return contentOf(path, stats.size);
    return await readStream(createReadStream(path), LARGE);
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(`${path}: ${reason(error)}`);
  }
}

function isTerminal(path: string): boolean {
  return /^\/dev\/(?:stdin|fd\/0|tty)$/.test(path) && isatty(0);
}

/** One of many: what cannot be read says so, and the others are read. */
function readFile(path: string): Content {
  try {
    return contentOf(path, statSync(path).size);
  } catch (error) {
    return { text: '', failure: reason(error) };
  }
}

function contentOf(path: string, size: number): Content {
  if (holdsPackets(path)) return packetFile(path);
  return size >= LARGE ? readLargeLog(path) : asText(readFileSync(path));
}

function look(path: string): Stats {
  return guarded(path, () => statSync(path));
}

function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new InputError(`${path}: ${reason(error)}`);
  }
}

/** Bytes that are no text are told, not guessed at. */
function asText(bytes: Buffer): Content {
  return isBinary(bytes) ? { text: '', failure: BINARY } : { text: bytes.toString('utf8') };
}
