// Reads: the leaves of dev.virtio_pci.N: what the device is, where it sits, and (13 and later) the features offered and negotiated.
// Printed by: sys/dev/virtio/pci/virtio_pci.c vtpci_setup_sysctl(), sys/kern/subr_bus.c (%desc, %location, %pnpinfo, %parent).
// Fixtures: fixtures/outputs/freebsd-{12.1,14.1}/sysctl-*.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { featuresOfMask } from '../virtio-features.ts';

const LEAF = /^dev\.(virtio_(?:pci|mmio))\.(\d{1,4})\.([%\w]{1,40})$/;
const DESCRIPTION = /^VirtIO (?:PCI|MMIO)(?: \((legacy|modern)\))?(?: (.{1,40}))? adapter$/;
const SLOT = /(?:^| )dbsf=pci(\d{1,5}):(\d{1,3}):(\d{1,2}):(\d)\b/;

export function sayVirtioLeaf(name: string, value: string, row: Row, notes: Notes): void {
  const [, driver, unit, leaf] = LEAF.exec(name) ?? [];
  if (driver === undefined || unit === undefined) return;
  const device = `${driver}${unit}`;
  const [, generation, type] = (leaf === '%desc' && DESCRIPTION.exec(value)) || [];
  const modern = generation === undefined ? undefined : generation === 'modern';
  if (type !== undefined) notes.say('virtio', device, { type: type.toLowerCase(), modern }, row);
  const place = leaf === '%location' ? placeOf(value) : undefined;
  if (place !== undefined) notes.say('virtio', device, { pci: place }, row);
  const mask = /^(0x[\da-f]{1,16}|0)(?: <|$)/.exec(value)?.[1];
  if (mask === undefined) return;
  // The number counts: names differ between releases, and bits below 24 mean other things in a disk.
  if (leaf === 'host_features')
    notes.say('virtio', device, { hostFeatures: featuresOfMask(BigInt(mask)) }, row);
  if (leaf === 'negotiated_features')
    notes.say('virtio', device, { features: featuresOfMask(BigInt(mask)) }, row);
}

function placeOf(value: string): string | undefined {
  const [, domain, bus, slot, fn] = SLOT.exec(value) ?? [];
  if (bus === undefined) return undefined;
  const hex = (digits: string | undefined, width: number) => Number(digits).toString(16).padStart(width, '0');
  return `${domain === '0' ? '' : `${hex(domain, 4)}:`}${hex(bus, 2)}:${hex(slot, 2)}.${fn}`;
}
