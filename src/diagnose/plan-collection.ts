import { join } from '../case/join.ts';
import type { Case, Fact, Nic } from '../model/case.ts';
import type { CollectionPlan, LeftOut, PlannedProbe } from '../model/collection.ts';
import type { Probe } from '../model/rule.ts';
import type { Hypervisor, Survey } from '../model/survey.ts';
import { fillCommand } from './command.ts';
import { evaluate } from './condition.ts';
import { UNSEEN } from './diagnose.ts';

/** Which folders of rules/probes a host's hypervisor answers to. */
const OF_HOST: Readonly<Record<Hypervisor, readonly string[]>> = {
  proxmox: ['linux-host', 'proxmox', 'qemu'],
  libvirt: ['linux-host', 'libvirt'],
  qemu: ['linux-host'],
  vmd: ['openbsd-host'],
  bhyve: ['bhyve-host'],
};

export type PlanOf = {
  readonly machine: 'guest' | 'host';
  readonly survey: Survey;
  /** What was read so far: fills the blanks of the commands. */
  readonly kase: Case;
  /** Only NICs of this VM. */
  readonly vm?: string;
  readonly allowsChanges: boolean;
};

/** The commands to run on one machine: those of its system, once for each NIC that they name. */
export function planCollection(
  book: readonly Probe[],
  facts: ReadonlyMap<string, Fact>,
  of: PlanOf,
): CollectionPlan {
  const planned = new Map<string, PlannedProbe>();
  const leftOut = new Map<string, LeftOut>();
  const nics = of.kase.nics.length > 0 ? of.kase.nics : [UNSEEN];
  for (const probe of book.filter((candidate) => belongs(candidate, of))) {
    const leaveOut = (why: string) => leftOut.set(probe.id, { probe: probe.id, machine: of.machine, why });
    if (probe.disturbs !== undefined && !of.allowsChanges) {
      leaveOut(`${probe.disturbs}; --allow-system-changes runs it`);
      continue;
    }
    for (const nic of nics) {
      if (probe.when && evaluate(probe.when, { nic, kase: of.kase, facts }).value === 'no') continue;
      const argv = fill(probe, nic);
      if (!argv) leaveOut('it names a NIC or VM that was not found');
      else planned.set(argv.join('\0'), toPlanned(probe, argv, nic, of));
    }
  }
  const ran = new Set([...planned.values()].map(({ probe }) => probe));
  return {
    probes: [...planned.values()],
    leftOut: [...leftOut.values()].filter(({ probe }) => !ran.has(probe)),
  };
}

function belongs(probe: Probe, { machine, survey, vm }: PlanOf): boolean {
  if (probe.on !== machine) return false;
  if (machine === 'guest') return probe.os === survey.os;
  if (probe.system === 'qemu' && vm === undefined) return false;
  const systems = survey.hypervisors.flatMap((hypervisor) => OF_HOST[hypervisor]);
  return (systems.length > 0 ? systems : (BARE_HOST[survey.os ?? ''] ?? [])).includes(probe.system);
}

/** A host that was named as one, though nothing was found that runs VMs. */
const BARE_HOST: Readonly<Record<string, readonly string[]>> = {
  linux: ['linux-host'],
  openbsd: ['openbsd-host'],
  freebsd: ['bhyve-host'],
};

/** A blank that nothing fills, or a word that only a person can fill in (VMID), makes it unfit to run. */
function fill({ argv, otherwise }: Probe, nic: Nic): readonly string[] | undefined {
  for (const words of [argv, otherwise ?? argv]) {
    const filled = fillCommand(words, nic);
    if (filled.missing.length === 0 && !filled.words.some((word) => /^[A-Z]{2,}$/.test(word)))
      return filled.words;
  }
  return undefined;
}

function toPlanned(probe: Probe, argv: readonly string[], nic: Nic, of: PlanOf): PlannedProbe {
  const { id, tells, needsRoot, twice, seconds, kilobytes, listens, alone } = probe;
  const through = probe.system === 'qemu' && of.vm !== undefined ? ['qm', 'monitor', of.vm] : undefined;
  return {
    machine: of.machine,
    probe: id,
    argv,
    ...(through && { through }),
    tells: tells.replaceAll('{nic}', nic.name),
    needsRoot,
    twice,
    seconds,
    kilobytes,
    listens,
    alone,
  };
}

/** A case without anything in it. */
export function emptyCase(): Case {
  return join([], []);
}
