/** What QEMU's monitor and its command line tell of a NIC. */
export type QemuThings = {
  /** A virtio-net (or other) NIC inside QEMU, id: `net1`; from a command line `vm/net1`. */
  qemuNic: {
    /** Name or number of the VM, from a command line; the monitor does not tell it. */
    vm: string;
    mac: string;
    /** The MAC that it was started with, where that is told apart from the present one. */
    configuredMac: string;
    /** No MAC was given: QEMU counts up from 52:54:00:12:34:56, in every VM alike. */
    macByDefault: boolean;
    model: string;
    tap: string;
    /** What it is plugged into: `tap`, `user`, `bridge`, `vhost-user`, `socket`, ..., or `none`. */
    backend: string;
    bridge: string;
    /** The vhost-user socket. */
    socket: string;
    /** Queue pairs of the backend, and whether the device may use more than one. */
    queues: number;
    multiqueue: boolean;
    queueSize: number;
    hostMtu: number;
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
  /** id: `net1 0`. Its indexes move: they are counters of `net1 0`. */
  queue: {
    nic: string;
    index: number;
    size: number;
    /** vhost runs the ring: the indexes that QEMU prints are not the real ones. */
    vhost: boolean;
    /** Where the driver's (available) and the device's (used) ring lie in the guest's memory. */
    availAt: number;
    usedAt: number;
  };
  /** id: `net1`. */
  rxFilter: { promisc: boolean; vlanMode: 'all' | 'none' | 'normal'; vlans: readonly number[]; mac: string };
  /**
   * One read of a device register: from the host, id: `memory 0xfebf8010 2`; or by the guest through the device's
   * configuration window, id: `window 00:12.0 0x10 2`, the address counted from the BAR's start. Each read is a reading of the
   * counter `value` of that id, too.
   */
  register: { space: 'memory' | 'io' | 'window'; address: number; width: number; value: number; pci: string };
};
