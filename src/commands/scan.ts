import { doctor } from '../doctor.ts';
import { readCaptures } from '../machine/files.ts';
import { findInputs, type Input } from '../machine/find-inputs.ts';
import { InputError } from '../machine/input-error.ts';
import { readList } from '../machine/read-list.ts';
import type { Knowledge } from '../model/rule.ts';
import type { ScanLine } from '../model/scan.ts';
import { safeJson } from '../report/sanitize.ts';
import { scanLine, unreadableLine } from '../report/scan-line.ts';
import { scanTableFoot, scanTableHead, scanTableRow } from '../report/scan-table.ts';
import { loadKnowledge } from './knowledge.ts';

export type ScanOptions = {
  readonly format?: 'ndjson' | 'table';
  readonly eachFile?: boolean;
  readonly rules: readonly string[];
};

/**
 * Many bundles, one at a time: a line for each as soon as it is known. Returns the exit code: 0 all healthy, 1 a fault in
 * any, 2 none faulty but some not decided (or stopped on the way), 66 nothing could be read.
 */
export async function scanCommand(paths: readonly string[], options: ScanOptions): Promise<number> {
  const isTable = (options.format ?? (process.stdout.isTTY ? 'table' : 'ndjson')) === 'table';
  const knowledge = await loadKnowledge(options.rules);
  const counts = { fault: 0, healthy: 0, unclear: 0, unreadable: 0 };
  const stop = stopOnInterrupt();
  if (isTable) process.stdout.write(scanTableHead());
  for await (const input of inputsOf(paths, options, stop.signal)) {
    if (stop.signal.aborted) break;
    const line = await examine(input, knowledge);
    counts[line.verdict]++;
    await write(isTable ? scanTableRow(line) : `${safeJson(line)}\n`);
  }
  stop.release();
  if (isTable) process.stdout.write(scanTableFoot(counts));
  if (stop.signal.aborted)
    console.error('vio-doctor: stopped; what was printed is complete, the rest was not looked at.');
  return exitCode(counts, stop.signal.aborted);
}

function exitCode(
  { fault, healthy, unclear, unreadable }: Record<ScanLine['verdict'], number>,
  isStopped: boolean,
) {
  if (fault > 0) return 1;
  if (isStopped) return 2;
  if (healthy + unclear === 0) {
    if (unreadable === 0) throw new InputError('nothing to scan: no bundle, archive or text is there.');
    return 66;
  }
  return unclear + unreadable > 0 ? 2 : 0;
}

async function* inputsOf(
  paths: readonly string[],
  { eachFile = false }: ScanOptions,
  stop: AbortSignal,
): AsyncGenerator<Input> {
  for (const path of paths) {
    if (path !== '-') yield* findInputs(path, { eachFile });
    else yield* listed(stop);
  }
}

/** Each path of the list is one case, a folder too: as `diagnose PATH` would read it. */
async function* listed(stop: AbortSignal): AsyncGenerator<Input> {
  stop.addEventListener('abort', () => process.stdin.destroy(), { once: true });
  try {
    for await (const path of readList(process.stdin)) yield { name: path, paths: [path] };
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}

async function examine(input: Input, knowledge: Knowledge): Promise<ScanLine> {
  if ('error' in input) return unreadableLine(input.name, input.error);
  // A diagnosis keeps the processor to itself: between two, what is printed and Ctrl-C have their turn.
  await new Promise((resolve) => setImmediate(resolve));
  try {
    return scanLine(input.name, doctor(await readCaptures(input.paths), null, knowledge));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return unreadableLine(input.name, withoutName(error.message, input.name));
  }
}

/** The line has the path already. */
function withoutName(message: string, name: string): string {
  return message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message;
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** The first Ctrl-C ends after the bundle at hand; a second one at once. */
function stopOnInterrupt(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
