// Reads: files below /sys/class/net/NIC and /sys/bus/virtio/devices/virtioN, through `grep -H .`, `cat` or `head` behind a prompt.
// Printed by: the Linux kernel, net/core/net-sysfs.c and drivers/virtio/virtio.c (features, status, device); captured with 6.1.
// Fixtures: fixtures/outputs/linux-6.1/sys-*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { readPrompt } from '../prompt.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { featuresOfString } from '../virtio-features.ts';

const FILES =
  'carrier|operstate|carrier_changes|carrier_up_count|carrier_down_count|flags|mtu|address|tx_timeout|features|status|device|vendor|speed|duplex|dormant|proto_down|ifindex|tx_queue_len|modalias';
const NIC_FILE =
  '/sys/class/net/([\\w.-]{1,15})/(?:device/)?(?:queues/tx-\\d{1,4}/)?(?:statistics/)?([a-z_]{1,24})';
const VIRTIO_FILE =
  '/sys/(?:bus/virtio/devices|devices/[\\w.:/-]{1,120}|class/net/[\\w.-]{1,15}/device/driver)/(virtio\\d{1,3})/([a-z_]{1,24})';
const PATH = new RegExp(`^(?:${NIC_FILE}|${VIRTIO_FILE}):(.{0,140})$`);
const COMMAND = new RegExp(`^(?:cat|head|more|less) (?:${NIC_FILE}|${VIRTIO_FILE})$`);
/** `grep -H . carrier operstate` inside the folder: the interface is not named. */
const BARE = new RegExp(`^(?:${FILES}):([\\w:.-]{1,128})$`);
const BARE_BEGIN = /^(?:carrier:[01]|operstate:[a-z]{2,20})$/;
const VALUE = /^(?:-?\d{1,20}|0x[\da-f]{1,16}|[01]{64,128}|[a-z]{2,20}|(?:[\da-f]{2}:){5}[\da-f]{2})$/;
const REFUSED = /^(?:cat|grep|head): .{1,120}: (?:Invalid argument|read error: Invalid argument)$/;
const LISTING = /^[ld-][rwx-]{9}\.? .{5,60} \/sys\/(?:bus|class)\/.{3,120} -> \S{3,160}$/;
const MISSING = /^ls: (?:cannot access ')?\/sys\/bus\/virtio\S{0,40}'?: No such file or directory$/;

export const sysfsNet: Parser = {
  kind: 'linux/sysfs',
  title: 'Linux /sys of a NIC',
  commands:
    /^(?:cat|head|more|less|[ef]?grep\b.{0,20}|ls\b.{0,20})\s.{0,60}\/sys\/(?:class\/net|bus\/virtio)\//,
  begins: new RegExp(`${PATH.source}|${BARE_BEGIN.source}|${LISTING.source}|${MISSING.source}`),
  continues: new RegExp(`${BARE.source}|${VALUE.source}|${REFUSED.source}`),
  read: readSysfs,
};

type File = { nic?: string | undefined; virtio?: string | undefined; file: string };

function readSysfs(rows: readonly Row[], command?: string): Reading {
  const notes = takeNotes();
  let asked = command === undefined ? undefined : fileOf(COMMAND.exec(command));
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    const typed = readPrompt(row.text)?.command;
    const path = PATH.exec(row.text);
    if (typed !== undefined) asked = fileOf(COMMAND.exec(typed));
    else if (path) sayFile(fileOf(path), (path[5] ?? '').trim(), row, notes);
    else if (asked && VALUE.test(row.text)) {
      sayFile(asked, row.text, row, notes);
      asked = undefined;
    } else if (MISSING.test(row.text)) notes.say('message', 'no-virtio-bus', { code: 'no-virtio-bus' }, row);
    else if (!BARE.test(row.text) && !REFUSED.test(row.text) && !LISTING.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

function fileOf(match: RegExpExecArray | null): File | undefined {
  if (!match) return undefined;
  const [, nic, nicFile, virtio, virtioFile] = match;
  return { nic, virtio, file: nicFile ?? virtioFile ?? '' };
}

function sayFile(asked: File | undefined, value: string, row: Row, notes: Notes): void {
  if (!asked) return;
  if (asked.nic !== undefined) sayNicFile(asked.nic, asked.file, value, row, notes);
  // The device behind an interface, while its own name is not known.
  const device = asked.virtio ?? `@${asked.nic}`;
  if (asked.file === 'features' && /^[01]{64,128}$/.test(value))
    notes.say('virtio', device, { features: featuresOfString(value) }, row);
  if (asked.file === 'status' && /^0x[\da-f]{1,8}$/.test(value))
    notes.say('virtio', device, { status: statusWords(Number(value)) }, row);
  if (asked.file === 'device' && value === '0x0001' && asked.virtio)
    notes.say('virtio', asked.virtio, { type: 'network' }, row);
}

function sayNicFile(nic: string, file: string, value: string, row: Row, notes: Notes): void {
  if (file === 'carrier' && /^[01]$/.test(value))
    notes.say('interface', nic, { link: value === '1' ? 'active' : 'no-carrier' }, row);
  if (file === 'operstate') notes.say('interface', nic, { operstate: value.toUpperCase() }, row);
  if (file === 'mtu' && /^\d{1,6}$/.test(value)) notes.say('interface', nic, { mtu: Number(value) }, row);
  if (file === 'address' && /^(?:[\da-f]{2}:){5}[\da-f]{2}$/.test(value))
    notes.say('interface', nic, { mac: value }, row);
  if (file === 'flags' && /^0x[\da-f]{1,8}$/.test(value))
    notes.say('interface', nic, { up: (Number(value) & 1) !== 0 }, row);
  const counts = { carrier_changes: 'carrier-changes', tx_timeout: 'tx-timeouts' }[file];
  if (counts && /^\d{1,15}$/.test(value))
    notes.say('counter', `${nic} ${counts}`, { of: nic, counts, value: Number(value) }, row);
}

/** Bits of device_status, virtio 1.2 section 2.1. */
function statusWords(status: number): string[] {
  const words: readonly [number, string][] = [
    [1, 'ACKNOWLEDGE'],
    [2, 'DRIVER'],
    [8, 'FEATURES_OK'],
    [4, 'DRIVER_OK'],
    [0x40, 'NEEDS_RESET'],
    [0x80, 'FAILED'],
  ];
  return words.filter(([bit]) => status & bit).map(([, word]) => word);
}
