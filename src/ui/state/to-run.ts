import { isWhole } from '../../model/collected.ts';
import type { CollectionPlan, PlannedProbe } from '../../model/collection.ts';
import type { Collecting } from './collecting.ts';
import { keyOf } from './key-of.ts';

/** The commands that will run: what is ticked. */
export function ticked({ plan, unticked }: Collecting): CollectionPlan {
  const probes = plan?.probes.filter((probe) => !unticked.includes(keyOf(probe))) ?? [];
  return { probes, leftOut: plan?.leftOut ?? [] };
}

/** What of the last run did not come to its end: the rest, when it is carried on. */
export function unfinished(state: Collecting): CollectionPlan {
  const plan = ticked(state);
  const ends = new Map<string, number>();
  for (const one of ranNow(state)) {
    if (one.outcome === undefined || one.outcome === 'stopped' || one.outcome === 'lost') continue;
    ends.set(keyOf(one), (ends.get(keyOf(one)) ?? 0) + 1);
  }
  const wanted = ({ twice, listens }: PlannedProbe) => (twice && !listens ? 2 : 1);
  return { ...plan, probes: plan.probes.filter((probe) => (ends.get(keyOf(probe)) ?? 0) < wanted(probe)) };
}

/** Whether it can be carried on. */
export function hasRest(state: Collecting): boolean {
  return state.collected !== null && !isWhole(state.collected) && unfinished(state).probes.length > 0;
}

/** What the last run has started of its plan; first looks are not counted. */
export function ranNow({ log, from }: Collecting) {
  return log.slice(Math.max(0, from)).filter(({ probe }) => !probe.startsWith('survey/'));
}
