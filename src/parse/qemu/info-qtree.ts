// Reads: `info qtree` (whole, or a part that holds a NIC): the properties of virtio-net, e1000, e1000e and vmxnet3 devices.
// Printed by: QEMU softmmu/qdev-monitor.c qdev_print() and hw/pci/pci.c pcibus_dev_print(), all releases;
// fixtures/outputs/qemu-7.2/info-qtree*.txt. Properties are what is offered, not what the guest negotiated.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { sayBar } from './info-pci.ts';
import { monitorCommand } from './monitor-command.ts';

const DEVICE = /^\s{0,40}dev: ([\w.,-]{1,60}), id "([^"]{0,80})"$/;
const NIC = /^(?:virtio-net-pci(?:-non-transitional|-transitional)?|e1000e?|e1000-\w{1,10}|vmxnet3)$/;
const PROPERTY = /^\s{0,40}([\w.[\]-]{1,60}) = (.{0,300})$/;
const CLASS =
  /^\s{0,40}class [\w ()/-]{1,60}, addr ([0-9a-f]{2}:[0-9a-f]{2}\.\d), pci id ([0-9a-f]{4}):([0-9a-f]{4})/;
const BAR = /^\s{0,40}bar (\d): (?:mem|i\/o) at 0x([0-9a-f]{1,16}) \[/;
const REST =
  /^\s{0,40}(?:bus: [\w.-]{1,60}|type [\w-]{1,60}|(?:gpio-|mmio |irq |isa |clock-|class ).{0,200})$/;

export const infoQtree: Parser = {
  kind: 'qemu/info-qtree',
  title: 'QEMU info qtree',
  side: 'host',
  commands: monitorCommand('info qtree\\b'),
  begins: /^(?:bus: main-system-bus|\s{0,40}dev: [\w.,-]{1,60}, id "[^"]{0,80}")$/,
  continues:
    /^\s{0,40}(?:[\w.[\]-]{1,60} = .{0,300}|bus: [\w.-]{1,60}|type [\w-]{1,60}|class .{1,100} pci id .{1,60}|bar \d: .{1,100}|(?:gpio-|mmio |irq |isa |clock-).{0,200})$/,
  read: readInfoQtree,
};

type Device = { id: string; qemuId: string; row: Row; isVirtio: boolean; address?: string };

function readInfoQtree(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const nameless = rows.filter(({ text }) => {
    const [, type = '', id] = DEVICE.exec(text) ?? [];
    return id === '' && NIC.test(type);
  });
  let current: Device | undefined;
  for (const row of rows) {
    const [, type, qemuId = ''] = DEVICE.exec(row.text) ?? [];
    if (type === 'virtio-net-device' && current?.isVirtio) continue;
    if (type !== undefined) {
      current = undefined;
      // Several devices without an id cannot be told from each other by it.
      if (!NIC.test(type) || (qemuId === '' && nameless.length > 1)) continue;
      current = { id: qemuId, qemuId, row, isVirtio: type.startsWith('virtio') };
      notes.say('qemuNic', qemuId, { model: type }, row);
    } else readDetail(current, row, notes);
  }
  return notes.done();
}

function readDetail(device: Device | undefined, row: Row, notes: Notes): void {
  const [, property = '', value = ''] = PROPERTY.exec(row.text) ?? [];
  const [, address, vendor = '', product = ''] = CLASS.exec(row.text) ?? [];
  const [, bar, base = ''] = BAR.exec(row.text) ?? [];
  if (address !== undefined) {
    if (!device) return;
    device.address = address;
    notes.say('qemuNic', device.id, { pci: address }, row);
    if (device.qemuId) notes.say('pci', address, { qemuId: device.qemuId }, device.row);
    const says = { vendor: Number.parseInt(vendor, 16), product: Number.parseInt(product, 16) };
    notes.say('pci', address, says, row);
  } else if (bar !== undefined) {
    if (device?.address) sayBar(device.address, bar, base, row, notes);
  } else if (property !== '') {
    const says = device && readProperty(property, value, device.isVirtio);
    if (device && says) notes.say('qemuNic', device.id, says, row);
  } else if (!REST.test(row.text)) notes.missed(row);
}

function readProperty(name: string, value: string, isVirtio: boolean) {
  const mac = /^"((?:[0-9a-f]{2}:){5}[0-9a-f]{2})"$/i.exec(value)?.[1]?.toLowerCase();
  // What it was started with: `info network` shows the one that the guest has set since.
  if (name === 'mac' && mac !== undefined) return { configuredMac: mac };
  if (!isVirtio) return undefined;
  const count = /^(\d{1,5}) \(0x/.exec(value)?.[1];
  if (name === 'vectors' && count !== undefined) return { vectors: Number(count) };
  if (value !== 'true' && value !== 'false') return undefined;
  const isOn = value === 'true';
  if (name === 'event_idx') return { eventIdx: isOn };
  if (name === 'csum') return { checksum: isOn };
  return name === 'host_tso4' ? { tso: isOn } : undefined;
}
