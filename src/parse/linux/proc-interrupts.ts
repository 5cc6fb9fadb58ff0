// Reads: /proc/interrupts, whole or through grep: MSI-X per queue, shared, INTx, virtio-mmio; wrapped rows are put together.
// Printed by: the Linux kernel, kernel/irq/proc.c and drivers/virtio/virtio_pci_common.c (names); captured with 6.1, the chip texts of
// 6.12 (`PCI-MSIX-0000:00:12.0`) and of interrupt remapping written after the format. Fixtures: fixtures/outputs/linux-*/proc-interrupts*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { InterruptMode } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEADER = /^\s{0,60}CPU\d{1,4}(?:\s{1,40}CPU\d{1,4}){0,600}$/;
/** Number or short name, a count for each CPU, and what interrupts. */
const ROW =
  /^\s{0,10}(\d{1,5}|[A-Z][A-Za-z]{1,3}\d?):((?:\s{1,30}\d{1,12}){1,600})(?:\s{1,40}(\D.{0,300}))?$/;
/** Without its header a row is known by the chip or by what virtio devices are called. */
const OWN_ROW =
  /^\s{0,10}\d{1,5}:(?:\s{1,30}\d{1,12}){1,600}\s{1,40}(?:(?:IR-)?(?:PCI-MSIX?|IO-APIC|ITS-(?:PCI-)?MSIX?)\b|XT-PIC\s|GIC(?:v\d|-\d)?\s{1,20}\d|MSI \d{1,9} Edge)/;
const NAMES = /^\s{1,40}((?:virtio\d{1,3}(?:-[\w.-]{1,40})?)(?:, [\w.:-]{1,40}){0,10})$/;
const VIRTIO = /(?:^|[\s,])(virtio\d{1,3})(?:-(config|virtqueues|(?:in|out)put\.\d{1,4}))?(?=,|$)/;
/** Interrupt numbers of MSI hold the device: bus, device and function above the 11 bits of the entry. kernel: drivers/pci/msi/irqdomain.c */
const MSI_NUMBER = /^(?:IR-)?(?:PCI-|ITS-)?MSIX? {1,10}(\d{1,12})(?:-edge| Edge)/;
const MSI_NAME = /^(?:IR-)?(?:ITS-)?PCI-MSIX?-([\da-f]{4,8}):([\da-f]{2}:[\da-f]{2}\.[0-7])/;

export const procInterrupts: Parser = {
  kind: 'linux/interrupts',
  title: 'Linux /proc/interrupts',
  commands: /^(?:(?:cat|less|more|head|tail)\b.{0,60}|[ef]?grep\b.{0,200}) ?\/proc\/interrupts\b/,
  begins: new RegExp(`${HEADER.source}|${OWN_ROW.source}`),
  continues: new RegExp(`${ROW.source}|${NAMES.source}`),
  top: HEADER,
  read: readInterrupts,
};

type Device = { modes: Map<InterruptMode, Row>; pci?: { id: string; row: Row }; isNetwork?: Row; sums: Sums };
type Sums = Map<string, { value: number; row: Row }>;

function readInterrupts(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const devices = new Map<string, Device>();
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of joinWrapped(rows)) {
    const [, number, counts, what = ''] = ROW.exec(row.text) ?? [];
    if (HEADER.test(row.text)) sayCpus(row, notes);
    else if (number === undefined || counts === undefined) notes.missed(row);
    else if (/^\d/.test(number)) readRow(counts, what, row, devices);
  }
  for (const [name, device] of devices) sayDevice(name, device, notes);
  return notes.done(devices.size > 0 ? 'guest' : undefined);
}

function sayCpus(row: Row, notes: Notes): void {
  notes.say('system', '', { cpus: row.text.trim().split(/\s+/).length }, row);
}

/** A row whose name stands alone in the next one. */
function joinWrapped(rows: readonly Row[]): Row[] {
  const joined: Row[] = [];
  for (const row of rows) {
    const before = joined.at(-1);
    if (before && NAMES.test(row.text) && ROW.test(before.text) && !VIRTIO.test(before.text))
      joined[joined.length - 1] = {
        text: `${before.text} ${row.text.trim()}`,
        at: [...before.at, ...row.at],
      };
    else joined.push(row);
  }
  return joined;
}

function readRow(counts: string, what: string, row: Row, devices: Map<string, Device>): void {
  const [, name, use] = VIRTIO.exec(what) ?? [];
  if (name === undefined) return;
  const device: Device = devices.get(name) ?? { modes: new Map(), sums: new Map() };
  devices.set(name, device);
  const count = counts
    .trim()
    .split(/\s+/)
    .reduce((sum, each) => sum + Number(each), 0);
  const isMsi = /\bMSI/.test(what);
  const pci = pciOf(what);
  if (pci !== undefined) device.pci ??= { id: pci, row };
  if (use?.includes('put.')) device.isNetwork ??= row;
  const mode = use === undefined ? (isMsi ? undefined : 'intx') : modeOf(use);
  if (mode) device.modes.set(mode, row);
  add(device.sums, countsOf(use), count, row);
}

/** `virtio0-config` alone, as grep may leave it, does not tell how the queues interrupt. */
function modeOf(use: string): InterruptMode | undefined {
  if (use === 'config') return undefined;
  return use === 'virtqueues' ? 'msix-shared' : 'msix-per-vq';
}

function countsOf(use: string | undefined): string {
  if (use === 'config') return 'config-interrupts';
  if (use?.startsWith('input.')) return 'rx-interrupts';
  return use?.startsWith('output.') ? 'tx-interrupts' : 'queue-interrupts';
}

function add(sums: Sums, counts: string, value: number, row: Row): void {
  const before = sums.get(counts);
  sums.set(counts, { value: (before?.value ?? 0) + value, row: before?.row ?? row });
}

function pciOf(what: string): string | undefined {
  const [, domain, place] = MSI_NAME.exec(what) ?? [];
  if (domain !== undefined && place !== undefined) return /^0+$/.test(domain) ? place : `${domain}:${place}`;
  const number = Number(MSI_NUMBER.exec(what)?.[1] ?? 0);
  const address = Math.floor(number / 2 ** 11);
  if (address === 0 || address > 0xffff) return undefined;
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  return `${hex(address >> 8)}:${hex((address >> 3) & 0x1f)}.${address & 7}`;
}

function sayDevice(name: string, device: Device, notes: Notes): void {
  const [mode] = device.modes;
  if (mode && device.modes.size === 1) notes.say('virtio', name, { interrupt: mode[0] }, mode[1]);
  if (device.pci) notes.say('virtio', name, { pci: device.pci.id }, device.pci.row);
  if (device.isNetwork)
    notes.say('virtio', name, { type: 'network', driver: 'virtio_net' }, device.isNetwork);
  for (const [counts, { value, row }] of device.sums) {
    notes.say('counter', `${name} ${counts}`, { of: name, counts, value }, row);
  }
}
