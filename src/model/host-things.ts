/** What starts the VM and holds its configuration. */
export type Manager = 'proxmox' | 'libvirt' | 'qemu' | 'virtualbox' | 'smartos' | 'vmd' | 'bhyve' | 'xhyve';

/** What a host's outputs speak of: VM configurations, bridges and their ports. */
export type HostThings = {
  /** id: VMID or name. */
  vm: {
    name: string;
    machine: string;
    args: string;
    /** `running`, `shut off`, `paused`, as its manager says it. */
    status: string;
    manager: Manager;
    /** vmd: the ID that `vmctl status` prints; it is part of the tap's description. */
    number: number;
    /** vmd: no `disable` in vm.conf. */
    enabled: boolean;
  };
  /** A NIC as the VM's configuration has it, id: `107/net1` of Proxmox; `manager vm/mac` (or tap) of libvirt. */
  vmNic: {
    vm: string;
    /** Whose configuration it is. */
    manager: Manager;
    index: number;
    /** The host's interface, where the configuration asks for it by name or a listing tells it: `vnet5`. */
    tap: string;
    /** While the VM runs: whether the host has an interface for it. */
    attached: boolean;
    /** How it is plugged in: libvirt's interface type (`bridge`, `network`, `user`, `direct`, ...). */
    backend: string;
    /** The virtual network (libvirt) that it is plugged into. */
    network: string;
    /** The host's interface below a macvtap. */
    parent: string;
    /** The packet filter that its manager names for it: libvirt's filterref. */
    filter: string;
    /** The host drops frames with another source MAC, or source address, than configured. */
    macGuard: boolean;
    addressGuard: boolean;
    /** The vhost-user socket. */
    socket: string;
    vhost: boolean;
    vectors: number;
    queueSize: number;
    eventIdx: boolean;
    checksum: boolean;
    tso: boolean;
    model: string;
    mac: string;
    bridge: string;
    tag: number;
    trunks: string;
    firewall: boolean;
    linkDown: boolean;
    /** This is the running VM's state (libvirt's live XML, domif-getlink), not what is saved for its next start. */
    isLive: boolean;
    mtu: number;
    queues: number;
    /** The whole value, to be rewritten by a fix: `virtio=AA:..,bridge=vmbr0`. */
    options: string;
    /** vmd: the switch it is put into, and whether the configuration defines one of that name. */
    switch: string;
    switchDefined: boolean;
    /** vmd: `local interface`. */
    local: boolean;
    /** vmd: no `down` in its block. */
    up: boolean;
    rdomain: number;
    group: string;
  };
  /** A network that libvirt runs for its VMs, id: its name. */
  virtualNetwork: {
    bridge: string;
    /** `nat`, `route`, `open`, `bridge`, ...; `none`: isolated. */
    forward: string;
    dhcp: boolean;
    active: boolean;
    autostart: boolean;
    mtu: number;
  };
  /** Proxmox VE's firewall, id: VMID, `cluster`, `host`, or `status` for what the service says of itself. */
  firewall: {
    /** Its [OPTIONS] were seen: what is not among them has its default. */
    listed: boolean;
    enabled: boolean;
    running: boolean;
    macFilter: boolean;
    ipFilter: boolean;
    dhcp: boolean;
    policyIn: string;
    policyOut: string;
  };
  /** A packet filter of libvirt, id: its name. */
  nwFilter: { includes: readonly string[] };
  /** The same keys, read off a command that somebody typed: an intention, not a state. */
  typedNic: {
    vm: string;
    index: number;
    /** The interface of the host that the command names, where it tells no VM. */
    tap: string;
    mac: string;
    bridge: string;
    tag: number;
    switch: string;
    local: boolean;
  };
  /** A switch of vm.conf, id: its name. */
  vmSwitch: {
    bridge: string;
    up: boolean;
    macGuard: boolean;
    enabled: boolean;
    rdomain: number;
    group: string;
  };
  /** A network that dhcpd.conf serves, id: `10.50.0.0/24`. */
  dhcpSubnet: { network: string; from: string; to: string; router: string };
  /** A daemon as rcctl or ps shows it, id: its name. */
  service: { running: boolean; enabled: boolean; flags: string };
  /** A process or thread that serves VMs, id: its number (and the tap). */
  process: {
    command: string;
    /** The tap that it holds open. */
    holds: string;
    /** Percent of one processor. */
    cpu: number;
    /** A vhost thread: the number of its QEMU. */
    of: number;
  };
  /** id: name. */
  bridge: {
    driver: 'linux' | 'bridge' | 'veb' | 'tpmr' | 'switch' | 'ovs';
    /** The whole list of its members was seen: who is not in it is no member. */
    membersListed: boolean;
    vlanFiltering: boolean;
    /** Open vSwitch: `secure` forwards nothing until a controller or somebody gives it flows. */
    failMode: 'secure' | 'standalone';
    stp: boolean;
    vmId: string;
  };
  /** A port of a bridge, id: its name. */
  port: {
    bridge: string;
    state: string;
    /** The last state that the kernel's log tells; a listing outranks it. */
    loggedState: string;
    learning: boolean;
    /** Frames to unknown MACs are sent to it. */
    flood: boolean;
    /** It passes nothing to other isolated ports; it takes frames of known senders only. */
    isolated: boolean;
    locked: boolean;
    flags: string;
    /** Open vSwitch: why it could not open the interface. */
    error: string;
    /** The number by which its bridge knows it: OpenFlow's, brctl's. */
    number: number;
  };
  /** One VLAN entry of a port, id: `port from-to`. */
  portVlan: { port: string; from: number; to: number; pvid: boolean; untagged: boolean };
  /** id: `mac port vlan`. */
  fdb: { mac: string; port: string; bridge: string; vlan: number; own: boolean };
};
