export type Os = 'openbsd' | 'freebsd' | 'netbsd' | 'dragonfly' | 'linux' | 'windows';

/** What a person may answer to "what do you see?". */
export const complaints = [
  'no-link',
  'no-traffic',
  'stalls',
  'slow',
  'some-traffic',
  'no-address',
  'nic-missing',
  'flaps',
  'none',
] as const;
export type Complaint = (typeof complaints)[number];

/** What a NIC may do in place of the stack, in one language for `options=` of the BSDs and `ethtool -k`. */
export type Offload =
  | 'rx-checksum'
  | 'rx-checksum6'
  | 'tx-checksum'
  | 'tx-checksum6'
  | 'tso4'
  | 'tso6'
  | 'gso'
  | 'lro'
  | 'gro'
  /** Linux: receive offload done by the host (rx-gro-hw). */
  | 'gro-hw'
  | 'vlan-tag'
  | 'vlan-tso'
  | 'vlan-filter'
  | 'jumbo-mtu'
  /** FreeBSD: a netmap program holds the port. */
  | 'netmap'
  /** FreeBSD: the driver after the rework of 2025 (HWSTATS). */
  | 'hardware-statistics';

/** MSI-X per virtqueue, MSI-X shared by all queues, MSI-X of a multiqueue driver, one MSI, or a wired line. */
export type InterruptMode = 'msix-per-vq' | 'msix-shared' | 'msix' | 'msi' | 'intx';

/** OUIs that hypervisors hand out: QEMU, Proxmox VE, vmd, bhyve, VMware, VirtualBox, Xen, OpenStack. */
export const VIRTUAL_MAC =
  /^(?:52:54:00|bc:24:11|fe:e1:bb|58:9c:fc|00:0c:29|00:50:56|08:00:27|00:16:3e|fa:16:3e)/;
