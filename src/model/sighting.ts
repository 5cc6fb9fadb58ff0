import type { Lines } from './line.ts';

export type Os = 'openbsd' | 'freebsd' | 'netbsd' | 'dragonfly' | 'linux' | 'windows';

export type Complaint =
  | 'no-link'
  | 'no-traffic'
  | 'stalls'
  | 'slow'
  | 'some-traffic'
  | 'no-address'
  | 'nic-missing'
  | 'flaps'
  | 'none';

/** MSI-X per virtqueue, MSI-X shared by all queues, MSI-X of a multiqueue driver, one MSI, or a wired line. */
export type InterruptMode = 'msix-per-vq' | 'msix-shared' | 'msix' | 'msi' | 'intx';

/**
 * The things that outputs speak of, and what can be said of each. One language for all systems:
 * OpenBSD's `status: no carrier` and Linux's `NO-CARRIER` both become `link: 'no-carrier'`.
 * MACs are lower case with colons; PCI addresses are `bus:dev.fn` in hex (`00:12.0`).
 */
export type Things = {
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
  /** id: VMID or name. */
  vm: { name: string; machine: string; args: string; status: string };
  /** A NIC as the VM's configuration has it, id: `107/net1`. */
  vmNic: {
    vm: string;
    index: number;
    model: string;
    mac: string;
    bridge: string;
    tag: number;
    trunks: string;
    firewall: boolean;
    linkDown: boolean;
    mtu: number;
    queues: number;
    /** The whole value, to be rewritten by a fix: `virtio=AA:..,bridge=vmbr0`. */
    options: string;
  };
  /** The same keys, read off a command that somebody typed: an intention, not a state. */
  typedNic: { vm: string; index: number; mac: string; bridge: string; tag: number };
  /** id: name. */
  bridge: {
    driver: 'linux' | 'bridge' | 'veb' | 'tpmr' | 'ovs';
    vlanFiltering: boolean;
    stp: boolean;
    vmId: string;
  };
  /** A port of a bridge, id: its name. */
  port: { bridge: string; state: string; learning: boolean; flags: string };
  /** One VLAN entry of a port, id: `port from-to`. */
  portVlan: { port: string; from: number; to: number; pvid: boolean; untagged: boolean };
  /** id: `mac port vlan`. */
  fdb: { mac: string; port: string; vlan: number; own: boolean };
  /** A virtio-net (or other) NIC inside QEMU, id: `net1`. */
  qemuNic: {
    mac: string;
    model: string;
    tap: string;
    backend: string;
    vectors: number;
    vhost: boolean;
    vhostStarted: boolean;
    started: boolean;
    broken: boolean;
    vmRunning: boolean;
    isr: number;
    /** device_status words: ACKNOWLEDGE, DRIVER, FEATURES_OK, DRIVER_OK, NEEDS_RESET. */
    status: readonly string[];
    /** Negotiated: `VIRTIO_NET_F_STATUS`, ... */
    features: readonly string[];
    hostFeatures: readonly string[];
    /** Properties as offered, not as negotiated. */
    eventIdx: boolean;
    checksum: boolean;
    tso: boolean;
    pci: string;
    path: string;
  };
  /** id: `net1 0`. */
  queue: {
    nic: string;
    index: number;
    size: number;
    inuse: number;
    usedIdx: number;
    signalledUsed: number;
    lastAvailIdx: number;
    shadowAvailIdx: number;
    /** vhost runs the ring: the indexes printed are not the real ones. */
    vhost: boolean;
    /** From the ring in guest memory: driver's "interrupt me after", and the real used index. */
    usedEvent: number;
    realUsedIdx: number;
    realAvailIdx: number;
  };
  /** id: `net1`. */
  rxFilter: { promisc: boolean; vlanMode: 'all' | 'none' | 'normal'; vlans: readonly number[]; mac: string };
  /** One read of a device register from the host, id: `memory 0xfebf8010 2`. */
  register: { space: 'memory' | 'io'; address: number; width: number; value: number };
  /** Something a person states without an output that prints it, id: what it is about. */
  claim: { value: number; text: string };
  /** Packets that look alike in one packet capture, id: a description of the flow. */
  traffic: {
    /** Where it was captured; from the header line, the command or -i any. */
    interface: string;
    from: string;
    to: string;
    /** 0: seen to be untagged. Absent: the capture does not show tags (no -e). */
    vlan: number;
    what:
      | 'arp-request'
      | 'arp-reply'
      | 'dhcp-request'
      | 'dhcp-reply'
      | 'ipv4'
      | 'ipv6'
      | 'stp'
      | 'rarp'
      | 'other';
    asksFor: string;
    tells: string;
    count: number;
    maxLength: number;
    checksum: 'good' | 'partial' | 'bad' | 'wrong';
  };
  /** A packet capture as a whole, id: the interface, '' when not told. */
  packetCapture: { interface: string; showsTags: boolean; captured: number; dropped: number };
  /** A rule of a packet filter that translates addresses, id: the rule. */
  natRule: { on: string; from: string; to: string };
  /** What the person sees, id: ''. */
  complaint: { kind: Complaint };
};

export type ThingKind = keyof Things;

/** What one place in a sample says of one thing. `is` and `id` name the thing, `says` holds the properties read there. */
export type SightingOf<K extends ThingKind> = {
  readonly is: K;
  readonly id: string;
  readonly says: Readonly<Partial<Things[K]>>;
  readonly at: Lines;
};

export type Sighting = { [K in ThingKind]: SightingOf<K> }[ThingKind];
