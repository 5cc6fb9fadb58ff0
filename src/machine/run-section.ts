import type { Outcome, Section } from '../model/bundle.ts';
import type { Side } from '../model/capture.ts';
import type { Through } from '../model/collection.ts';
import type { Reach } from './reach.ts';
import type { Ran, RunLimits } from './runner.ts';

/** One command to run, and where. */
export type Job = {
  readonly machine: Side;
  readonly probe: string;
  readonly argv: readonly string[];
  /** `argv` is a line for QEMU's monitor; how it gets there. */
  readonly through?: Through;
  /** What it may change or load; it was allowed. */
  readonly disturbs?: string;
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
  reach: Reach,
  job: Job,
  limits: JobLimits,
  { stop, begin }: Watch,
): Promise<Section> {
  const taken = new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
  const end = begin(job, taken);
  const ran = await start(reach, job, { seconds: limits.seconds, bytes: limits.kilobytes * 1024, stop });
  const { through, disturbs: _, ...named } = job;
  const section = {
    ...named,
    ...(through && { through: through.argv }),
    taken,
    outcome: outcomeOf(ran, limits),
    seconds: ran.seconds,
  };
  const whole = { ...section, ...(await contentOf(ran.output)) };
  end(whole);
  return whole;
}

function start(reach: Reach, { argv, through }: Job, limits: RunLimits): Promise<Ran> {
  if (through === undefined) return reach.run(argv, limits);
  const line = argv.join(' ');
  if (through.by === 'argument') return reach.run([...through.argv, line], limits);
  if (through.by === 'typing') return reach.run(through.argv, { ...limits, input: `${line}\n` });
  return reach.monitor(through.argv[0] ?? '')(argv, limits);
}

function outcomeOf({ outcome }: Ran, { listens }: JobLimits): Outcome {
  return listens && outcome === 'timed-out' ? 'exit 0' : outcome;
}

/** A text as it is; anything with a NUL byte as base64, with its sum. */
async function contentOf(output: Uint8Array): Promise<Pick<Section, 'text' | 'isBinary' | 'sha256'>> {
  const bytes = Buffer.from(output);
  if (!bytes.includes(0)) return { text: bytes.toString('utf8') };
  const { createHash } = await import('node:crypto');
  const text = bytes.toString('base64').replace(/.{76}/g, '$&\n');
  return { text, isBinary: true, sha256: createHash('sha256').update(bytes).digest('hex') };
}
