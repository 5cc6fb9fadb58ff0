// Reads: what vtnet(4), virtio_pci(4), virtqueues, netmap(4), arp, the linker and the mbuf zones say when something is refused or fails.
// Printed by: sys/dev/virtio/{network/if_vtnet.c,virtqueue.c,pci/virtio_pci*.c} (9.0 to 16), sys/dev/netmap/netmap.c, sys/netinet/if_ether.c,
// sys/netinet6/nd6_nbr.c, sys/kern/kern_{linker,module,mbuf}.c, sys/kern/subr_bus.c. Fixtures: fixtures/outputs/freebsd-12.1/dmesg-messages.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { type LastBoot, nameOf } from './dmesg-boots.ts';

/** A code, and the words behind the name of the device that says them. */
type Kind = readonly [code: string, text: string];

const VTNET: readonly Kind[] = [
  ['tx-watchdog', 'watchdog timeout on queue \\d{1,4}'],
  ['tso-ecn-dropped', 'TSO with ECN not negotiated with host'],
  ['feature-negotiation-failed', 'cannot setup features|desired features were not accepted'],
  [
    'attach-failed',
    'cannot (?:allocate (?:interface|ifnet structure|Rx filters|queues)|setup interface|create child device)|failed to start [rt]x taskq \\d{1,4}',
  ],
  [
    'no-interrupt',
    'cannot setup (?:virtqueue )?interrupts|cannot allocate interrupts|exhausted all interrupt allocation attempts',
  ],
  [
    'lro-disabled',
    '(?:Host )?LRO disabled (?:due to|since) both mergeable buffers and indirect descriptors .{0,40}',
  ],
  ['mtu-invalid', 'Invalid MTU value: -?\\d{1,6}\\. MTU feature disabled\\.?'],
  ['queue-pairs-invalid', 'Invalid max_virtqueue_pairs value: -?\\d{1,6}\\. .{0,60}'],
  ['receive-buffers-missing', 'cannot (?:allocate mbufs for|populate) Rx queue \\d{1,4}'],
  ['queue-pairs-refused', 'cannot set active queue pairs to \\d{1,4}(?:, falling back to 1 queue pair)?'],
  ['reinit-failed', 'virtio reinit error \\d{1,4}|cannot finalize features during reinit'],
  ['offload-refused', '(?:vtnet_update_rx_offloads: )?cannot update Rx features'],
  ['promisc-refused', 'cannot (?:enable|disable) (?:default )?(?:promiscuous|all-multicast) mode'],
  ['mac-table-full', 'more than \\d{1,4} (?:multicast )?MAC addresses assigned, falling back to .{1,40}'],
  ['mac-filter-refused', 'error setting host MAC filter table'],
  [
    'vlan-filter-refused',
    'cannot (?:enable VLAN \\d{1,4} filter|(?:add|remove) VLAN \\d{1,4} (?:to|from) the host filter table)',
  ],
  ['mac-refused', 'unable to set MAC address'],
];

const VIRTIO: readonly Kind[] = [
  [
    'bar-not-mapped',
    "cannot map I/O space(?: nor memory space)?|cannot find cap \\w{3,12} resource|cannot alloc resource for .{1,40}|cannot map configs|can't map .{1,40} BAR",
  ],
  [
    'attach-failed',
    'cannot find \\w{3,12} capability|cap \\d{1,3} (?:struct )?(?:length|offset) \\d{1,10} (?:less than|not aligned).{0,40}',
  ],
  [
    'msix-refused',
    'insufficient host resources for MSIX interrupts|unable to register (?:config|virtqueue) MSIX interrupt|cannot setup MSI-x resources|Unable to map MSIX table',
  ],
  [
    'vq-alloc-failed',
    'cannot allocate virtqueues?(?: \\d{1,4}: \\d{1,4})?|cannot allocate memory for virtqueue ring|cannot allocate indirect list|requested virtqueue count \\d{1,4} exceeds max \\d{1,4}|virtqueue \\d{1,4} \\([^()]{1,32}\\) (?:does not exist \\(size is zero\\)|requested too many indirect descriptors: .{1,30})',
  ],
  ['vq-size-invalid', 'virtqueue \\d{1,4} \\([^()]{1,32}\\) size is not a power of 2: \\d{1,6}'],
  ['vq-size-changed', "virtqueue_reinit: '[^']{1,32}' changed size; old=\\d{1,6}, new=\\d{1,6}"],
  [
    'vq-not-empty',
    "(?:virtqueue_reinit: )?warning '[^']{1,32}' virtqueue not empty, leaking \\d{1,6} entries",
  ],
];

const DEVICE = '(vtnet\\d{1,3}|virtio_(?:pci|mmio)\\d{1,3})';
/** Behind an interface that was renamed the driver's words stand under its new name. */
const ANY_NAME = '([\\w.-]{1,16})';
const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ...[...VTNET, ...VIRTIO].map(([code, text]): [string, RegExp] => [
    code,
    new RegExp(`^${DEVICE}: (?:${text})$`),
  ]),
  ...VTNET.filter(([code]) =>
    /^(?:tx-watchdog|mac-filter-refused|tso-ecn-dropped|receive-buffers-missing)$/.test(code),
  ).map(([code, text]): [string, RegExp] => [code, new RegExp(`^${ANY_NAME}: (?:${text})$`)]),
  ['attach-failed', /^device_attach: ((?:vtnet|virtio_pci|virtio_mmio)\d{1,3}) attach returned \d{1,4}$/],
  // Cards that hypervisors emulate: sys/net/iflib.c iflib_timer(), sys/dev/e1000 before 12.
  [
    'tx-watchdog',
    /^((?:em|igb|vmx|re|ix)\d{1,3}): (?:Watchdog timeout(?: \(TX: .{1,80}\)| Queue\[\d{1,3}\])?|watchdog timeout)(?: ?-- resetting)?$/,
  ],
  [
    'netmap-drop-offload',
    /^\d{1,10}\.\d{6} \[ {0,4}\d{1,5}\] \w{2,40}\s{1,40}(\S{1,16}) drop mbuf that needs (?:checksum|generic segmentation) offload/,
  ],
  ['netmap-full', /^\d{1,10}\.\d{6} \[ {0,4}\d{1,5}\] netmap_transmit\s{1,40}(\S{1,16}) full hwcur \d/],
  [
    'netmap-emulated',
    /^\d{1,10}\.\d{6} \[ {0,4}\d{1,5}\] \w{2,40}\s{1,40}Emulated adapter for (\S{1,16}) (?:created|activated)/,
  ],
  ['address-in-use', /^arp: [\da-fA-Fx:*.]{4,60} is using my IP address [\d.x*]{4,20} on (\S{1,16}?)!?$/],
  [
    'address-in-use',
    /^(?:nd6: )?(\S{1,16}): DAD (?:detected duplicate IPv6 address|complete for \S{2,60} - duplicate found)/,
  ],
  ['address-moved', /^arp: \S{4,20} moved from \S{4,60} to \S{4,60} on (\S{1,16})$/],
];

/** What names no device: it concerns the whole guest. */
const NAMELESS: readonly (readonly [string, RegExp])[] = [
  [
    'module-already-present',
    /^(?:interface|module) [\w./-]{1,40} already present(?: in the KLD '?[\w.]{1,30}'?)?!?$/,
  ],
  ['module-already-present', /^linker_load_file: \S{1,60} - unsupported file type$/],
  [
    'module-not-usable',
    /^KLD (?:if_vtnet|virtio\w{0,12})(?:\.ko)?: depends on \S{1,30} - not available or version mismatch$/,
  ],
  ['mbufs-exhausted', /^\[zone: mbuf\w{0,20}\] kern\.ipc\.nmb\w{2,20} limit reached$/],
];

export const MESSAGE_ROWS: readonly RegExp[] = [...PATTERNS, ...NAMELESS].map(([, shape]) => shape);

export function sayMessage(row: Row, boot: LastBoot, notes: Notes): boolean {
  for (const [code, shape] of PATTERNS) {
    const [, unit] = shape.exec(row.text) ?? [];
    if (unit === undefined) continue;
    const device = nameOf(unit, boot);
    // Whoever speaks, or is spoken of, is there.
    if (/^vtnet\d/.test(unit)) notes.say('interface', device, { driver: 'vtnet' }, row);
    notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
    return true;
  }
  const code = NAMELESS.find(([, shape]) => shape.test(row.text))?.[0];
  if (code === undefined) return false;
  notes.say('message', code, { code, device: '', text: row.text }, row);
  return true;
}
