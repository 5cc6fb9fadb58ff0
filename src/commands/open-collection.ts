import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { createBundle } from '../machine/bundle.ts';
import { collect } from '../machine/collect.ts';
import type { Watch } from '../machine/run-section.ts';
import type { Section } from '../model/bundle.ts';
import type { Side } from '../model/capture.ts';
import type { Collected } from '../model/collected.ts';
import {
  type CollectionChoices,
  type CollectionOf,
  type CollectionPlan,
  type CollectionTold,
  leftOutLine,
  type OpenCollection,
  type RunOptions,
} from '../model/collection.ts';
import type { Knowledge } from '../model/rule.ts';
import { type Ends, lookCloser, openEnds } from './collect-ends.ts';
import { OPTIONS } from './collect-listing.ts';
import { caseOf, planEnds } from './collect-plan.ts';
import { tapChoices } from './collect-taps.ts';

export type Opening = {
  /** Read while the machines are looked at. */
  readonly knowledge: Knowledge | Promise<Knowledge>;
  /** Stops whatever goes on; what was collected is kept. */
  readonly stop: AbortSignal;
  readonly tell: CollectionTold;
};

/**
 * Reaches the machines and looks at them; then plans, then runs. For `collect` and for the terminal app alike.
 * Throws InputError when a machine cannot be reached.
 */
export async function openCollection(
  of: CollectionOf,
  { knowledge, stop, tell }: Opening,
): Promise<OpenCollection> {
  // Each command that runs listens for it.
  setMaxListeners(0, stop);
  const watch = watching(stop, tell);
  const machines = await openEnds(of, watch);
  let looked: Ends = machines;
  let seen: string | undefined;
  let vm: CollectionChoices['vm'];
  return {
    machines,
    async plan(choices) {
      const at = `${choices.vm} ${choices.monitor}`;
      if (seen !== at) looked = await Promise.all(machines.map((end) => lookCloser(end, choices, watch)));
      seen = at;
      vm = choices.vm;
      return planEnds(looked, await knowledge, choices);
    },
    taps: () => tapChoices(caseOf(looked, vm)),
    run: (plan, options) => runPlan(plan, looked, options, watch),
    close: async () => void (await Promise.all(machines.map((end) => end.close()))),
  };
}

/** Numbers the commands as they start, and tells of each. */
function watching(stop: AbortSignal, tell: CollectionTold): Watch {
  let number = 0;
  return {
    stop,
    begin(job, started) {
      number++;
      const step = { number, ...job, started };
      tell({ kind: 'started', step });
      return ({ outcome, seconds, text }) =>
        tell({
          kind: 'ended',
          step,
          outcome,
          milliseconds: Math.round(seconds * 1000),
          bytes: Buffer.byteLength(text),
        });
    },
  };
}

async function runPlan(
  plan: CollectionPlan,
  ends: Ends,
  { output, interval }: RunOptions,
  watch: Watch,
): Promise<Collected> {
  const bundle = createBundle(output ?? freeName(), {
    madeBy: `vio-doctor ${typeof VERSION === 'undefined' ? 'dev' : VERSION} collect`,
    taken: now(),
    isRedacted: false,
    notRun: plan.leftOut.map((one) => leftOutLine({ ...one, probes: [one.probe] }, OPTIONS)),
  });
  let outputs = 0;
  let failed = 0;
  const lost = new Set<Side>();
  let refusal: unknown;
  const full = new AbortController();
  const stop = AbortSignal.any([watch.stop, full.signal]);
  setMaxListeners(0, stop);
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
  await collect({
    probes: plan.probes,
    machines: Object.fromEntries(ends.map(({ machine, reach }) => [machine, reach])),
    interval,
    watch: { ...watch, stop },
    onEnd: (section) => {
      outputs++;
      if (section.outcome !== 'exit 0') failed++;
      if (section.outcome === 'lost') lost.add(section.machine);
      add(section);
    },
  });
  if (refusal !== undefined) {
    bundle.abandon();
    throw refusal;
  }
  const isStopped = watch.stop.aborted;
  return {
    path: isStopped ? bundle.abandon() : bundle.finish(),
    outputs,
    failed,
    isStopped,
    lost: ends.filter(({ machine }) => lost.has(machine)).map(({ where }) => where),
  };
}

declare const VERSION: string | undefined;

function now(): string {
  return new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `vio-doctor-20261127-0003.txt` in a folder, or the next free one. */
export function freeName(folder = ''): string {
  const base = `${folder && `${folder}/`}vio-doctor-${now().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? `${base}.txt` : `${base}-${count}.txt`;
    if (!existsSync(name)) return name;
  }
}
