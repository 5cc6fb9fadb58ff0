import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { Capture, Side } from '../model/capture.ts';
import { packingOf, readArchive } from './archive.ts';
import { InputError, reason } from './input-error.ts';
import { BINARY, readLargeLog, readStream } from './large-log.ts';
import { isReportFolder, reportFile } from './report-files.ts';

/** Larger texts are read as a log: only lines that name a network thing are kept, with their numbers. */
const LARGE = 8 * 1024 * 1024;
const MOST_FILES = 2000;
const MOST_BYTES = 256 * 1024 * 1024;

/** Reads files and folders (recursively); `-` is standard input. Throws InputError. */
export async function readCaptures(paths: readonly string[]): Promise<Capture[]> {
  const captures: Capture[] = [];
  const loose: string[] = [];
  for (const path of paths) {
    const packing = path === '-' || !look(path).isFile() ? undefined : packingOf(path);
    const report = packing ? await readArchive(path, packing) : reportFilesAt(path);
    if (report) captures.push(...report);
    else loose.push(path);
  }
  const found = loose.flatMap((path) => filesAt(path));
  const names = shortNames(found.map(({ path, name }) => ({ path, name })));
  let bytes = 0;
  for (const [index, { path, size }] of found.entries()) {
    bytes += size < LARGE ? size : 0;
    if (bytes > MOST_BYTES)
      throw new InputError(`${path}: more than ${MOST_BYTES >> 20} MB of small files; name fewer files.`);
    captures.push(await readOne(path, names[index] ?? path, size));
  }
  return captures;
}

type Found = { path: string; name: string; size: number };

function filesAt(path: string): Found[] {
  if (path === '-') return [{ path, name: 'stdin', size: 0 }];
  const stats = look(path);
  if (!stats.isDirectory()) return [{ path, name: basename(path), size: stats.size }];
  const entries = readFolder(path);
  const files = entries
    .filter((entry) => entry.isFile() && !isForeign(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  if (files.length === 0) throw new InputError(`${path}: the folder holds no files.`);
  if (files.length > MOST_FILES)
    throw new InputError(`${path}: more than ${MOST_FILES} files; name a smaller folder.`);
  return files
    .sort()
    .map((file) => ({ path: file, name: relative(path, file).split(sep).join('/'), size: look(file).size }));
}

/** A case's own description and packet captures are not texts to be read. */
function isForeign(name: string): boolean {
  return (
    name === 'case.yaml' || name === 'origin.yaml' || /\.(?:pcap|pcapng|gz|xz|zip|png|jpe?g|core)$/.test(name)
  );
}

function look(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw new InputError(`${path}: ${reason(error)}`);
  }
}

function readFolder(path: string) {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw new InputError(`${path}: ${reason(error)}`);
  }
}

/** The file name where that is unique in the run, else the path as given. */
function shortNames(files: readonly { path: string; name: string }[]): string[] {
  const count = new Map<string, number>();
  for (const { name } of files) count.set(name, (count.get(name) ?? 0) + 1);
  return files.map(({ path, name }) => (count.get(name) === 1 ? name : path));
}

/** An unpacked sosreport: only what tells of the network, each with the command it is the output of. */
function reportFilesAt(path: string): Capture[] | undefined {
  if (path === '-' || !look(path).isDirectory() || !isReportFolder(readdirSync(path))) return undefined;
  const files = readFolder(path).filter((entry) => entry.isFile());
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file) => {
      const about = reportFile(relative(path, file).split(sep).join('/'));
      return about && look(file).size < LARGE
        ? [{ ...about, origin: 'file' as const, ...asText(readFileSync(file)) }]
        : [];
    });
}

async function readOne(path: string, name: string, size: number): Promise<Capture> {
  const head = { name, side: sideByName(path), origin: 'file' as const };
  try {
    if (path === '-')
      return { ...head, side: 'unknown', origin: 'pasted', ...(await readStream(process.stdin, LARGE)) };
    if (size >= LARGE) return { ...head, ...readLargeLog(path) };
    return { ...head, ...asText(readFileSync(path)) };
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(`${path}: ${reason(error)}`);
  }
}

/** Bytes that are no text are told, not guessed at. */
function asText(bytes: Buffer): Pick<Capture, 'text' | 'failure'> {
  if (bytes.subarray(0, 8192).includes(0)) return { text: '', failure: whatItIs(bytes) };
  return { text: bytes.toString('utf8') };
}

/** First bytes of pcap (both byte orders, micro- and nanoseconds) and pcapng files. */
const PACKET_CAPTURE = /^(?:d4c3b2a1|a1b2c3d4|4d3cb2a1|a1b23c4d|0a0d0d0a)/;

function whatItIs(bytes: Buffer): string {
  if (!PACKET_CAPTURE.test(bytes.subarray(0, 4).toString('hex'))) return BINARY;
  return 'this is a packet capture; print it with `tcpdump -e -n -vv -r FILE` and give that text.';
}

/** The folder it lies in (`host/qm-config.txt`), or the beginning of its name (`guest-dmesg.txt`). */
function sideByName(path: string): Side {
  const match = /(?:^|\/)(guest|host|peer)\/[^/]*$|(?:^|\/)(guest|host|peer)[-_.][^/]*$/.exec(
    path.split(sep).join('/'),
  );
  return (match?.[1] ?? match?.[2] ?? 'unknown') as Side;
}
