// Reads: `info pci`: the PCI functions of the guest as QEMU has them; only Ethernet controllers are told of.
// Printed by: QEMU hw/pci/pci-hmp-cmds.c (monitor/hmp-cmds.c before 8.0) hmp_info_pci_device();
// fixtures/outputs/qemu-7.2/info-pci*.txt. Bus and device numbers are decimal.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { monitorCommand } from './monitor-command.ts';

const FUNCTION = /^\s{0,8}Bus {1,3}(\d{1,3}), device {1,3}(\d{1,2}), function (\d):$/;
const CLASS = /^\s{0,8}([A-Z][\w ()/-]{1,60}|Class \d{1,5}): PCI device ([0-9a-f]{4}):([0-9a-f]{4})$/;
const BAR = /^\s{0,8}BAR(\d): .{1,40} at 0x([0-9a-f]{1,16}) \[0x[0-9a-f]{1,16}\]\.$/;
const ID = /^\s{0,8}id "([^"]{0,80})"$/;
const REST =
  /^\s{0,8}(?:PCI subsystem [0-9a-f]{4}:[0-9a-f]{4}|IRQ \d{1,5}(?:, pin \w)?\.?|BUS \d{1,3}\.|(?:secondary|subordinate) bus \d{1,3}\.|(?:IO|memory|prefetchable memory) range \[0x[0-9a-f]{1,16}, 0x[0-9a-f]{1,16}\])$/;

export const infoPci: Parser = {
  kind: 'qemu/info-pci',
  title: 'QEMU info pci',
  side: 'host',
  commands: monitorCommand('info pci\\b'),
  begins:
    /^\s{0,8}(?:Bus {1,3}\d{1,3}, device {1,3}\d{1,2}, function \d:$|Ethernet controller: PCI device [0-9a-f]{4}:[0-9a-f]{4}$)/,
  continues:
    /^\s{0,8}(?:[A-Z][\w ()/-]{1,60}: PCI device |PCI subsystem |IRQ \d|BAR\d: |id "|BUS \d|\S{1,20} bus \d|[\w ]{2,20} range \[)/,
  read: readInfoPci,
};

function readInfoPci(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let address: string | undefined;
  let isEthernet = false;
  for (const row of rows) {
    const [, bus, device, fn] = FUNCTION.exec(row.text) ?? [];
    const [, deviceClass, vendor = '', product = ''] = CLASS.exec(row.text) ?? [];
    const [, bar, base = ''] = BAR.exec(row.text) ?? [];
    const qemuId = ID.exec(row.text)?.[1];
    if (bus !== undefined) {
      address = `${hex2(bus)}:${hex2(device)}.${fn}`;
      isEthernet = false;
    } else if (deviceClass !== undefined) {
      isEthernet = deviceClass === 'Ethernet controller';
      const says = { vendor: Number.parseInt(vendor, 16), product: Number.parseInt(product, 16) };
      if (isEthernet && address !== undefined) notes.say('pci', address, says, row);
    } else if (bar !== undefined) {
      if (isEthernet && address !== undefined) sayBar(address, bar, base, row, notes);
    } else if (qemuId !== undefined) {
      if (isEthernet && address !== undefined && qemuId) notes.say('pci', address, { qemuId }, row);
    } else if (!REST.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

function hex2(decimal: string | undefined): string {
  return Number(decimal).toString(16).padStart(2, '0');
}

/** All ones: the guest has not programmed it, so there is no address to tell. */
export function sayBar(address: string, bar: string, base: string, row: Row, notes: Notes): void {
  const value = Number.parseInt(base, 16);
  const isTold = bar === '0' || bar === '1' || bar === '4';
  if (isTold && Number.isSafeInteger(value)) notes.say('pci', address, { [`bar${bar}`]: value }, row);
}
