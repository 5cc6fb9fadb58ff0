// Reads: what vio(4), virtio(4) and em(4) say when something fails, while attaching or later.
// Printed by: sys/dev/pci/virtio_pci.c, sys/dev/fdt/virtio_mmio.c, sys/dev/pv/{virtio,if_vio}.c, sys/dev/pci/if_em.c (5.3 to 7.8,
// -current of 2026). Fixtures: fixtures/outputs/openbsd-7.8/dmesg-messages.txt, openbsd-7.6/dmesg-apple-vz.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import type { LastBoot } from './dmesg-boots.ts';

type Kind = {
  readonly code: string;
  readonly text: RegExp;
  /** Other drivers print these words too: only behind the name of a virtio device. */
  readonly isCommon?: true;
  /** Only said while a device attaches. */
  readonly isAttaching?: true;
};

const VIRTIO: readonly Kind[] = [
  {
    code: 'unknown-revision',
    text: /unknown (?:revision 0x[\da-f]{2}|device prod 0x[\da-f]{4} rev 0x[\da-f]{2}); giving up/,
  },
  {
    code: 'bar-not-mapped',
    isCommon: true,
    text: /cap too large|can't map (?:bar \d{1,2}|(?:notify |devcfg |isr |common |config )?i\/o space)/,
  },
  {
    code: 'attach-failed',
    isCommon: true,
    text: /Cannot attach \(\d{1,4}\)|no register data|wrong magic value 0x[\da-f]{8}; giving up|unknown version 0x[\da-f]{2,8}; giving up/,
  },
  { code: 'no-child-driver', text: /no matching child driver; not configured/ },
  { code: 'configuration-failed', text: /virtio configuration failed/ },
  { code: 'msix-vector-failed', text: /couldn't establish msix interrupt|pci_intr_map_msix failed/ },
  { code: 'no-interrupt', isCommon: true, text: /couldn't (?:map|establish) interrupt/ },
  { code: 'feature-negotiation-failed', text: /Feature negotiation failed/ },
  { code: 'version-1-refused', text: /Host rejected Version_1/ },
  {
    code: 'vq-alloc-failed',
    isAttaching: true,
    text: /virtqueue not exist, index \d{1,5}|virtqueue \d{1,5} for \S{1,20} (?:allocation|map|dmamap creation|dmamap load) failed/,
  },
  { code: 'vq-not-empty', text: /freeing non-empty vq, index \d{1,5}/ },
  { code: 'vq-size-changed', text: /virtqueue size changed, vq index \d{1,5}/ },
  { code: 'vq-size-invalid', text: /vq_size not power of two/ },
  { code: 'child-already-attached', text: /child already attached for \S{1,20}; something wrong/ },
];

const VIO: readonly Kind[] = [
  { code: 'device-needs-reset', text: /device needs reset/ },
  { code: 'ctrl-queue-timeout', text: /ctrl queue timeout/ },
  // vio_ctrl_rx() sends 0 (promiscuous) and 1 (all multicast), vio_ctrl_mq() of 7.7 and later sends 0.
  { code: 'promisc-refused', text: /ctrl cmd 1 failed/ },
  { code: 'ctrl-command-failed', text: /ctrl cmd \d{1,5} failed/ },
  { code: 'ctrl-queue-busy', text: /control vq busy/ },
  { code: 'rx-filter-refused', text: /failed setting rx filter/ },
  { code: 'offload-refused', text: /offload features 0x[\da-f]{1,16} failed/ },
  { code: 'mq-interrupt-failed', text: /cannot alloc (?:config|ctrl|q\d{1,4}) intr: / },
  { code: 'tx-queue-sizes-differ', isAttaching: true, text: /inequal tx queue size / },
  {
    code: 'enqueue-error',
    text: /vio_start: .{0,60}|virtio_enqueue_(?:prep|reserve) failed\?|used_slots -?\d{1,9} viq_txfree_slots |enqueue_prep for [rt]x buffer/,
  },
  { code: 'mtu-not-supported', isAttaching: true, text: /mtu \d{1,5} not supported/ },
  {
    code: 'no-memory',
    isCommon: true,
    text: /unable to allocate (?:dma region|mem for dmamaps)|dmamap creation failed, error \d{1,5}/,
  },
];

const EM: readonly Kind[] = [
  {
    code: 'em-eeprom',
    text: /EEPROM read error while reading mac address|The EEPROM Checksum Is Not Valid/,
  },
  { code: 'em-no-hardware', text: /Unable to initialize the hardware/ },
  { code: 'em-watchdog', text: /watchdog: head \d{1,9} tail / },
  { code: 'em-rx-ring-empty', text: /unable to fill any rx descriptors/ },
];

const KINDS = [...VIRTIO, ...VIO, ...EM];
const ANY = new RegExp(KINDS.map(({ text }) => text.source).join('|'));
const NAMED = /(?:^|[^a-z])?((?:virtio|vio|em)\d{1,3})(?:\[\d{1,4}\])?: $/;
const NICS_OWN = [...VIO, ...VIRTIO].filter(({ isCommon }) => !isCommon);

/** Rows that no other output prints. What em(4) says, FreeBSD says alike: those only go on what has begun. */
export const MESSAGE_ROWS: readonly RegExp[] = [
  behind('(?:vio|virtio)\\d{1,3}(?:\\[\\d{1,4}\\])?: ', [...VIRTIO, ...VIO]),
  behind('(?:panic: )?(?=virtqueue |used_slots |virtio_enqueue_|vio_start: |inequal tx )', NICS_OWN),
];

export function sayMessage(row: Row, boot: LastBoot, notes: Notes): boolean {
  const found = findMessage(row.text);
  if (!found) return false;
  const device = found.device ?? unnamed(found.kind, boot);
  if (device === undefined) return false;
  const { code, text } = found;
  notes.say('message', device ? `${code} ${device}` : code, { code, device, text }, row);
  return true;
}

type Found = { kind: Kind; code: string; device: string | undefined; text: string };

/** A message in a row or in the rest of one: its code, who says it, and the words from the name on. */
export function findMessage(row: string): Found | undefined {
  if (!ANY.test(row)) return undefined;
  for (const kind of KINDS) {
    const match = kind.text.exec(row);
    if (!match) continue;
    const device = NAMED.exec(row.slice(0, match.index))?.[1];
    const from = device === undefined ? match.index : row.lastIndexOf(device, match.index);
    return { kind, code: kind.code, device, text: row.slice(from) };
  }
  return undefined;
}

/** No unit is named: it is the one that attaches, or the only one there is; '' when it could be several. */
function unnamed({ isCommon, isAttaching }: Kind, { vios, lastChild }: LastBoot): string | undefined {
  if (isCommon) return undefined;
  if (isAttaching && lastChild && vios.has(lastChild.vio)) return lastChild.vio;
  const [vio = ''] = vios;
  return vios.size === 1 ? vio : '';
}

function behind(head: string, kinds: readonly Kind[]): RegExp {
  return new RegExp(`^${head}(?:${kinds.map(({ text }) => text.source).join('|')})`);
}
