// Reads: `virtioM at ...`, `vioN at virtioM...` in all their forms, and the interrupt mode line `virtioM: msix per-VQ`.
// Printed by: sys/dev/pci/virtio_pci.c (1.1 to 1.52), sys/dev/fdt/virtio_mmio.c (1.10), sys/dev/pv/if_vio.c (1.72; 1.81 adds mtu).
// Fixtures: fixtures/outputs/openbsd-{5.6,6.5,6.8,7.3,7.6,7.8}/dmesg*.txt.

import type { Row } from '../../model/line.ts';
import type { InterruptMode } from '../../model/sighting.ts';
import type { Notes } from '../reading.ts';
import { type LastBoot, NETWORK_PRODUCTS, type Vio } from './dmesg-boots.ts';
import { findMessage } from './dmesg-messages.ts';

const ON_PCI =
  /^(virtio\d{1,3}) at (pci\d{1,3}) dev (\d{1,2}) function (\d) (?:"([^"]{1,60})"|vendor "[^"]{1,40}", unknown product 0x[\da-f]{4}(?: \([^)]{0,80})?) rev 0x([\da-f]{2})/;
const ON_BOARD = /^(virtio\d{1,3}) at ([a-z]{3,12}\d{1,3}): Virtio [\w -]{2,40} Device$/;
// A PCI function that virtio(4) itself did not take: before 6.6 it knew no virtio 1.x product.
const UNTAKEN =
  /^(?:"Qumranet Virtio (?:1\.x )?Network" rev 0x[\da-f]{2}|vendor "Qumranet", unknown product (0x[\da-f]{4})\b.{0,100}) at (pci\d{1,3}) dev (\d{1,2}) function (\d) not configured$/;
const VIO = /^(vio\d{1,3}) at (virtio\d{1,3})(?!\d)(.{0,400})$/;
const ADDRESS =
  /^: (?:(\d{1,3}) queues?, ?)?address(?:$| (?:([\da-fA-F]{2}(?::[\da-fA-F]{2}){5})\b(?:, mtu (\d{2,5}))?)?)/;
const UKC = /:? ?Ring(?:EventIdx|IndirectDesc) disabled by UKC/g;
const MODE =
  /^(virtio\d{1,3}): (msix per-VQ|msix shared|msix|msi|apic \d{1,3} int \d{1,3}|irq \d{1,3})(?=$|\s{2}|\s[#<(])/;

export const VIRTIO_ROWS: readonly RegExp[] = [
  /^virtio\d{1,3} at pci\d{1,3} dev \d{1,2} function \d (?:"|vendor ")/,
  ON_BOARD,
  /^vio\d{1,3} at virtio\d{1,3}(?:virtio\d{1,3}: .{1,80}|(?::? ?Ring(?:EventIdx|IndirectDesc) disabled by UKC){0,4}(?:: (?:\d{1,3} queues?, ?)?(?:address(?: [\da-fA-FxX*:.-]{0,16}$| [\da-fA-F:]{17}.{0,200}|$)|$)|$))/,
  /^vio\d{1,3} at virtio\d{1,3}: (?:\d{1,3} queues?, )?address (?:[xX*]{1,20}|<)/,
  /^vio\d{1,3} at virtio\d{1,3}: child already attached/,
  /^RingIndirectDesc disabled by UKC$/,
  MODE,
];

export function sayVirtio(row: Row, boot: LastBoot, notes: Notes): boolean {
  return (
    sayOnPci(row, boot, notes) ||
    sayOnBoard(row, boot, notes) ||
    sayUntaken(row, boot, notes) ||
    sayVio(row, boot, notes) ||
    sayRest(row, boot, notes)
  );
}

function sayOnPci(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, bus, device, slot, name = '', revision] = ON_PCI.exec(row.text) ?? [];
  if (!unit || !bus) return false;
  const pci = pciId(bus, device, slot, boot);
  // Revision 1: virtio 1.x only; 0: legacy or transitional, named so in virtio 1.2, 4.1.2.1.
  const modern = revision === '01' || name.includes('1.x');
  const type = boot.types.get(unit);
  notes.say('virtio', unit, { type, bus: `${bus} dev ${device} function ${slot}`, pci, modern }, row);
  sayGlued(row, row.text.slice(ON_PCI.exec(row.text)?.[0].length), unit, notes);
  return true;
}

function sayOnBoard(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, bus] = ON_BOARD.exec(row.text) ?? [];
  if (!unit) return false;
  notes.say('virtio', unit, { type: boot.types.get(unit), bus }, row);
  return true;
}

/** Named by its PCI function, because the kernel gave it no unit. */
function sayUntaken(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, product, bus, device, slot] = UNTAKEN.exec(row.text) ?? [];
  if (!bus || (product !== undefined && !NETWORK_PRODUCTS.has(product))) return false;
  const place = `${bus} dev ${device} function ${slot}`;
  const pci = pciId(bus, device, slot, boot);
  const id = pci ?? place;
  notes.say('virtio', id, { type: 'network', bus: place, pci }, row);
  const code = 'no-child-driver';
  notes.say('message', `${code} ${id}`, { code, device: id, text: row.text }, row);
  return true;
}

function sayVio(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, vio, virtio, tail = ''] = VIO.exec(row.text) ?? [];
  if (!vio || !virtio) return false;
  boot.lastChild = { vio, virtio };
  if (sayGlued(row, tail, virtio, notes)) {
    notes.say('virtio', virtio, { type: 'network' }, row);
    return true;
  }
  if (!sayAttached(tail, boot.lastChild, row, notes)) notes.missed(row);
  return true;
}

/** What stands on rows of its own because the kernel put a line break into the attach line, or printed it at a later `up`. */
function sayRest(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, child, virtio] = /^([a-z]{2,12}\d{1,3}) at (virtio\d{1,3})(?!\d)/.exec(row.text) ?? [];
  if (child && virtio) boot.lastChild = { vio: child, virtio };
  const isRest =
    /^RingIndirectDesc disabled by UKC|^: (?:\d{1,3} queues?, )?address |^:? ?RingEventIdx /.test(row.text);
  if (!isRest) return false;
  const owner = ownerOf(boot);
  return owner === undefined ? true : sayAttached(row.text, owner, row, notes);
}

/** With one vio(4) it can be no other's: only network drivers set the device up anew after boot. */
function ownerOf(boot: LastBoot): Vio | undefined {
  if (boot.lastChild && /^vio\d/.test(boot.lastChild.vio)) return boot.lastChild;
  if (boot.vios.size !== 1) return undefined;
  const virtio = [...boot.children].find(([, child]) => boot.vios.has(child))?.[0];
  const vio = [...boot.vios][0];
  return virtio && vio ? { vio, virtio } : undefined;
}

function sayAttached(tail: string, { vio, virtio }: Vio, row: Row, notes: Notes): boolean {
  const rest = tail.replace(UKC, '');
  const address = ADDRESS.exec(rest);
  const isCut = /^(?::(?: \d{1,3} queues?,?)?)?$/.test(rest);
  if (!address && !isCut && rest !== '') return false;
  const isEventIdxOff = tail.includes('RingEventIdx disabled by UKC');
  const says = {
    type: 'network',
    child: vio,
    // Nothing between unit and address: the text was not printed.
    eventIdxOff: isEventIdxOff ? true : address ? false : undefined,
    indirectOff: tail.includes('RingIndirectDesc disabled by UKC') || undefined,
  };
  notes.say('virtio', virtio, says, row);
  const [, queues, mac, mtu] = address ?? [];
  const nic = {
    attached: address ? true : undefined,
    driver: 'vio',
    device: virtio,
    queues: queues === undefined ? undefined : Number(queues),
    mac: mac?.toLowerCase(),
    maxMtu: mtu === undefined ? undefined : Number(mtu),
  };
  notes.say('interface', vio, nic, row);
  return true;
}

/** The line belongs to virtioM; seen to be a disk's or the entropy device's, it says nothing of a NIC. */
export function sayInterrupt(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, words] = MODE.exec(row.text) ?? [];
  if (!unit || !words) return false;
  const child = boot.children.get(unit);
  const type = boot.types.get(unit);
  const interrupt = interruptMode(words);
  const isOther = child === undefined ? type !== undefined && type !== 'network' : !/^vio\d/.test(child);
  if (isOther || !interrupt) return true;
  notes.say('virtio', unit, { interrupt }, row);
  if (child) notes.say('interface', child, { interrupt }, row);
  return true;
}

export function interruptMode(words: string): InterruptMode | undefined {
  if (words === 'msix per-VQ') return 'msix-per-vq';
  if (words === 'msix shared') return 'msix-shared';
  if (words === 'msix' || words === 'msi') return words;
  return /^(?:apic|irq) /.test(words) ? 'intx' : undefined;
}

/** An attach that fails prints its reason behind the unfinished line: `vio0 at virtio0virtio0: Feature negotiation failed`. */
function sayGlued(row: Row, tail: string, device: string, notes: Notes): boolean {
  const found = findMessage(tail);
  if (!found) return false;
  const { code, text } = found;
  notes.say('message', `${code} ${device}`, { code, device, text }, row);
  return true;
}

function pciId(bus: string, device = '', slot = '', boot: LastBoot): string | undefined {
  const number = boot.buses.get(bus);
  if (number === undefined) return undefined;
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  return `${hex(number)}:${hex(Number(device))}.${slot}`;
}
