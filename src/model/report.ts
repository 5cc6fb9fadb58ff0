import type { Capture, Side } from './capture.ts';
import type { Line } from './line.ts';
import type { Problem } from './problem.ts';
import type { Purpose } from './rule.ts';
import type { Complaint, InterruptMode } from './sighting.ts';

export type Standing = 'certain' | 'likely' | 'possible' | 'ruled-out';

/** A line, and what it means for the finding. */
export type Evidence = {
  readonly line: Line;
  /** The fact it settles (`nic.up`) and the answer (`no`). */
  readonly fact: string;
  readonly word: string;
  /** In words: "vio1 is administratively down (no UP)". */
  readonly means: string;
};

/** The command that would decide, on which machine, and why. Never run by itself. */
export type Ask = {
  readonly probe: string;
  readonly on: Side;
  readonly argv: readonly string[];
  /** For copying: argv quoted for sh. */
  readonly command: string;
  readonly why: string;
  readonly needsRoot: boolean;
  readonly twice: boolean;
  /** Facts it settles. */
  readonly settles: readonly string[];
};

export type Step = {
  readonly purpose: Purpose;
  /** `here`: where the captures are, and this program. */
  readonly on: 'guest' | 'host' | 'here';
  readonly argv: readonly string[];
  readonly input?: readonly string[];
  /** What is printed for a person: quoted for sh, or the transcript of a dialogue. */
  readonly shown: string;
  readonly expect?: string;
  readonly note?: string;
};

export type Plan = {
  readonly fix: string;
  readonly title: string;
  readonly cost: string;
  readonly steps: readonly Step[];
  /** Blanks that could not be filled: the steps show them as {vm.id}. */
  readonly missing: readonly string[];
};

export type Finding = {
  readonly fault: string;
  readonly title: string;
  readonly nic: string;
  readonly standing: Standing;
  readonly severity: 'fault' | 'warning';
  readonly explain: string;
  readonly because: readonly Evidence[];
  /** Facts that would decide and are not known: name and the question each answers. */
  readonly open: readonly { readonly fact: string; readonly asks: string }[];
  readonly ask: readonly Ask[];
  readonly plans: readonly Plan[];
};

/** Which way packets go. */
export type Direction = 'to-guest' | 'from-guest';

/** Packets of one direction, counted at a hop. A tap's are told as the guest sees them: what the host calls its TX goes to the guest. */
export type HopCount = {
  readonly direction: Direction;
  /** As last read; null: not seen. */
  readonly packets: number | null;
  readonly drops: number | null;
  /** How many more between two readings by one command; null without two. */
  readonly morePackets: number | null;
  readonly moreDrops: number | null;
  readonly at: readonly Line[];
};

export type HopKind =
  | 'guest-nic'
  /** The virtio device, and what moves its queues: QEMU, vhost, vmd, bhyve. */
  | 'virtqueues'
  /** A device that is none of virtio's: an emulated e1000. */
  | 'device'
  /** tap, vnet, macvtap, or a vhost-user socket. */
  | 'tap'
  | 'firewall-bridge'
  | 'bridge-port'
  | 'bridge'
  | 'vlan'
  /** The host's own address in the network of the NIC: it routes from there. */
  | 'gateway'
  | 'uplink';

/** One station on the way of a packet, in the order from the guest to the uplink. */
export type Hop = {
  readonly kind: HopKind;
  readonly name: string;
  readonly state: 'ok' | 'broken' | 'unknown';
  /** Short words for the picture: "no carrier, not UP". */
  readonly says: string;
  readonly counts: readonly HopCount[];
  readonly at: readonly Line[];
};

/**
 * Where packets of one direction get lost: they get as far as `after`, and `before` does not have them. Hops between the two tell
 * nothing. Names are those of hops of the path; null is the world beyond its end (the guest's own stack, the network outside).
 */
export type Vanish = {
  readonly direction: Direction;
  readonly after: string | null;
  readonly before: string | null;
  /** The hop that loses them, where that is known. */
  readonly hop: string | null;
  /** The places in the path of the last hop on the guest's side of it and the first beyond: -1 is the guest itself, the path's length the world outside. */
  readonly span: readonly [number, number];
  /** What tells: the state of the hop, counters read twice, or packet captures at two points. */
  readonly by: 'state' | 'counters' | 'captures';
  readonly because: string;
  readonly at: readonly Line[];
};

export type NicSummary = {
  readonly name: string;
  readonly os: string | null;
  readonly driver: string | null;
  readonly mac: string | null;
  readonly link: 'active' | 'no-carrier' | null;
  readonly up: boolean | null;
  readonly interrupts: InterruptMode | null;
  readonly offloads: readonly string[] | null;
  readonly tap: string | null;
  readonly bridge: string | null;
  readonly vlan: number | null;
  readonly vm: string | null;
  /** Why guest end and host end are taken for one NIC. */
  readonly joined: readonly { readonly by: string; readonly at: readonly Line[] }[];
  readonly path: readonly Hop[];
  /** The first place where packets get lost, for each direction at most one. */
  readonly vanish: readonly Vanish[];
};

export type SampleSummary = {
  readonly name: string;
  readonly kind: string;
  readonly title: string;
  readonly machine: Side;
  readonly why: string;
  /** The command line that stood above it. */
  readonly command: string | null;
  readonly lines: number;
  readonly notUnderstood: number;
  readonly from: number;
  readonly to: number;
};

export type MachineSummary = {
  readonly os: string | null;
  readonly release: string | null;
  readonly kernel: string | null;
  readonly product: string | null;
  readonly hypervisor: string | null;
  readonly proxmox: string | null;
  readonly qemu: string | null;
};

/** What a person or another program is told. Screens and formats read this, and nothing else. */
export type Report = {
  /** Of the shape of this object; see `diagnose --json`. */
  readonly version: 1;
  readonly program: string;
  readonly verdict: 'fault' | 'healthy' | 'unclear';
  readonly complaint: Complaint | null;
  readonly guest: MachineSummary;
  readonly host: MachineSummary;
  readonly captures: readonly Capture[];
  readonly samples: readonly SampleSummary[];
  readonly nics: readonly NicSummary[];
  /** Ranked: the first one is what to look at. */
  readonly findings: readonly Finding[];
  readonly ruledOut: readonly Finding[];
  /** What to run next over all open findings, most telling first. */
  readonly ask: readonly Ask[];
  readonly problems: readonly Problem[];
  /** Lines of no known output: kept and counted. */
  readonly loose: readonly Line[];
  /** Lines inside a known output that were not understood. */
  readonly strange: readonly Line[];
  readonly redacted: boolean;
};
