import type { CollectedMachine, CollectionOf } from '../../model/collection.ts';

/**
 * How far a collection is: nothing named yet; waiting for the yes to connect; reaching the machines; waiting for the
 * choice of a VM; filling the commands; waiting for the yes to run them, or, on the way to it, for the choice of a tap or
 * the yes to what may disturb; running; being stopped; ended.
 */
export type Stage =
  | 'none'
  | 'ask-reach'
  | 'reaching'
  | 'ask-vm'
  | 'planning'
  | 'ask-run'
  | 'ask-tap'
  | 'ask-changes'
  | 'running'
  | 'stopping'
  | 'ended'
  | 'failed';

/** The question that Esc goes back to. */
export function questionBefore(stage: Stage, machines: readonly CollectedMachine[]): Stage | undefined {
  if (stage === 'ask-tap' || stage === 'ask-changes') return 'ask-run';
  return stage === 'ask-run' && machines.some(runsVms) ? 'ask-vm' : undefined;
}

/** Where its VMs could not be listed, one can be named. */
export function runsVms({ machine, survey }: CollectedMachine): boolean {
  return machine === 'host' && survey.hypervisors.length > 0;
}

export function isOverSsh({ guest, host }: CollectionOf): boolean {
  return guest !== undefined || host !== undefined;
}
