import type { Outcome } from './bundle.ts';
import type { Side } from './capture.ts';
import type { Collected } from './collected.ts';
import type { Survey } from './survey.ts';

/**
 * How a line gets into QEMU's monitor: typed into a command (`qm monitor 107`), as a command's last argument
 * (`virsh qemu-monitor-command fw --hmp`), or over a unix socket, whose path is all of argv.
 */
export type Through = { readonly by: 'typing' | 'argument' | 'socket'; readonly argv: readonly string[] };

/** One command of a collection, as it is shown before anything runs. */
export type PlannedProbe = {
  readonly machine: Side;
  readonly probe: string;
  readonly argv: readonly string[];
  readonly through?: Through;
  readonly tells: string;
  readonly needsRoot: boolean;
  readonly twice: boolean;
  readonly seconds: number;
  readonly kilobytes: number;
  readonly listens: boolean;
  readonly alone: boolean;
  /** What it may change or load; it was allowed. */
  readonly disturbs?: string;
};

/**
 * What a person may add: listening to packets; a tap that was not found; what may load a module or disturb; a QEMU's
 * monitor; a VM beyond the first ones.
 */
export type Extra = 'listening' | 'tap' | 'changes' | 'monitor' | 'vm';

/** How many VMs are looked at when none was named. */
export const MOST_VMS = 16;

/** What is left out, and why: shown with the list, and kept in the bundle. */
export type LeftOut = {
  readonly probe: string;
  readonly machine: Side;
  readonly why: string;
  /** What adds it; nothing: nobody can. Each place has its own words for that: an option, a key, a number. */
  readonly addedBy?: Extra;
  /** The commands that would run then. */
  readonly would?: readonly PlannedProbe[];
};

export type CollectionPlan = {
  readonly probes: readonly PlannedProbe[];
  readonly leftOut: readonly LeftOut[];
};

/** How many commands will run: the second readings count too. */
export function countRuns({ probes }: CollectionPlan): number {
  return probes.length + probes.filter(({ twice, listens }) => twice && !listens).length;
}

/** As a person would type it: the way into a monitor, then its line. */
export function commandLine({ argv, through }: Pick<PlannedProbe, 'argv' | 'through'>): string {
  return [...(through?.argv ?? []), ...argv].join(' ');
}

/** Probes that are left out for one reason. */
export type LeftOutGroup = Pick<LeftOut, 'why' | 'addedBy'> & {
  readonly probes: readonly string[];
  readonly would: readonly PlannedProbe[];
};

/** The probes that are left out, by the reason that they share; what can be added comes first. */
export function leftOutByReason(leftOut: readonly LeftOut[]): readonly LeftOutGroup[] {
  const groups = new Map<string, LeftOutGroup>();
  for (const { probe, why, addedBy, would = [] } of leftOut) {
    const key = `${addedBy} ${why}`;
    const { probes = [], would: others = [] } = groups.get(key) ?? {};
    groups.set(key, {
      why,
      ...(addedBy && { addedBy }),
      probes: [...probes, probe],
      would: [...others, ...would],
    });
  }
  const all = [...groups.values()];
  return [...all.filter(({ addedBy }) => addedBy), ...all.filter(({ addedBy }) => !addedBy)];
}

/** `qemu/info-pci: its monitor was not found; --monitor names its socket` */
export function leftOutLine(
  { probes, why, addedBy }: Pick<LeftOutGroup, 'probes' | 'why' | 'addedBy'>,
  ways: Readonly<Record<Extra, string>>,
): string {
  return `${probes.join(', ')}: ${why}${addedBy ? `; ${ways[addedBy]}` : ''}`;
}

/** Which machines: none named is this one. */
export type CollectionOf = {
  /** As ssh takes it: `root@fw`, a Host of its configuration. */
  readonly guest?: string | undefined;
  readonly host?: string | undefined;
  /** What this machine is, where it could be either. */
  readonly as?: 'guest' | 'host' | undefined;
};

/** What the person chose; what is not chosen is left out, and told as left out. */
export type CollectionChoices = {
  /** On a host: only this VM, by its id or name; null: none of them; not given: those that run. */
  readonly vm?: string | null | undefined;
  /** Listen with tcpdump, for so many seconds and packets. */
  readonly tcpdump?: boolean | undefined;
  /** ... on this tap only, or on another interface of the host where the VM's tap was not found. */
  readonly tap?: string | undefined;
  /** ... kept as pcap instead of text. */
  readonly pcap?: boolean | undefined;
  readonly seconds: number;
  readonly packets: number;
  /** The unix socket of a QEMU's monitor on the host, human or QMP, where neither Proxmox VE nor libvirt leads to it. */
  readonly monitor?: string | undefined;
  /** Let the host ping the guest meanwhile, at this address or at one that the guest's output shows. */
  readonly ping?: boolean | string | undefined;
  /** Also what may load a module or disturb. */
  readonly allowSystemChanges?: boolean | undefined;
};

/** A machine that was reached and looked at. */
export type CollectedMachine = {
  readonly machine: 'guest' | 'host';
  /** For people: `this machine`, `root@pve`. */
  readonly where: string;
  readonly survey: Survey;
};

/** A command that runs now, or has run. */
export type CollectionStep = {
  /** Counts up through a collection; a second reading has a number of its own. */
  readonly number: number;
  readonly machine: Side;
  /** `openbsd/ifconfig`; the first looks are `survey/uname`. */
  readonly probe: string;
  readonly argv: readonly string[];
  readonly through?: Through;
  /** What it may change or load; it was allowed. */
  readonly disturbs?: string;
  /** ISO 8601, UTC. */
  readonly started: string;
};

/** What goes on, told at once. Steps overlap: `number` joins an end to its start. */
export type CollectionEvent =
  | { readonly kind: 'started'; readonly step: CollectionStep }
  | {
      readonly kind: 'ended';
      readonly step: CollectionStep;
      readonly outcome: Outcome;
      readonly milliseconds: number;
      readonly bytes: number;
    };

export type CollectionTold = (event: CollectionEvent) => void;

/** A tap of a VM, to choose from; where none was found, any interface of the host. */
export type TapChoice = {
  readonly tap: string;
  /** The NIC it belongs to, by the name that the guest or its configuration gives it. */
  readonly nic?: string;
  readonly vm?: string;
};

/** `tap107i1: vio1 of VM 107` */
export function tapLine({ tap, nic, vm }: TapChoice): string {
  return `${tap}${nic === undefined ? '' : `: ${nic}${vm === undefined ? '' : ` of VM ${vm}`}`}`;
}

/** Machines that were reached; nothing ran on them yet but first looks. */
export type OpenCollection = {
  readonly machines: readonly CollectedMachine[];
  /** Fills the commands; on a host this takes a few more looks. Rejects with one clear sentence. */
  plan(choices: CollectionChoices): Promise<CollectionPlan>;
  /** The taps that the last plan knew of. */
  taps(): readonly TapChoice[];
  /** Runs a plan into a bundle. Rejects only when the bundle cannot be written; what was collected is kept even then. */
  run(plan: CollectionPlan, options: RunOptions): Promise<Collected>;
  /** Ends the connections. To be called whatever happened. */
  close(): Promise<void>;
};

export type RunOptions = {
  /** The bundle; a free name of today when it is not given. */
  readonly output?: string | undefined;
  /** Seconds between the two readings of counters. */
  readonly interval: number;
};
