import { setTimeout as wait } from 'node:timers/promises';
import type { Section } from '../model/bundle.ts';
import type { Side } from '../model/capture.ts';
import type { PlannedProbe } from '../model/collection.ts';
import { inLanes } from './lanes.ts';
import type { Reach } from './reach.ts';
import { runSection, type Watch } from './run-section.ts';

export type Collecting = {
  readonly probes: readonly PlannedProbe[];
  readonly machines: Readonly<Partial<Record<Side, Reach>>>;
  /** Seconds between the two readings of what is read twice. */
  readonly interval: number;
  readonly watch: Watch;
  readonly onEnd: (section: Section) => void;
};

/**
 * Runs a collection: everything once; then what listens, while the interval passes; then the second readings.
 * Machines go at the same time. Stopped by the signal, what did not run is told as stopped.
 */
export async function collect(collecting: Collecting): Promise<void> {
  const machines = [...new Set(collecting.probes.map(({ machine }) => machine))];
  const on = (probes: readonly PlannedProbe[]) =>
    Promise.all(
      machines.map((machine) =>
        inGroups(
          probes.filter((probe) => probe.machine === machine),
          collecting,
        ),
      ),
    );
  const once = collecting.probes.filter(({ listens }) => !listens);
  const listening = collecting.probes.filter(({ listens }) => listens);
  const again = once.filter(({ twice }) => twice);
  await on(once);
  await Promise.all([
    ...listening.map((probe) => runOne(probe, collecting)),
    again.length > 0 ? pause(collecting) : undefined,
  ]);
  await on(again);
}

async function pause({ interval, watch }: Collecting): Promise<void> {
  await wait(interval * 1000, undefined, { signal: watch.stop }).catch(() => undefined);
}

/** A probe that must be alone waits for those before it, and those after it wait for it. */
async function inGroups(probes: readonly PlannedProbe[], collecting: Collecting): Promise<void> {
  let group: PlannedProbe[] = [];
  for (const probe of probes) {
    if (!probe.alone) {
      group.push(probe);
      continue;
    }
    await sideBySide(group, collecting);
    await runOne(probe, collecting);
    group = [];
  }
  await sideBySide(group, collecting);
}

async function sideBySide(probes: readonly PlannedProbe[], collecting: Collecting): Promise<void> {
  const lanes = collecting.machines[probes[0]?.machine ?? 'unknown']?.lanes ?? 1;
  const chains = chainsOf(probes).map((chain) => async () => {
    for (const probe of chain) await runOne(probe, collecting);
  });
  await inLanes(lanes, chains);
}

/** A monitor serves one client at a time; everything else is a chain of one. */
function chainsOf(probes: readonly PlannedProbe[]): PlannedProbe[][] {
  const chains = new Map<string, PlannedProbe[]>();
  for (const [index, probe] of probes.entries()) {
    const key = probe.through?.argv.join(' ') ?? String(index);
    chains.set(key, [...(chains.get(key) ?? []), probe]);
  }
  return [...chains.values()];
}

async function runOne(probe: PlannedProbe, collecting: Collecting): Promise<void> {
  const { machines, watch, onEnd } = collecting;
  const reach = machines[probe.machine];
  if (!reach) return;
  const { machine, probe: id, argv, through, disturbs, ...limits } = probe;
  const job = { machine, probe: id, argv, ...(through && { through }), ...(disturbs && { disturbs }) };
  if (watch.stop.aborted) {
    const taken = new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
    onEnd({
      machine,
      probe: id,
      argv,
      ...(through && { through: through.argv }),
      taken,
      outcome: 'stopped',
      seconds: 0,
      text: '',
    });
    return;
  }
  onEnd(await runSection(reach, job, limits, watch));
}
