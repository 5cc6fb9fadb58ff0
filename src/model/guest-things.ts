import type { InterruptMode, Os } from './words.ts';

/**
 * The things that outputs speak of, and what can be said of each. One language for all systems:
 * OpenBSD's `status: no carrier` and Linux's `NO-CARRIER` both become `link: 'no-carrier'`.
 * MACs are lower case with colons; PCI addresses are `bus:dev.fn` in hex (`00:12.0`).
 */
export type GuestThings = {
  /** The machine. id: ''. */
  system: {
    os: Os;
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
    proxmox: string;
    qemu: string;
  };
  /** A kernel knob, id: its name (`net.inet.ip.forwarding`). */
  setting: { value: string };
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
    /** As displayed: the status line, NO-CARRIER. */
    link: 'active' | 'no-carrier';
    /** `master` / `backup` of carp. */
    role: string;
    mtu: number;
    maxMtu: number;
    media: string;
    description: string;
    groups: readonly string[];
    /** hwfeatures words: negotiated offloads. */
    features: readonly string[];
    /** vlan(4), carp(4): the interface below. */
    parent: string;
    vlan: number;
    /** The bridge it is a port of. */
    master: string;
    operstate: string;
    /** tap of Linux: offload header on. */
    vnetHdr: boolean;
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
  /** A virtio device as the guest's kernel names it, id: `virtio4`. */
  virtio: {
    type: string;
    child: string;
    interrupt: InterruptMode;
    /** virtio 1.x only device. */
    modern: boolean;
    /** `pci0 dev 18 function 0`. */
    bus: string;
    pci: string;
    /** UKC text in the last boot: event index / indirect descriptors switched off. */
    eventIdxOff: boolean;
    indirectOff: boolean;
  };
  /** A PCI function as pcidump, pciconf, lspci or QEMU show it, id: `00:12.0`. */
  pci: {
    vendor: number;
    product: number;
    name: string;
    msixVectors: number;
    msixEnabled: boolean;
    msixMasked: boolean;
    msiEnabled: boolean;
    busMaster: boolean;
    driver: string;
    /** Base addresses by BAR number, in the guest's physical (or I/O port) space. */
    bar0: number;
    bar1: number;
    bar4: number;
    /** QEMU's id of the device: `net1`. */
    qemuId: string;
    /** The VIRTIO_PCI_CAP_PCI_CFG window as it stood: which offset, how long, what it read. */
    windowOffset: number;
    windowLength: number;
    windowValue: number;
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
    /** The NIC's MAC, for files named after it (hostname.<lladdr>). */
    mac: string;
  };
  /** A message of a driver or daemon, id: `code device`. */
  message: { code: string; device: string; text: string };
  /** A counter, id: `of counts`. Two samples of one counter are two readings. */
  counter: {
    of: string;
    counts: string;
    value: number;
  };
  /** id: destination. */
  route: { interface: string; gateway: string; flags: string; isUp: boolean };
};
