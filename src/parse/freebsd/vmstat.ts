// Reads: `vmstat -i` and `vmstat -ia`: how often each interrupt came since boot. Every vector of a device has its one name, virtio_pciN.
// Printed by: usr.bin/vmstat/vmstat.c dointr(), names of sys/kern/kern_intr.c (cut at 19 characters: `irq256:-irtio_pci10`; a shared line ends in + or *).
// Fixtures: fixtures/outputs/freebsd-{11.2,12.1,14.1}/vmstat-i*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { InterruptMode } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEADER = /^interrupt\s{1,40}total\s{1,20}rate$/;
const COUNT =
  /^((?:irq|cpu|its|gic|gicv2m)\d{1,4}(?:,[a-z]?\d{1,6})?):(?: |-)?(\S.{0,40}?)\s{1,40}(\d{1,20})\s{1,30}(\d{1,20})$/;
const TOTAL = /^(?:Total|stray irq\d{1,4})\s{1,40}\d{1,20}\s{1,30}\d{1,20}$/;
/** The first letters go when the number is long: sys/kern/kern_intr.c intr_event_update(). */
const DEVICE = /^v?irtio_pci(\d{1,4})(?=$|[ +*:])/;

export const freebsdVmstat: Parser = {
  kind: 'freebsd/vmstat',
  title: 'FreeBSD vmstat -i',
  commands: /^(?:\/usr\/bin\/)?vmstat\s(?:-\w{1,10}\s){0,4}-\w{0,6}i/,
  commandIsShared: true,
  // The widths tell FreeBSD's header from OpenBSD's (5 blanks before `rate`).
  begins: new RegExp(`^interrupt\\s{20,40}total {6,12}rate$|${COUNT.source}`),
  continues: new RegExp(`${HEADER.source}|${TOTAL.source}`),
  top: HEADER,
  read: readVmstat,
};

type Vector = {
  readonly number: number;
  readonly isWired: boolean | undefined;
  readonly value: number;
  readonly row: Row;
};

function readVmstat(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const devices = new Map<string, Vector[]>();
  let showsZero = /\s-\w{0,4}(?:ia|ai)/.test(command);
  for (const row of rows) {
    const [, source = '', what = '', value] = COUNT.exec(row.text) ?? [];
    if (value === undefined) {
      if (!freebsdVmstat.continues.test(row.text)) notes.missed(row);
      continue;
    }
    showsZero ||= value === '0';
    const unit = DEVICE.exec(what)?.[1];
    if (unit === undefined) continue;
    const vectors = devices.get(`virtio_pci${unit}`) ?? [];
    devices.set(`virtio_pci${unit}`, vectors);
    vectors.push({ number: numberOf(source), isWired: isWired(source), value: Number(value), row });
  }
  for (const [device, vectors] of devices) sayDevice(device, inOrder(vectors), showsZero, notes);
  return notes.done(devices.size > 0 ? 'guest' : undefined);
}

function numberOf(source: string): number {
  return Number(/\d{1,6}$/.exec(source)?.[0] ?? 0);
}

/** INTx lines of x86 have numbers below 24; from 32 on there are only message interrupts (bhyve has 32 pins, QEMU 24). */
function isWired(source: string): boolean | undefined {
  if (!source.startsWith('irq'))
    return source.startsWith('its') || source.startsWith('gicv2m') ? false : undefined;
  const number = numberOf(source);
  if (number < 24) return true;
  return number >= 32 ? false : undefined;
}

function inOrder(vectors: readonly Vector[]): Vector[] {
  return [...vectors].sort((a, b) => a.number - b.number);
}

/**
 * Vectors go to the configuration first, then to rx0, tx0, rx1 and so on, or to all queues (sys/dev/virtio/pci/virtio_pci.c).
 * Without -a a vector that never came is not listed, so that the first one shown need not be the configuration's.
 */
function sayDevice(device: string, vectors: readonly Vector[], showsZero: boolean, notes: Notes): void {
  const [first, second, ...more] = vectors;
  if (!first) return;
  const mode = modeOf(vectors, showsZero);
  if (mode) notes.say('virtio', device, { interrupt: mode }, first.row);
  const say = (counts: string, value: number, row: Row) =>
    notes.say('counter', `${device} ${counts}`, { of: device, counts, value }, row);
  if (!second || first.isWired) {
    if (mode) say('interrupts', first.value, first.row);
    return;
  }
  if (!showsZero) return;
  say('config-interrupts', first.value, first.row);
  if (more.length === 0) say('queue-interrupts', second.value, second.row);
  else {
    const queues = [second, ...more];
    const sum = (rest: number) =>
      queues.reduce((all, { value }, index) => all + (index % 2 === rest ? value : 0), 0);
    say('rx-interrupts', sum(0), second.row);
    say('tx-interrupts', sum(1), (more[0] as Vector).row);
  }
}

function modeOf(vectors: readonly Vector[], showsZero: boolean): InterruptMode | undefined {
  const [first] = vectors;
  if (vectors.length === 1) {
    if (first?.isWired) return 'intx';
    return showsZero && first?.isWired === false ? 'msi' : undefined;
  }
  if (!showsZero) return undefined;
  return vectors.length === 2 ? 'msix-shared' : 'msix-per-vq';
}
