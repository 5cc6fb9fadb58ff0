// Reads: what vioif(4) and virtio(4) say when something fails, and the kernel's link state lines.
// Printed by: sys/dev/pci/virtio_pci.c (1.37), virtio.c, if_vioif.c; sys/net/if.c if_link_state_change(), 6 to -current of 2026.
// Fixtures: fixtures/outputs/netbsd-10.1/dmesg-messages.txt, netbsd-11/dmesg-feature-negotiation.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

/** [words behind the unit's name, code]. */
const VIRTIO: readonly (readonly [string, string])[] = [
  [
    '(?:at pci\\d{1,3} dev \\d{1,2} function \\d: )?unknown revision 0x[\\da-f]{2}; giving up',
    'unknown-revision',
  ],
  ['cannot attach \\(\\d{1,4}\\)', 'attach-failed'],
  [
    "can't map (?:bar \\d{1,2}|(?:notify |devcfg |isr |common |config )?i/o space)|\\w{1,40} cap too large",
    'bar-not-mapped',
  ],
  ['no matching child driver; not configured', 'no-child-driver'],
  ['virtio configuration failed|virtio internal error, ', 'configuration-failed'],
  ["couldn't establish MSI-X for (?:config|a vq|queues)", 'msix-vector-failed'],
  ["can't set (?:config|queue \\d{1,5}) msix vector", 'msix-refused'],
  ["couldn't (?:map interrupt|establish (?:INTx|interrupt))", 'no-interrupt'],
  ['feature negotiation failed', 'feature-negotiation-failed'],
  ['host rejected version 1', 'version-1-refused'],
  [
    'virtqueue not exist, index \\d{1,5}|virtqueue \\d{1,5} for \\S{1,20} (?:allocation|map|dmamap creation|dmamap load) failed',
    'vq-alloc-failed',
  ],
  ['virtqueue size changed, vq index \\d{1,5}', 'vq-size-changed'],
];

const VIOIF: readonly (readonly [string, string])[] = [
  ['at virtio\\d{1,3}: child already attached for', 'child-already-attached'],
  ['failed setting rx mode', 'rx-filter-refused'],
  ['resetting promisc mode failed', 'promisc-refused'],
  ["couldn't (?:en|dis)able (?:PROMISC|ALLMULTI)", 'promisc-refused'],
  ["couldn't set MAC address", 'mac-refused'],
  ["couldn't clear RX filter", 'mac-filter-refused'],
  ['control vq busy!\\?', 'ctrl-queue-busy'],
  ['reset failed', 'reinit-failed'],
  ['failed to allocate a virtqueue for control channel', 'vq-alloc-failed'],
  ['tx dmamap load failed, error code', 'enqueue-error'],
  ['rx mbuf allocation failed, error code', 'receive-buffers-missing'],
  ['DMA memory (?:allocation|map) failed', 'no-memory'],
];

const KINDS = [
  ...VIRTIO.map(([words, code]) => [behind('virtio\\d{1,3}', words), code] as const),
  ...VIOIF.map(([words, code]) => [behind('vioif\\d{1,3}', words), code] as const),
];
const LINK = /^([a-z]{2,12}\d{1,4}): link state (UP|DOWN|UNKNOWN) \(was (?:UP|DOWN|UNKNOWN)\)$/;

export const MESSAGE_ROWS: readonly RegExp[] = [...KINDS.map(([shape]) => shape), LINK];

export function sayMessage(row: Row, notes: Notes): boolean {
  const [, nic, state] = LINK.exec(row.text) ?? [];
  if (nic) {
    if (state !== 'UNKNOWN') say(state === 'UP' ? 'link-up' : 'link-down', nic, row, notes);
    return true;
  }
  for (const [shape, code] of KINDS) {
    const device = shape.exec(row.text)?.[1];
    if (device === undefined) continue;
    say(code, device, row, notes);
    return true;
  }
  return false;
}

function say(code: string, device: string, row: Row, notes: Notes): void {
  notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
}

/** `vioif0: words`, `panic: vioif0: words`, `vioif0 at virtio0: words`; NetBSD may put `autoconfiguration error: ` between. */
function behind(unit: string, words: string): RegExp {
  return new RegExp(`^(?:panic: )?(${unit})(?:: | (?=at ))(?:autoconfiguration error: )?(?:${words})`);
}
