import type { Case, Fact, Nic } from '../model/case.ts';
import type { CollectionPlan, LeftOut, PlannedProbe } from '../model/collection.ts';
import type { Probe } from '../model/rule.ts';
import type { Hypervisor, Survey } from '../model/survey.ts';
import { fillCommand } from './command.ts';
import { evaluate } from './condition.ts';
import { UNSEEN } from './diagnose.ts';
import { type MonitorWay, monitorWay } from './monitor-way.ts';

/** Which folders of rules/probes a host's hypervisor answers to. */
const OF_HOST: Readonly<Record<Hypervisor, readonly string[]>> = {
  proxmox: ['linux-host', 'proxmox', 'qemu'],
  libvirt: ['linux-host', 'libvirt', 'qemu'],
  qemu: ['linux-host', 'qemu'],
  vmd: ['openbsd-host'],
  bhyve: ['bhyve-host'],
};

export type PlanOf = {
  readonly machine: 'guest' | 'host';
  readonly survey: Survey;
  /** What was read so far: fills the blanks of the commands. */
  readonly kase: Case;
  /** On a host: the VMs it is about. */
  readonly vms: readonly string[];
  /** The unix socket of a QEMU's monitor. */
  readonly monitor?: string | undefined;
  readonly allowsChanges: boolean;
};

/** The commands to run on one machine: those of its system, once for each NIC or VM that they name. */
export function planCollection(
  book: readonly Probe[],
  facts: ReadonlyMap<string, Fact>,
  of: PlanOf,
): CollectionPlan {
  const planned = new Map<string, PlannedProbe>();
  const withheld = new Map<string, PlannedProbe>();
  const leftOut = new Map<string, LeftOut>();
  const nics = nicsOf(of);
  const candidates = book.filter((probe) => belongs(probe, of));
  const owned = new Set(candidates.map(({ argv }) => argv.join('\0')));
  for (const probe of candidates) {
    const leaveOut = (why: string, more: Pick<LeftOut, 'addedBy' | 'would'> = {}) =>
      leftOut.set(probe.id, { probe: probe.id, machine: of.machine, why, ...more });
    for (const nic of nics) {
      if (probe.when && evaluate(probe.when, { nic, kase: of.kase, facts }).value === 'no') continue;
      const way = probe.system === 'qemu' ? monitorWay(of.survey, vmOf(nic, of), of.monitor) : undefined;
      const disturbs = disturbanceBy(probe, way, of.survey);
      const through = way?.through.argv ?? [];
      const keyOf = (argv: readonly string[]) => [...through, ...argv].join('\0');
      const argv = fill(probe, nic, (words) => owned.has(words.join('\0')) || planned.has(keyOf(words)));
      if (probe.system === 'qemu' && !way)
        leaveOut('the monitor of its QEMU was not found', { addedBy: 'monitor' });
      else if (!argv && isForPerson(probe.argv)) leaveOut('only a person can fill it in');
      else if (!argv && lacksTap(probe, nic)) leaveOut('the tap of the VM was not found', { addedBy: 'tap' });
      else if (!argv) leaveOut(NOT_FOUND);
      else {
        const key = keyOf(argv);
        const isAllowed = disturbs === undefined || of.allowsChanges;
        const list = isAllowed ? planned : withheld;
        if (!list.has(key))
          list.set(key, {
            ...toPlanned(probe, argv, nic, of),
            ...(way && { through: way.through }),
            ...(disturbs !== undefined && { disturbs }),
          });
        if (isAllowed) continue;
        const would = [...withheld.values()].filter((one) => one.probe === probe.id);
        leaveOut(disturbs, { addedBy: 'changes', would });
      }
    }
  }
  const ran = new Set([...planned.values()].map(({ probe }) => probe));
  return {
    probes: [...planned.values()],
    leftOut: [...leftOut.values()].filter(({ probe }) => !ran.has(probe)),
  };
}

/** All NICs that were seen; a VM of which none was seen has its commands too. */
function nicsOf({ machine, kase, vms }: PlanOf): readonly Nic[] {
  const seen = new Set(kase.nics.map(({ host }) => host?.vm));
  const unseen = machine === 'host' ? vms.filter((vm) => !seen.has(vm)) : [];
  const nics = [...kase.nics, ...unseen.map((vm): Nic => ({ ...UNSEEN, host: { vm } }))];
  return nics.length > 0 ? nics : [UNSEEN];
}

function belongs(probe: Probe, { machine, survey }: PlanOf): boolean {
  if (probe.on !== machine) return false;
  if (machine === 'guest') return probe.os === survey.os;
  if (probe.system === 'openvswitch') return survey.hasOpenVswitch;
  const systems = survey.hypervisors.flatMap((hypervisor) => OF_HOST[hypervisor]);
  return (systems.length > 0 ? systems : (BARE_HOST[survey.os ?? ''] ?? [])).includes(probe.system);
}

/** A host that was named as one, though nothing was found that runs VMs. */
const BARE_HOST: Readonly<Record<string, readonly string[]>> = {
  linux: ['linux-host', 'qemu'],
  openbsd: ['openbsd-host'],
  freebsd: ['bhyve-host'],
};

/** The VM whose monitor tells of this NIC. */
function vmOf({ host }: Nic, { vms }: PlanOf): string | undefined {
  return host?.vm ?? (vms.length === 1 ? vms[0] : undefined);
}

/** What running it may change or load; undefined: nothing. */
function disturbanceBy(
  { disturbs, loads }: Probe,
  way: MonitorWay | undefined,
  { modules }: Survey,
): string | undefined {
  if (disturbs !== undefined || way?.disturbs !== undefined) return disturbs ?? way?.disturbs;
  if (loads === undefined || loads.some((name) => modules.includes(name))) return undefined;
  return `it would load a kernel module (${loads.join(' or ')}), which then stays until the machine is started anew`;
}

/**
 * The second choice is taken where nothing else runs that command: another probe has its own marks for it (OpenBSD's
 * ifconfig stands alone). What listens has none: that would listen to something else.
 */
function fill(
  { argv, otherwise, listens }: Probe,
  nic: Nic,
  isTaken: (argv: readonly string[]) => boolean,
): readonly string[] | undefined {
  const first = filled(argv, nic);
  if (first || listens || !otherwise || isTaken(otherwise)) return first;
  return filled(otherwise, nic);
}

/** It could be filled if the tap were known. */
function lacksTap({ argv }: Probe, nic: Nic): boolean {
  return fillCommand(argv, nic).missing.every((name) => name === 'vm.tap');
}

const NOT_FOUND = 'it names a NIC, a tap or a VM that was not found';

/** VMID, a documentation address. */
function isForPerson(words: readonly string[]): boolean {
  return words.some((word) => /^(?:[A-Z]{2,}|192\.0\.2\.\d{1,3})$/.test(word));
}

function filled(words: readonly string[], nic: Nic): readonly string[] | undefined {
  if (isForPerson(words)) return undefined;
  const command = fillCommand(words, nic);
  return command.missing.length === 0 ? command.words : undefined;
}

function toPlanned(probe: Probe, argv: readonly string[], nic: Nic, { machine }: PlanOf): PlannedProbe {
  const { id, tells, needsRoot, twice, seconds, kilobytes, listens, alone } = probe;
  return {
    machine,
    probe: id,
    argv,
    tells: tells.replaceAll('{nic}', nic.name),
    needsRoot,
    twice,
    seconds,
    kilobytes,
    listens,
    alone,
  };
}
