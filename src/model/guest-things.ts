import type { InterruptMode, Offload, Os } from './words.ts';

/**
 * The things that outputs speak of, and what can be said of each. One language for all systems:
 * OpenBSD's `status: no carrier` and Linux's `NO-CARRIER` both become `link: 'no-carrier'`.
 * MACs are lower case with colons; PCI addresses are `bus:dev.fn` in hex (`00:12.0`).
 */
export type GuestThings = {
  /** The machine. id: ''. */
  system: {
    os: Os;
    /** What it calls itself (src/parse/host-name.ts). */
    name: string;
    /** `7.8`; for Linux the kernel release. */
    release: string;
    /** Lowest and highest release that print a line in the form seen. */
    releaseAtLeast: string;
    releaseAtMost: string;
    stage: 'release' | 'current' | 'beta' | 'stable';
    /** Kernel configuration: `GENERIC.MP`, `RAMDISK_CD`. */
    kernel: string;
    /** Booted from an installer's memory disk. */
    ramdisk: boolean;
    hypervisor: 'kvm' | 'qemu' | 'vmd' | 'bhyve' | 'hyper-v' | 'vmware' | 'xen' | 'virtualbox' | 'apple';
    /** SMBIOS product: `QEMU Standard PC (i440FX + PIIX, 1996)`. */
    product: string;
    cpus: number;
    boots: number;
    /** A product built on the system: it rewrites configuration files, and has menus of its own. */
    distribution: 'pfsense' | 'opnsense';
    distributionRelease: string;
    proxmox: string;
    qemu: string;
    /** It runs virtual machines itself, with this program. */
    vmManager: 'vmd';
  };
  /** A kernel knob, id: its name (`net.inet.ip.forwarding`). */
  setting: { value: string };
  /** A line of a loader's or module's configuration: wanted at the next boot, not in force. id: its name. */
  loaderSetting: { value: string; path: string };
  /** A kernel module, id: its name without `.ko`. */
  module: { loaded: boolean; builtIn: boolean };
  /** A network interface, id: its name. */
  interface: {
    /** The driver's attach line was seen. */
    attached: boolean;
    driver: string;
    /** The virtio device behind it: `virtio4`. */
    device: string;
    model: string;
    interrupt: InterruptMode;
    queues: number;
    mac: string;
    up: boolean;
    running: boolean;
    lowerUp: boolean;
    oactive: boolean;
    promisc: boolean;
    allmulti: boolean;
    /** Receive offload (LRO) switched on. */
    lro: boolean;
    /** link0 of veb(4): pass VLAN tags; link1: run PF on ports. */
    link0: boolean;
    link1: boolean;
    autoconf4: boolean;
    /** The listing shows addresses too: an interface without one has none. `ip link` shows none of any. */
    addressesListed: boolean;
    /** As displayed: the status line, NO-CARRIER. */
    link: 'active' | 'no-carrier';
    /** What the kernel last logged of the link; `link` is what a listing shows at its time. */
    linkEvent: 'up' | 'down';
    /** `master` / `backup` of carp. */
    role: string;
    mtu: number;
    maxMtu: number;
    media: string;
    description: string;
    groups: readonly string[];
    /** Switched on as displayed, which is not always what is in force. */
    offloads: readonly Offload[];
    /** What the NIC can do at all (`ifconfig -m`, `ethtool -k` without [fixed]). */
    offloadsPossible: readonly Offload[];
    /** Queue pairs in use, asked for, and offered. */
    queuesActive: number;
    queuesAsked: number;
    queuesPossible: number;
    /** FreeBSD's vtnet after its rework of 2025, by a sign of its own. */
    isReworked: boolean;
    /** An XDP program is attached. */
    xdp: boolean;
    /** The name the driver gave it first. */
    renamedFrom: string;
    /** The burnt-in MAC, where another one was set by hand. */
    permanentMac: string;
    /** hwfeatures words: negotiated offloads. */
    features: readonly string[];
    /** vlan(4), carp(4): the interface below. */
    parent: string;
    vlan: number;
    /** The bridge it is a port of, and whether a listing that would show one does. */
    master: string;
    hasMaster: boolean;
    operstate: string;
    /** tap of Linux: offload header on. */
    vnetHdr: boolean;
    /** tap of FreeBSD: the process that holds it open. */
    openedBy: number;
    rdomain: number;
  };
  /** id: `interface address`. */
  address: {
    interface: string;
    family: 'inet' | 'inet6';
    address: string;
    prefix: number;
    dynamic: boolean;
  };
  /** Kernel configuration edited by hand (`config -e`, bsd.re-config), id: 'vio' or 'virtio'. */
  kernelConfig: { flags: number; saved: boolean; where: 'config-e' | 'bsd.re-config' };
  /** A start-up file of an interface, id: the interface name. */
  interfaceFile: {
    path: string;
    up: boolean;
    asks: 'autoconf' | 'static' | 'nothing';
    parent: string;
    vlan: number;
    members: readonly string[];
    /** A bridge's: it filters VLANs, and those that its ports carry (`2-4094`, `10 20-30`). */
    vlanAware: boolean;
    vlans: string;
    /** The NIC's MAC, for files named after it (hostname.<lladdr>) and for those that match by it (netplan, HWADDR=, .link). */
    mac: string;
    /** The name that the NIC with this MAC is to get. */
    setName: string;
    mtu: number;
    /** The first static IPv4 address, with its prefix: `10.50.0.1/24`. */
    address: string;
    link0: boolean;
    link1: boolean;
  };
  /** A message of a driver or daemon, id: `code device`; value: a number that it tells (octets of a frame). */
  message: { code: string; device: string; text: string; value: number };
  /**
   * A counter, id: `of counts`. Two samples of one counter are two readings. Of an interface: rx-packets, tx-packets, rx-errors,
   * tx-errors, rx-drops, tx-drops, rx-bytes, tx-bytes, tx-timeouts, rx-checksum-offloaded, tx-checksum-offloaded,
   * tx-tso-offloaded, tx-tso-without-checksum, carrier-changes, rx-too-large, rx-chain-failed, rx-lro, mbuf-failed, channels; of a queue
   * (`vtnet0 txq0`) the same words. Of a virtio device: config-interrupts, rx-interrupts,
   * tx-interrupts, queue-interrupts (one vector for all queues). Of a protocol (tcp, udp, ip): bad-checksum, received, sent,
   * sent-again, opens. Of a queue as QEMU shows it (`net1 0`): used, signalled, fetched (last_avail_idx), offered
   * (shadow_avail_idx), in-use, and from the rings in the guest's memory ring-used, ring-offered; 16 bits each.
   */
  counter: { of: string; counts: string; value: number };
  /** Another machine on the segment (arp -a, ip neigh), id: its address, or `address mac`. */
  neighbor: { interface: string; address: string; mac: string; state: string };
  /** A file system's device: named by fstab or the boot loader, in use as df, mount or swapinfo show it. id: the device. */
  mount: { device: string; path: string; isConfigured: true; isMounted: true };
  /** A disk that the kernel found, id: its name (`vtbd0`, `ada0`). */
  disk: { driver: string };
  /** id: destination. */
  route: { interface: string; gateway: string; flags: string; isUp: boolean };
};
