import type { Outcome } from '../../src/model/bundle.ts';
import type {
  CollectedMachine,
  CollectionChoices,
  CollectionPlan,
  CollectionStep,
  OpenCollection,
  PlannedProbe,
  TapChoice,
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

/** A host with so many VMs, all of which run. */
export function manyVms(count: number): Survey {
  const vms = Array.from({ length: count }, (_, index) => ({
    id: String(101 + index),
    name: `web${101 + index}`,
    isRunning: true,
  }));
  return { ...HOST, vms };
}

/** One of each kind. */
export const LEFT_OUT: CollectionPlan['leftOut'] = [
  {
    probe: 'linux-host/tcpdump-uplink',
    machine: 'host',
    why: 'it listens to packets, for 10 s',
    addedBy: 'listening',
  },
  {
    probe: 'qemu/announce-self',
    machine: 'host',
    why: 'sends five RARP frames, all within a second',
    addedBy: 'changes',
    would: [
      probe('announce-self', {
        machine: 'host',
        argv: ['announce_self'],
        through: { by: 'typing', argv: ['qm', 'monitor', '107'] },
        disturbs: 'sends five RARP frames, all within a second',
      }),
    ],
  },
  {
    probe: 'qemu/info-pci',
    machine: 'host',
    why: 'the monitor of its QEMU was not found',
    addedBy: 'monitor',
  },
  { probe: 'linux-host/neighbours', machine: 'host', why: 'only a person can fill it in' },
];

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
  taps: readonly TapChoice[] = [],
): Puppet {
  const started: string[] = [];
  const asked: CollectionChoices[] = [];
  const ends = new Map<string, (outcome: Outcome) => void>();
  let number = 0;
  const runOne = async ({ machine, probe: id, argv, through, disturbs }: PlannedProbe) => {
    number++;
    started.push(argv.join(' '));
    const step: CollectionStep = {
      ...{ number, machine, probe: id, argv, started: '2026-11-27T02:13:05Z' },
      ...(through && { through }),
      ...(disturbs && { disturbs }),
    };
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
    taps: () => taps,
    async run({ probes }) {
      const outcomes = await Promise.all(probes.map(runOne));
      const failed = outcomes.filter((outcome) => outcome !== 'exit 0').length;
      return {
        path: '/tmp/ok.txt',
        outputs: outcomes.length,
        failed,
        isStopped: stop.aborted,
        lost: outcomes.includes('lost') ? [machines[0]?.where ?? ''] : [],
      };
    },
    close: async () => undefined,
    end: (name, outcome = 'exit 0') => ends.get(name)?.(outcome),
  };
}
