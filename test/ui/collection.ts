import type { Outcome } from '../../src/model/bundle.ts';
import type {
  CollectedMachine,
  CollectionChoices,
  CollectionPlan,
  CollectionStep,
  OpenCollection,
  PlannedProbe,
} from '../../src/model/collection.ts';
import type { Survey } from '../../src/model/survey.ts';
import type { CollectionWatch } from '../../src/ui/world.ts';

export const LAPTOP: Survey = {
  os: 'linux',
  isRoot: false,
  isGuest: false,
  hypervisors: [],
  vms: [],
  modules: [],
  hasOpenVswitch: false,
  sections: [],
};
export const GUEST: Survey = { ...LAPTOP, os: 'openbsd', release: '7.8', isRoot: true, isGuest: true };
export const HOST: Survey = {
  ...LAPTOP,
  release: '6.8.12-4-pve',
  hypervisors: ['proxmox'],
  vms: [
    { id: '101', name: 'old', isRunning: false },
    { id: '107', name: 'fw', isRunning: true },
  ],
};

export function machine(survey: Survey, where = 'this machine'): CollectedMachine {
  return { machine: survey.vms.length > 0 ? 'host' : 'guest', where, survey };
}

export function probe(name: string, other: Partial<PlannedProbe> = {}): PlannedProbe {
  return {
    machine: 'guest',
    probe: `openbsd/${name}`,
    argv: [name],
    tells: `what ${name} tells`,
    needsRoot: false,
    twice: false,
    seconds: 10,
    kilobytes: 64,
    listens: false,
    alone: false,
    ...other,
  };
}

/** A collection whose commands end when the test says so. */
export type Puppet = OpenCollection & {
  readonly started: readonly string[];
  readonly asked: readonly CollectionChoices[];
  end(name: string, outcome?: Outcome): void;
};

export function puppet(
  machines: readonly CollectedMachine[],
  plan: CollectionPlan,
  { stop, tell }: CollectionWatch,
): Puppet {
  const started: string[] = [];
  const asked: CollectionChoices[] = [];
  const ends = new Map<string, (outcome: Outcome) => void>();
  let number = 0;
  const runOne = async ({ machine, probe: id, argv }: PlannedProbe) => {
    number++;
    started.push(argv.join(' '));
    const step: CollectionStep = { number, machine, probe: id, argv, started: '2026-11-27T02:13:05Z' };
    tell({ kind: 'started', step });
    const outcome = await new Promise<Outcome>((resolve) => {
      ends.set(argv.join(' '), resolve);
      stop.addEventListener('abort', () => resolve('stopped'));
    });
    tell({ kind: 'ended', step, outcome, milliseconds: 300, bytes: 1200 });
    return outcome;
  };
  return {
    started,
    asked,
    machines,
    async plan(choices) {
      asked.push(choices);
      return plan;
    },
    taps: () => [],
    async run({ probes }) {
      const outcomes = await Promise.all(probes.map(runOne));
      const failed = outcomes.filter((outcome) => outcome !== 'exit 0').length;
      return { path: '/tmp/ok.txt', outputs: outcomes.length, failed, isStopped: stop.aborted };
    },
    close: async () => undefined,
    end: (name, outcome = 'exit 0') => ends.get(name)?.(outcome),
  };
}
