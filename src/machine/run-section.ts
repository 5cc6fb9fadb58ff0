import { createHash } from 'node:crypto';
import type { Outcome, Section } from '../model/bundle.ts';
import type { Side } from '../model/capture.ts';
import type { Ran, Runner } from './runner.ts';

/** One command to run, and where. */
export type Job = {
  readonly machine: Side;
  readonly probe: string;
  readonly argv: readonly string[];
  /** The command that takes `argv` as a typed line: `qm monitor 107`. */
  readonly through?: readonly string[];
};

export type JobLimits = {
  readonly seconds: number;
  readonly kilobytes: number;
  /** Being stopped after its time is its ordinary end. */
  readonly listens?: boolean;
};

/** Who stops the jobs, and who is told of them: called when a job starts, and what it returns when that job has ended. */
export type Watch = {
  readonly stop: AbortSignal;
  readonly begin: (job: Job, started: string) => (section: Section) => void;
};

/** Runs one job and keeps what came of it, whatever that was. */
export async function runSection(
  run: Runner,
  job: Job,
  limits: JobLimits,
  { stop, begin }: Watch,
): Promise<Section> {
  const taken = new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
  const end = begin(job, taken);
  const ran = await run(job.through ?? job.argv, {
    ...(job.through && { input: `${job.argv.join(' ')}\n` }),
    seconds: limits.seconds,
    bytes: limits.kilobytes * 1024,
    stop,
  });
  const section = { ...job, taken, outcome: outcomeOf(ran, limits), seconds: ran.seconds };
  const whole = { ...section, ...contentOf(ran.output) };
  end(whole);
  return whole;
}

function outcomeOf({ outcome }: Ran, { listens }: JobLimits): Outcome {
  return listens && outcome === 'timed-out' ? 'exit 0' : outcome;
}

/** A text as it is; anything with a NUL byte as base64, with its sum. */
function contentOf(output: Uint8Array): Pick<Section, 'text' | 'isBinary' | 'sha256'> {
  const bytes = Buffer.from(output);
  if (!bytes.includes(0)) return { text: bytes.toString('utf8') };
  const text = bytes.toString('base64').replace(/.{76}/g, '$&\n');
  return { text, isBinary: true, sha256: createHash('sha256').update(bytes).digest('hex') };
}
