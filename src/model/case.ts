import type { Side } from './capture.ts';
import type { Known } from './known.ts';
import type { Lines } from './line.ts';
import type { Problem } from './problem.ts';
import type { Complaint, ThingKind, Things } from './sighting.ts';

/** Everything the samples say of one thing, each property with its lines. */
export type Thing<K extends ThingKind = ThingKind> = {
  readonly is: K;
  readonly id: string;
  readonly side: Side;
  readonly says: { readonly [P in keyof Things[K]]?: Known<Things[K][P]> };
  /** Where it was first seen. */
  readonly at: Lines;
};

/** One counter, read once or several times, in the order of the captures. */
export type Readings = readonly Reading[];

/** Only readings of one kind of output, from different samples of it, tell that time passed between them. */
export type Reading = {
  readonly value: number;
  readonly at: Lines;
  readonly kind: string;
  readonly sample: number;
  readonly command?: string | undefined;
  /** ISO 8601, when known. */
  readonly taken?: string | undefined;
};

/** Why two ends are one NIC. */
export type Join = {
  readonly by:
    | 'mac'
    | 'tap-name'
    | 'vm-config'
    | 'description'
    | 'qemu-id'
    | 'pci-address'
    | 'only-candidate';
  readonly at: Lines;
};

/** The host's end of a NIC: what the VM configuration, the tap, the bridge port and QEMU say of it. */
export type HostEnd = {
  readonly vm?: string;
  readonly index?: number;
  readonly tapName?: string;
  readonly vmNic?: Thing<'vmNic'>;
  readonly typedNic?: Thing<'typedNic'>;
  readonly tap?: Thing<'interface'>;
  /** The port that carries the VLAN: fwprNpM with a Proxmox firewall bridge, else the tap. */
  readonly port?: Thing<'port'>;
  readonly portName?: string;
  readonly qemu?: Thing<'qemuNic'>;
  readonly pci?: Thing<'pci'>;
  readonly rxFilter?: Thing<'rxFilter'>;
  /** OpenBSD: the bridge it is in or meant for, the member that leads out of the host, the host's own interface in it. */
  readonly bridgeName?: string;
  readonly uplinkName?: string;
  /** The card of the host that a message is about, else the uplink. */
  readonly cardName?: string;
  readonly gatewayName?: string;
  /** OpenBSD: a vlan(4) of the host that is in the same bridge, or on its uplink. */
  readonly vlanName?: string;
};

/** One virtual NIC, both its ends as far as they are known. */
export type Nic = {
  /** What people call it: the guest's name, else the tap, else the configuration's netN. */
  readonly name: string;
  readonly guest?: Thing<'interface'>;
  readonly virtio?: Thing<'virtio'>;
  readonly pci?: Thing<'pci'>;
  readonly file?: Thing<'interfaceFile'>;
  /** What it is called now, where it is known by its start-up file alone. */
  readonly successor?: string;
  readonly host?: HostEnd;
  readonly joined: readonly Join[];
};

/** What one driver release does; rules/drivers/*.yaml. */
export type DriverEntry = {
  readonly os: string;
  readonly driver: string;
  /** Without its noun: `config-vector` is read as `driver.config-vector`. */
  readonly fact: string;
  readonly word: string;
  /** First and last release it holds for, both included; open where absent. */
  readonly from?: string;
  readonly to?: string;
  /** Told by a sign in the outputs, whatever the release is called: FreeBSD's vtnet after its rework. */
  readonly sign?: 'reworked';
  readonly source: string;
};

/** The one truth about all that was given. */
export type Case = {
  readonly things: ReadonlyMap<string, Thing>;
  readonly counters: ReadonlyMap<string, Readings>;
  readonly nics: readonly Nic[];
  readonly complaint: Known<Complaint>;
  readonly drivers: readonly DriverEntry[];
  readonly problems: readonly Problem[];
};

/** A question with a closed list of answers, asked of one NIC. */
export type Fact = {
  /** `noun.property`. */
  readonly name: string;
  readonly asks: string;
  /** Each possible answer and what it means, `{nic}` standing for the NIC's name. */
  readonly words: Readonly<Record<string, string>>;
  readonly read: (nic: Nic, kase: Case) => Known<string>;
};
