// Reads: `virtioM at ...`, `vioifN at virtioM: features: ...` and how virtioM interrupts.
// Printed by: sys/dev/pci/virtio.c, virtio_pci.c (1.37), if_vioif.c; sys/dev/virtio/virtio_mmio.c. The feature line came with 8, was
// capitalised until 9; 6 and 7 put the MAC into the attach line. Fixtures: fixtures/outputs/netbsd-{7.2,9.3,10.1,11}/dmesg*.txt.

import type { Row } from '../../model/line.ts';
import type { InterruptMode } from '../../model/sighting.ts';
import type { Notes } from '../reading.ts';
import { featuresOfMask } from '../virtio-features.ts';
import type { LastBoot } from './dmesg-boots.ts';
import { sayMessage } from './dmesg-messages.ts';

const MAC = '(?:[\\da-fA-F]{2}:){5}[\\da-fA-F]{2}';
const ON_PCI =
  /^(virtio\d{1,3}) at (pci\d{1,3}) dev (\d{1,2}) function (\d)(?:: unknown revision 0x[\da-f]{2}; giving up)?$/;
/** `at mainbus0 addr 0xff01fe00`, `at simplebus0`, `at acpi0 (VR05, LNRO0005-5): mem ...`. */
const ON_BOARD = /^(virtio\d{1,3}) at (?!pci)([a-z]{3,12}\d{1,3}(?: addr 0x[\da-f]{1,16})?)(?: \(.{1,80})?$/;
const TYPE =
  /^(virtio\d{1,3}): (?:Virtio )?[\w ()-]{2,40} [Dd]evice \((?:id \d{1,3}, )?rev\. 0x([\da-f]{2})\)$/;
const VIOIF = new RegExp(
  `^(vioif\\d{1,3}) at (virtio\\d{1,3})(?:: (?:[Ff]eatures: (0x[\\da-f]{1,16})(?:<[\\w,]{0,300}>?)?|Ethernet address (${MAC}|\\S{1,17})))?$`,
);
/** An attach that fails prints its reason behind the unfinished line, and goes on with `: features: 0` in the next one. */
const GLUED = /^(vioif\d{1,3}) at (virtio\d{1,3})(?=virtio\d{1,3}: )/;
/** A PCI function that virtio(4) did not take: up to 9 it knew no virtio 1.x product. */
const UNTAKEN =
  /^(?:vendor (?:0x)?1af4 product (?:0x)?(1000|1041)|Qumranet Virtio (?:1\.[0x] )?[Nn]etwork)(?: \(.{1,60}\))? at (pci\d{1,3}) dev (\d{1,2}) function (\d) not configured$/;
const OTHER_CHILD =
  /^(?!vioif)[a-z\d]{2,12}\d{1,3} at virtio\d{1,3}: [Ff]eatures: 0x[\da-f]{1,16}(?:<[\w,]{0,300}>?)?$/;
const ADDRESS = new RegExp(`^(vioif\\d{1,3}): Ethernet address (?:(${MAC})$|\\S{1,20}$)`);
const INTERRUPT = /^(virtio\d{1,3}): (?:(config|queues|for vq #\d{1,3}) )?interrupting (?:at|on) \S.{0,80}$/;
const QUEUE =
  /^(virtio\d{1,3}): allocated \d{1,9} byte for virtqueue \d{1,3} for (?:rx(\d{1,3})|\S.{0,30}), size \d{1,6}$/;
const INDIRECT = /^virtio\d{1,3}: using \d{1,9} byte \(\d{1,9} entries\) indirect descriptors$/;
const MMIO = /^virtio\d{1,3}: VirtIO-MMIO-v\d{1,2}$/;

export const VIRTIO_ROWS: readonly RegExp[] = [
  ON_PCI,
  ON_BOARD,
  TYPE,
  VIOIF,
  GLUED,
  UNTAKEN,
  OTHER_CHILD,
  ADDRESS,
  INTERRUPT,
  QUEUE,
  INDIRECT,
  MMIO,
];

export function sayVirtio(row: Row, boot: LastBoot, notes: Notes): boolean {
  return (
    sayPlace(row, boot, notes) ||
    sayType(row, boot, notes) ||
    sayUntaken(row, boot, notes) ||
    sayGlued(row, notes) ||
    sayVioif(row, notes) ||
    sayInterrupt(row, boot, notes) ||
    sayQueue(row, boot, notes)
  );
}

function sayPlace(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, bus, device, slot] = ON_PCI.exec(row.text) ?? [];
  if (unit && bus) {
    const pci = pciId(boot.buses.get(bus), device, slot);
    const type = boot.types.get(unit);
    notes.say('virtio', unit, { type, bus: `${bus} dev ${device} function ${slot}`, pci }, row);
    // What follows on the line is a message.
    return row.text.endsWith(`function ${slot}`);
  }
  const [, board, place] = ON_BOARD.exec(row.text) ?? [];
  if (!board) return false;
  notes.say('virtio', board, { type: boot.types.get(board), bus: place }, row);
  return true;
}

/** Revision 1 has virtio 1.x alone, 0 is legacy or transitional: virtio 1.2, 4.1.2.1; NetBSD drives it as legacy. */
function sayType(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, revision] = TYPE.exec(row.text) ?? [];
  if (!unit) return false;
  notes.say('virtio', unit, { type: boot.types.get(unit), modern: revision === '01' }, row);
  return true;
}

function sayVioif(row: Row, notes: Notes): boolean {
  const [, named, address] = ADDRESS.exec(row.text) ?? [];
  if (named) {
    notes.say('interface', named, { driver: 'vioif', mac: address?.toLowerCase() }, row);
    return true;
  }
  const [, vioif, virtio, mask, mac] = VIOIF.exec(row.text) ?? [];
  if (!vioif || !virtio) return false;
  // No feature at all is what is left of a negotiation that failed.
  const isRefused = mask !== undefined && /^0x0+$/.test(mask);
  const features = mask === undefined || isRefused ? undefined : featuresOfMask(BigInt(mask));
  notes.say('virtio', virtio, { type: 'network', child: vioif, features }, row);
  const attached = isRefused ? undefined : true;
  const told = mac !== undefined && new RegExp(`^${MAC}$`).test(mac) ? mac.toLowerCase() : undefined;
  notes.say('interface', vioif, { attached, driver: 'vioif', device: virtio, mac: told }, row);
  return true;
}

/** Named by its PCI function, because the kernel gave it no unit. */
function sayUntaken(row: Row, boot: LastBoot, notes: Notes): boolean {
  const untaken = UNTAKEN.exec(row.text);
  if (!untaken) return false;
  const [, product, bus = '', device, slot] = untaken;
  const place = `${bus} dev ${device} function ${slot}`;
  const pci = pciId(boot.buses.get(bus), device, slot);
  const id = pci ?? place;
  const modern = product === undefined ? undefined : product === '1041';
  notes.say('virtio', id, { type: 'network', bus: place, pci, modern }, row);
  notes.say('message', `no-child-driver ${id}`, { code: 'no-child-driver', device: id, text: row.text }, row);
  return true;
}

function sayGlued(row: Row, notes: Notes): boolean {
  const [head = '', vioif, virtio] = GLUED.exec(row.text) ?? [];
  if (!vioif || !virtio) return false;
  notes.say('virtio', virtio, { type: 'network', child: vioif }, row);
  notes.say('interface', vioif, { driver: 'vioif', device: virtio }, row);
  if (!sayMessage({ ...row, text: row.text.slice(head.length) }, notes)) notes.missed(row);
  return true;
}

/** `config` and `queues` are two vectors; without a word it is INTx, or the line of the MMIO transport. */
function sayInterrupt(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, what] = INTERRUPT.exec(row.text) ?? [];
  if (!unit) return false;
  const interrupt: InterruptMode | undefined =
    what === undefined
      ? 'intx'
      : what === 'queues'
        ? 'msix-shared'
        : what === 'config'
          ? undefined
          : 'msix-per-vq';
  const child = boot.children.get(unit);
  if (!interrupt || !isNetwork(unit, boot)) return true;
  notes.say('virtio', unit, { interrupt }, row);
  if (child) notes.say('interface', child, { interrupt }, row);
  return true;
}

function sayQueue(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, pair] = QUEUE.exec(row.text) ?? [];
  if (!unit) return false;
  const child = boot.children.get(unit);
  if (pair !== undefined && child && isNetwork(unit, boot))
    notes.say('interface', child, { queues: Number(pair) + 1 }, row);
  return true;
}

function isNetwork(unit: string, boot: LastBoot): boolean {
  const child = boot.children.get(unit);
  return child === undefined ? boot.types.get(unit) === 'network' : child.startsWith('vioif');
}

function pciId(bus: number | undefined, device = '', slot = ''): string | undefined {
  if (bus === undefined) return undefined;
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  return `${hex(bus)}:${hex(Number(device))}.${slot}`;
}
