import { basename } from 'node:path';
import type { Capture } from '../model/capture.ts';
import type { Problem } from '../model/problem.ts';
import { sideByName, someOf, withoutPacking } from './file-names.ts';
import { InputError, reason } from './input-error.ts';
import { isTar, type Packing, unpacked } from './packing.ts';
import { type Contents, MOST_KEPT, readTar } from './read-tar.ts';
import { beginningOf, readUntilCut } from './until-cut.ts';

const MOST_OF_A_TEXT = 8 * 1024 ** 2;

/**
 * Reads an archive without unpacking it to disk: of a known report only the files that tell of the network, of any other
 * all its texts; a text that is packed alone as that text. What comes before a cut is used, and the cut is told. Throws
 * InputError for an archive that leads out of itself, or holds more than it should ever hold.
 */
export async function readArchive(path: string, packing: Packing): Promise<Capture[]> {
  const bytes = unpacked(path, packing);
  try {
    const { head, error } = await beginningOf(bytes);
    if (head.length === 0) throw error ?? new Error('it is empty');
    if (isTar(head)) return capturesOf(path, await readTar(path, head, bytes));
    const { log, isCut } = await readUntilCut(bytes, { most: MOST_OF_A_TEXT, head, error });
    const about = { name: withoutPacking(basename(path)), side: sideByName(path), origin: 'file' as const };
    return [{ ...about, ...log, problems: isCut ? [cutShort(path)] : [] }];
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(`${path}: ${brokenAs(error)}`);
  } finally {
    await bytes.return(undefined);
  }
}

/** In the order of their names; what is to be known of the archive stands with the first. */
function capturesOf(path: string, contents: Contents): Capture[] {
  const { isReport, ofReport, others } = contents;
  const captures = isReport
    ? [...ofReport.values()].map((capture) => ({ ...capture, partOf: path }))
    : [...others.values(), ...ofReport.values()];
  const [first, ...rest] = captures.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (!first) throw new InputError(`${path}: ${emptyAs(contents)}`);
  return [{ ...first, problems: problemsOf(basename(path), contents) }, ...rest];
}

function emptyAs({ archives, isCut }: Contents): string {
  if (archives.length > 0) return `holds archives (${someOf(archives)}): unpack it and name those.`;
  return isCut
    ? 'is no whole archive, and holds nothing before its cut.'
    : 'this archive holds no output that is known here.';
}

function problemsOf(name: string, { isReport, isCut, isFull, links, twice, archives }: Contents): Problem[] {
  const notes: [boolean, string][] = [
    [links.length > 0, `links and devices in it were not followed: ${someOf(links)}.`],
    [twice.length > 0, `of files that it holds twice, the later one was read: ${someOf(twice)}.`],
    [archives.length > 0 && !isReport, `archives in it were not opened: ${someOf(archives)}.`],
  ];
  const tooLarge = `${name}: only the first ${MOST_KEPT / 1024 ** 2} MB of its texts were read.`;
  return [
    ...(isCut ? [cutShort(name)] : []),
    ...(isFull ? [{ code: 'sample-too-large' as const, says: tooLarge, at: [] }] : []),
    ...notes.flatMap(([holds, says]) =>
      holds ? [{ code: 'note' as const, says: `${name}: ${says}`, at: [] }] : [],
    ),
  ];
}

function cutShort(path: string): Problem {
  const says = `${basename(path)} ends too early: what comes before was read, the rest is missing. Copy it again.`;
  return { code: 'sample-cut-short', says, at: [] };
}

function brokenAs(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code?.startsWith('E') ? reason(error) : `is no whole archive (${(error as Error).message}).`;
}
