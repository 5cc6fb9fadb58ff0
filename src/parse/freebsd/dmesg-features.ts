// Reads: `virtio_pci0: negotiated features: 0x... <A,B>` and `virtio_pci0: using per VQ MSIX interrupts`, printed by a verbose boot (DragonFly: always).
// Printed by: sys/dev/virtio/virtio.c virtio_describe(), sys/dev/virtio/pci/virtio_pci.c (9.0: `per virtqueue MSIX`; to 15).
// Fixtures: fixtures/outputs/freebsd-8.3/dmesg-vtnet.txt, freebsd-12.1/dmesg-verbose.txt, dragonfly-6.4/dmesg.txt.

import type { Row } from '../../model/line.ts';
import type { InterruptMode } from '../../model/sighting.ts';
import type { Notes } from '../reading.ts';
import { featuresOfMask } from '../virtio-features.ts';
import { isOtherDevice, type LastBoot, nameOf } from './dmesg-boots.ts';

/** The number counts; the names differ between releases, and a copy often cuts them. */
const FEATURES = /^(virtio_(?:pci|mmio)\d{1,3}): (host|negotiated) features: (0x[\da-f]{1,16}|0)(?:\s|$)/;
const NETWORK_NAMES = /[<,](?:MAC|MacAddress|[TR]xChecksum|MrgRxBuf|CtrlVq|ControlVq)\b/;
const MODE =
  /^(virtio_pci\d{1,3}): using (per VQ MSIX|per virtqueue MSIX|shared MSIX|shared virt?queue MSIX|MSI|legacy)(?: interrupts?)?$/;
const ASKED = /^virtio_pci\d{1,3}: (?:attempting to allocate \d{1,4} MSI-X vectors|using IRQs? \d)/;

export const FEATURE_ROWS: readonly RegExp[] = [FEATURES, MODE, ASKED];

export function sayFeatures(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, whose, mask] = FEATURES.exec(row.text) ?? [];
  if (!unit || mask === undefined) return ASKED.test(row.text);
  // Bits below 24 mean other things in a disk.
  if (isOtherDevice(unit, boot) || !(boot.types.has(unit) || NETWORK_NAMES.test(row.text))) return true;
  const features = featuresOfMask(BigInt(mask));
  notes.say('virtio', unit, whose === 'host' ? { hostFeatures: features } : { features }, row);
  return true;
}

export function sayInterrupts(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, words = ''] = MODE.exec(row.text) ?? [];
  if (!unit) return false;
  if (isOtherDevice(unit, boot)) return true;
  const interrupt = modeOf(words);
  notes.say('virtio', unit, { interrupt }, row);
  const child = boot.children.get(unit);
  if (child) notes.say('interface', nameOf(child, boot), { interrupt }, row);
  return true;
}

function modeOf(words: string): InterruptMode {
  if (words.startsWith('per ')) return 'msix-per-vq';
  if (words.startsWith('shared ')) return 'msix-shared';
  return words === 'MSI' ? 'msi' : 'intx';
}
