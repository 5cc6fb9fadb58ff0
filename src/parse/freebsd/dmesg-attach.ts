// Reads: the attach block of a NIC: PCI line, `vtnet0: <VirtIO Networking Adapter> on virtio_pci0`, address, netmap slots; NICs of other makes.
// Printed by: sys/dev/virtio/pci/virtio_pci*.c, mmio/virtio_mmio.c, network/if_vtnet.c, sys/net/if_ethersubr.c, sys/dev/netmap/netmap.c
// (8.x to 15; DragonFly sys/net/if_ethersubr.c: `MAC address:`). Fixtures: fixtures/outputs/freebsd-{8.3,12.1,13}/dmesg*.txt, dragonfly-6.4/dmesg.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { type LastBoot, nameOf } from './dmesg-boots.ts';

/** Behind the words stand ranges of registers; a message of another part of the kernel may have come in between. */
const PCI = /^(virtio_pci\d{1,3}): <VirtIO PCI (?:\((legacy|modern)\) )?([A-Z0-9][\w -]{1,40}?) [aA]dapter>/;
const PLACE = / at device (\d{1,2})\.(\d) on (pci\d{1,3})$/;
const MMIO = /^(virtio_mmio\d{1,3}): <VirtIO MMIO adapter>/;
const VTNET = /^([a-z]{2,12}\d{1,3}): <VirtIO Networking Adapter> on (virtio_(?:pci|mmio)\d{1,3})$/;
const MAC_ADDRESS =
  /^([a-z]{2,12}\d{1,3}): (?:bus=\d{1,3}, device=\d{1,2}, func=\d, )?(?:Ethernet|MAC) address:? (\S{1,40})$/;
const SLOTS = /^([a-z]\w{1,15}): netmap queues\/slots: TX (\d{1,4})\/\d{1,6}, RX (\d{1,4})\/\d{1,6}$/;
const NETMAP_ATTACH = /^\d{3,}\.\d{6} \[ {0,4}\d{1,5}\] \w{2,20}_netmap_attach\s/;
const DRIVERS =
  'em|igb|igc|ix|ixv|ixl|iavf|re|rl|rge|vmx|hn|xn|mn|bge|bce|fxp|dc|pcn|le|ed|nfe|ale|msk|cxl|mce|mlxen|ena|gve';
const NIC = new RegExp(
  `^((${DRIVERS})\\d{1,3}): <([^<>]{2,120})> (?:port |mem |at |on )(?:.{0,240} )?(?:on |at )\\w{2,16}(?: numa-domain \\d)?$`,
);
/** A card that no driver took; its maker is printed by `boot -v` and pciconf only. sys/dev/pci/pci.c pci_probe_nomatch() */
const UNCLAIMED =
  /^(pci\d{1,3}): <network(?:, ethernet)?>(?: \(vendor 0x([\da-f]{4}), dev 0x([\da-f]{4})\))? at device (\d{1,2})\.(\d)(?: irq \d{1,3})?(?: on pci\d{1,3})?(?: \(no driver attached\))?$/;

export const ATTACH_ROWS: readonly RegExp[] = [
  PCI,
  MMIO,
  VTNET,
  /^vtnet\d{1,3}: (?:Ethernet|MAC) address: /,
  SLOTS,
  NETMAP_ATTACH,
  NIC,
  UNCLAIMED,
];

export function sayAttach(row: Row, boot: LastBoot, notes: Notes): boolean {
  return (
    sayDevice(row, boot, notes) ||
    sayVtnet(row, boot, notes) ||
    sayAddress(row, boot, notes) ||
    sayOtherNic(row, boot, notes) ||
    sayUnclaimed(row, notes)
  );
}

function sayDevice(row: Row, boot: LastBoot, notes: Notes): boolean {
  const mmio = MMIO.exec(row.text)?.[1];
  if (mmio) {
    notes.say('virtio', mmio, { type: boot.types.get(mmio), bus: 'mmio' }, row);
    return true;
  }
  const [, unit, generation] = PCI.exec(row.text) ?? [];
  if (!unit) return false;
  const [, device = '', slot, bus] = PLACE.exec(row.text) ?? [];
  const says = {
    type: boot.types.get(unit),
    modern: generation === 'modern',
    bus: bus && `${bus} device ${device}.${slot}`,
    // Only the first bus surely has the number of its unit.
    pci: bus === 'pci0' ? pciId(device, slot) : undefined,
  };
  notes.say('virtio', unit, says, row);
  return true;
}

/** The child's name is the driver's: `em0` in Junos is virtio all the same. */
function sayVtnet(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, device] = VTNET.exec(row.text) ?? [];
  if (!unit || !device) return false;
  const name = nameOf(unit, boot);
  notes.say('virtio', device, { type: 'network', child: name }, row);
  const says = { attached: true, driver: 'vtnet', device, ...(name !== unit && { renamedFrom: unit }) };
  notes.say('interface', name, says, row);
  return true;
}

/** Collectors put `...`, `XXX` or the like in place of an address: such a one is unknown. */
function sayAddress(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, given = ''] = MAC_ADDRESS.exec(row.text) ?? [];
  if (unit) {
    const mac = /^(?:[\da-f]{2}:){5}[\da-f]{2}$/i.test(given) ? given.toLowerCase() : undefined;
    if (mac) notes.say('interface', nameOf(unit, boot), { mac }, row);
    return true;
  }
  const [, name, pairs] = SLOTS.exec(row.text) ?? [];
  if (name) {
    notes.say('interface', nameOf(name, boot), { queuesPossible: Number(pairs) }, row);
    return true;
  }
  return NETMAP_ATTACH.test(row.text);
}

function sayOtherNic(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, driver, model] = NIC.exec(row.text) ?? [];
  if (!unit) return false;
  const name = nameOf(unit, boot);
  const says = { attached: true, driver, model, ...(name !== unit && { renamedFrom: unit }) };
  notes.say('interface', name, says, row);
  return true;
}

/** `boot -v` and DragonFly name the maker in the row itself. */
function sayUnclaimed(row: Row, notes: Notes): boolean {
  const [, bus, vendor, product, device = '', slot] = UNCLAIMED.exec(row.text) ?? [];
  if (!bus) return false;
  const id = bus === 'pci0' ? pciId(device, slot) : `${bus} device ${device}.${slot}`;
  const ids =
    vendor && product ? { vendor: Number.parseInt(vendor, 16), product: Number.parseInt(product, 16) } : {};
  notes.say('pci', id, { ...ids, ...(vendor && { driver: 'none' }) }, row);
  const code = vendor ? 'no-child-driver' : 'card-unclaimed';
  notes.say('message', `${code} ${id}`, { code, device: id, text: row.text }, row);
  return true;
}

function pciId(device: string, slot = ''): string {
  return `00:${Number(device).toString(16).padStart(2, '0')}.${slot}`;
}
