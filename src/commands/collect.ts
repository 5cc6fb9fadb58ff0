import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { type BundleFile, createBundle } from '../machine/bundle.ts';
import { collect } from '../machine/collect.ts';
import { InputError } from '../machine/input-error.ts';
import { failureOf, type Section } from '../model/bundle.ts';
import type { CollectionPlan, PlannedProbe } from '../model/collection.ts';
import { sanitizeLine } from '../report/sanitize.ts';
import { type End, type Ends, openEnds } from './collect-ends.ts';
import { planEnds } from './collect-plan.ts';
import { loadKnowledge } from './knowledge.ts';

export type CollectOptions = {
  readonly guest?: string;
  readonly host?: string;
  readonly as?: 'guest' | 'host';
  readonly vm?: string;
  readonly output?: string;
  readonly yes?: boolean;
  readonly list?: boolean;
  readonly interval: number;
  readonly tcpdump?: boolean;
  readonly pcap?: boolean;
  readonly seconds: number;
  readonly packets: number;
  readonly ping?: boolean;
  readonly allowSystemChanges?: boolean;
};

/** Collects here or over ssh into one bundle. Returns the exit code: 0 written, 2 stopped on the way, 66 nothing could be read. */
export async function collectCommand(options: CollectOptions): Promise<number> {
  const stop = stopOnInterrupt();
  const ends = await openEnds(options, say, stop.signal);
  try {
    const knowledge = await loadKnowledge();
    const plan = planEnds(ends, knowledge, options);
    for (const line of listing(plan, ends)) console.error(line);
    if (options.list) return 0;
    if (plan.probes.length === 0) throw new InputError(nothingToRun(ends));
    if (!(await agreed(options, plan))) return 64;
    return await run(plan, ends, options, stop.signal);
  } finally {
    stop.release();
    await Promise.all(ends.map((end) => end.close()));
  }
}

async function run(
  plan: CollectionPlan,
  ends: Ends,
  options: CollectOptions,
  stop: AbortSignal,
): Promise<number> {
  const bundle = createBundle(options.output ?? freeName(), {
    madeBy: `vio-doctor ${typeof VERSION === 'undefined' ? 'dev' : VERSION} collect`,
    taken: now(),
    isRedacted: false,
    notRun: plan.leftOut.map(({ probe, why }) => `${probe}: ${why}`),
  });
  const total = plan.probes.length + plan.probes.filter(({ twice, listens }) => twice && !listens).length;
  let done = 0;
  let failed = 0;
  let refusal: unknown;
  const full = new AbortController();
  const add = (section: Section) => {
    if (refusal !== undefined) return;
    try {
      bundle.add(section);
    } catch (error) {
      refusal = error;
      full.abort();
    }
  };
  for (const section of ends.flatMap(({ survey }) => survey.sections)) add(section);
  say(`collecting: ${total} commands`);
  await collect({
    probes: plan.probes,
    runners: Object.fromEntries(ends.map(({ machine, run }) => [machine, run])),
    interval: options.interval,
    stop: AbortSignal.any([stop, full.signal]),
    onEnd: (probe, section) => {
      done++;
      if (section.outcome !== 'exit 0') failed++;
      add(section);
      say(`${String(done).padStart(String(total).length)}/${total} ${resultOf(probe, section)}`);
    },
  });
  return closing(bundle, { refusal, failed, done, isStopped: stop.aborted });
}

type Outcome = { refusal: unknown; failed: number; done: number; isStopped: boolean };

/** Whatever happened: what was collected is there, and the person is told where and what is missing. */
function closing(bundle: BundleFile, { refusal, failed, done, isStopped }: Outcome): number {
  if (refusal) {
    bundle.abandon();
    throw refusal;
  }
  const path = isStopped ? bundle.abandon() : bundle.finish();
  const missing =
    failed === 0 ? '' : `, ${failed} of them refused, missing or stopped (the bundle says which)`;
  say(
    `${isStopped ? 'stopped; what was collected is kept' : 'written'}: ${path} (${done} outputs${missing})`,
  );
  say(`next: vio-doctor diagnose ${path}`);
  return isStopped ? 2 : 0;
}

declare const VERSION: string | undefined;

function say(line: string): void {
  console.error(line);
}

function now(): string {
  return new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `vio-doctor-20261127-0003.txt`, or the next free one. */
function freeName(): string {
  const base = `vio-doctor-${now().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? `${base}.txt` : `${base}-${count}.txt`;
    if (!existsSync(name)) return name;
  }
}

function labelOf({ machine, argv }: PlannedProbe): string {
  return `${machine}: ${sanitizeLine(argv.join(' '))}`;
}

function resultOf(probe: PlannedProbe, { outcome, seconds }: Section): string {
  const failure = failureOf(outcome);
  return `${labelOf(probe)} (${seconds.toFixed(1)} s${failure === undefined ? '' : `; ${failure}`})`;
}

/** Every command before it runs, with what it tells; then what is left out and why. */
function listing({ probes, leftOut }: CollectionPlan, ends: Ends): string[] {
  const lines: string[] = [];
  for (const end of ends) {
    lines.push(`${end.machine}: ${describe(end)}`);
    for (const probe of probes.filter(({ machine }) => machine === end.machine)) {
      const marks = [probe.needsRoot && !end.survey.isRoot ? 'needs root' : '', probe.twice ? 'twice' : ''];
      const mark = marks.filter(Boolean).join(', ');
      lines.push(
        `  ${sanitizeLine([...(probe.through ? [...probe.through, '<'] : []), ...probe.argv].join(' '))}`,
      );
      lines.push(`      ${probe.tells}${mark && ` (${mark})`}`);
    }
  }
  for (const { probe, why } of leftOut) lines.push(`  not run: ${probe}: ${why}`);
  return [...lines, 'None of these changes anything.'];
}

function describe({ where, survey }: End): string {
  const { os, release, hypervisors, vms } = survey;
  const system = os === undefined ? 'a system not known here' : `${os}${release ? ` ${release}` : ''}`;
  const runs = hypervisors.length > 0 ? `, runs VMs (${hypervisors.join(', ')}: ${vms.length})` : '';
  return sanitizeLine(`${where}, ${system}${runs}`);
}

function nothingToRun(ends: Ends): string {
  const what = ends.map(({ machine, survey }) => `${machine}: ${survey.os ?? 'unknown system'}`).join(', ');
  return `nothing to run here (${what}). On a host with VMs name one with --vm; elsewhere paste what you have into \`vio-doctor\`, or use \`vio-doctor script SYSTEM\`.`;
}

async function agreed({ yes }: CollectOptions, { probes }: CollectionPlan): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    say('not run: nobody was there to say yes; give --yes.');
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`Run these ${probes.length} commands? [y/N] `).catch(() => '');
  lines.close();
  return /^y(?:es)?$/i.test(answer.trim());
}

/** The first Ctrl-C stops and keeps; the second one ends at once, as the system would. */
function stopOnInterrupt(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
    say('stopping; what was collected is kept (again to leave at once)');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);
  return {
    signal: controller.signal,
    release() {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, onSignal);
    },
  };
}
