import { createInterface } from 'node:readline/promises';
import { InputError } from '../machine/input-error.ts';
import { failureOf } from '../model/bundle.ts';
import { type Collected, lostLine } from '../model/collected.ts';
import {
  type CollectedMachine,
  type CollectionChoices,
  type CollectionEvent,
  type CollectionOf,
  type CollectionPlan,
  type CollectionStep,
  type CollectionTold,
  commandLine,
  countRuns,
  type OpenCollection,
  type RunOptions,
  tapLine,
} from '../model/collection.ts';
import { sanitizeLine } from '../report/sanitize.ts';
import { listing } from './collect-listing.ts';
import { loadKnowledge } from './knowledge.ts';
import { openCollection } from './open-collection.ts';

export type CollectOptions = CollectionOf &
  CollectionChoices &
  RunOptions & {
    readonly yes?: boolean;
    readonly list?: boolean;
  };

/** Collects here or over ssh into one bundle. Returns the exit code: 0 written, 2 stopped on the way, 66 nothing could be read. */
export async function collectCommand(options: CollectOptions): Promise<number> {
  const stop = stopOnInterrupt();
  const progress = showProgress();
  // A VM is named on its host only.
  const as = options.as ?? (options.vm === undefined ? undefined : 'host');
  if (options.guest !== undefined || options.host !== undefined)
    say(
      'over ssh, with its own configuration, keys and known hosts (BatchMode: it never asks for a password)',
    );
  let collection: OpenCollection | undefined;
  try {
    collection = await openCollection(
      { ...options, as },
      { knowledge: loadKnowledge(), stop: stop.signal, tell: progress.tell },
    );
    const plan = await collection.plan(await withTap(options, collection, stop.signal));
    if (stop.signal.aborted) return 2;
    for (const line of listing(plan, collection.machines)) say(line);
    if (options.list) return 0;
    if (plan.probes.length === 0) throw new InputError(nothingToRun(collection.machines));
    if (!(await agreed(options, plan, stop.signal))) return stop.signal.aborted ? 2 : 64;
    progress.expect(countRuns(plan));
    return closing(await collection.run(plan, options));
  } catch (error) {
    // Looks that were stopped tell nothing of the machine.
    if (stop.signal.aborted && collection === undefined) return 2;
    throw error;
  } finally {
    stop.release();
    await collection?.close();
  }
}

/** A line for each command as it ends; the first looks are told as they begin, for they may wait for a connection. */
function showProgress(): { tell: CollectionTold; expect(total: number): void } {
  let total = 0;
  let done = 0;
  return {
    expect(runs) {
      total = runs;
      say(`collecting: ${total} commands`);
    },
    tell(event) {
      if (total === 0) {
        if (event.kind === 'started') say(`looking: ${labelOf(event.step)}`);
        return;
      }
      if (event.kind === 'started') return;
      done++;
      say(`${String(done).padStart(String(total).length)}/${total} ${resultOf(event)}`);
    },
  };
}

/** Whatever happened: what was collected is there, and the person is told where and what is missing. */
function closing({ path, outputs, failed, isStopped, lost }: Collected): number {
  const missing =
    failed === 0 ? '' : `, ${failed} of them refused, missing or stopped (the bundle says which)`;
  say(
    `${isStopped ? 'stopped; what was collected is kept' : 'written'}: ${path} (${outputs} outputs${missing})`,
  );
  if (lost.length > 0) say(lostLine({ lost }));
  say(`next: vio-doctor diagnose ${path}`);
  return isStopped ? 2 : 0;
}

function say(line: string): void {
  console.error(line);
}

function labelOf(step: CollectionStep): string {
  return `${step.machine === 'unknown' ? 'this machine' : step.machine}: ${sanitizeLine(commandLine(step))}`;
}

function resultOf({ step, outcome, milliseconds }: Extract<CollectionEvent, { kind: 'ended' }>): string {
  const failure = failureOf(outcome);
  return `${labelOf(step)} (${(milliseconds / 1000).toFixed(1)} s${failure === undefined ? '' : `; ${failure}`})`;
}

function nothingToRun(machines: readonly CollectedMachine[]): string {
  const what = machines
    .map(({ machine, survey }) => `${machine}: ${survey.os ?? 'unknown system'}`)
    .join(', ');
  return `nothing to run here (${what}). On a host with VMs name one with --vm; elsewhere paste what you have into \`vio-doctor\`, or use \`vio-doctor script SYSTEM\`.`;
}

async function agreed(
  { yes }: CollectOptions,
  { probes }: CollectionPlan,
  stop: AbortSignal,
): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    say('not run: nobody was there to say yes; give --yes.');
    return false;
  }
  return /^y(?:es)?$/i.test(await ask(`Run these ${probes.length} commands? [y/N] `, stop));
}

/** Which tap to listen on, where there are several and somebody can be asked; else on all of them. */
async function withTap(
  options: CollectOptions,
  collection: OpenCollection,
  stop: AbortSignal,
): Promise<CollectOptions> {
  if (!options.tcpdump || options.tap !== undefined || options.yes || !process.stdin.isTTY) return options;
  await collection.plan(options);
  const taps = collection.taps();
  if (taps.length < 2) return options;
  for (const [index, tap] of taps.entries()) say(`  ${index + 1}  ${sanitizeLine(tapLine(tap))}`);
  // Without taps these are other interfaces of the host: nobody wants to listen to all of them.
  const rest = taps.some(({ nic }) => nic !== undefined) ? 'all' : 'none';
  const answer = await ask(`Listen on which tap? [1-${taps.length}, Enter: ${rest}] `, stop);
  const tap = taps[Number(answer) - 1]?.tap ?? taps.find((choice) => choice.tap === answer)?.tap;
  return tap === undefined ? options : { ...options, tap };
}

async function ask(question: string, stop: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // The terminal is in raw mode here: Ctrl-C is a key.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const answer = await lines.question(question, { signal: stop }).catch(() => '');
  lines.close();
  return answer.trim();
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
