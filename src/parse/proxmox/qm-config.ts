// Reads: `qm config VMID` and /etc/pve/qemu-server/VMID.conf of Proxmox VE: NICs, name, machine, args of a VM.
// Printed by: qemu-server (QemuServer.pm, CLI/qm.pm); written after the grammar, no Proxmox VE was at hand.
// Fixtures: fixtures/outputs/proxmox-8.2/qm-conf*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { netOptions, netOptionsBegin } from './net-options.ts';

const KEYS =
  'acpi|affinity|agent|allow-ksm|amd-sev|arch|args|audio\\d|autostart|balloon|bios|boot|bootdisk|cdrom|cicustom|cipassword|citype|ciupgrade|ciuser|cores|cpu|cpulimit|cpuunits|delete|description|digest|efidisk\\d|freeze|hookscript|hostpci\\d{1,2}|hotplug|hugepages|ide\\d|import-working-storage|intel-tdx|ipconfig\\d{1,2}|ivshmem|keephugepages|keyboard|kvm|localtime|lock|machine|memory|meta|migrate_downtime|migrate_speed|name|nameserver|net(?:\\d|[12]\\d|3[01])|numa\\d?|onboot|ostype|parallel\\d|parent|pool|protection|reboot|rng0|running(?:-nets-host-mtu|machine|cpu)|sata\\d|scsi\\d{1,2}|scsihw|searchdomain|serial\\d|shares|smbios1|smp|snaptime|sockets|spice_enhancements|sshkeys|startdate|startup|tablet|tags|tdf|template|tpmstate0|unused\\d{1,3}|usb\\d{1,2}|vcpus|vga|virtio\\d{1,2}|virtiofs\\d|vmgenid|vmstate|vmstatestorage|watchdog';
const KEY = new RegExp(`^(${KEYS}): (.{0,4000})$`);
const NET = /^net([0-9]|[12]\d|3[01])$/;
/** Pending changes and snapshots repeat the keys; only what stands above them holds now. */
const SECTION = /^\[[\w:.-]{1,60}\]$/;
/** The description, above all keys; a prompt has a blank behind its `#`. */
const REMARK = /^#(?:\S.{0,3000})?$/;
const OF_VM = /\bqm config (\d{1,9})\b|\bqemu-server\/(\d{1,9})\.conf\b/;
/** Proxmox names a VM's disks after it. */
const OWN_DISK = /^[a-z]{2,8}\d{1,3}: \S{1,100}?\bvm-(\d{1,9})-(?:disk-\d|cloudinit)/;

export const qmConfig: Parser = {
  kind: 'proxmox/qm-config',
  title: 'Proxmox qm config',
  side: 'host',
  commands:
    /^(?:\/usr\/sbin\/)?qm config \d|^(?:cat|less|more|head|tail|grep)\b.{0,80}\/qemu-server\/\d{1,9}\.conf\b/,
  begins: new RegExp(
    `^net\\d{1,2}: ${netOptionsBegin}|^scsihw: (?:virtio-scsi|lsi|megasas|pvscsi)|^smbios1: (?:uuid|base64|[a-z]{3,12})=|^vmgenid: [\\da-f]{8}-|^ostype: (?:other|wxp|w2k|win|wvista|l2[46]|solaris)|^boot: (?:order=|c(?:dn?|nd?)?$)`,
  ),
  continues: new RegExp(`${KEY.source}|${SECTION.source}|${REMARK.source}`),
  leads:
    /^(?:acpi|affinity|agent|args|arch|audio0|autostart|balloon|bios|boot|bootdisk|cores|cpu|cpulimit|cpuunits|description|efidisk0|hostpci\d|hotplug|ide\d|kvm|machine|memory|meta|name|onboot): \S/,
  read: readQmConfig,
};

function readQmConfig(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const current = rows.slice(0, until(rows));
  const vm = vmOf(command, current);
  let isBelowKeys = false;
  for (const row of current) {
    const [, key, value = ''] = KEY.exec(row.text) ?? [];
    if (key !== undefined) readKey(vm, key, value, row, notes);
    else if (isBelowKeys || !REMARK.test(row.text)) notes.missed(row);
    isBelowKeys ||= key !== undefined;
  }
  for (const row of rows.slice(current.length)) {
    if (!KEY.test(row.text) && !SECTION.test(row.text) && !REMARK.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

function until(rows: readonly Row[]): number {
  const section = rows.findIndex(({ text }) => SECTION.test(text));
  return section < 0 ? rows.length : section;
}

/** The command or file name says whose it is, else its disks do if all name the same VM, else nobody. */
function vmOf(command: string, rows: readonly Row[]): string {
  const [, typed, file] = OF_VM.exec(command) ?? [];
  const asked = typed ?? file ?? /(?:^|\/)(\d{1,9})\.conf$/.exec(rows[0]?.at[0].sample ?? '')?.[1];
  if (asked !== undefined) return asked;
  const [own = '', ...others] = new Set(rows.flatMap(({ text }) => OWN_DISK.exec(text)?.[1] ?? []));
  return others.length === 0 ? own : '';
}

function readKey(vm: string, key: string, value: string, row: Row, notes: Notes): void {
  const [, index] = NET.exec(key) ?? [];
  if (index !== undefined) readNet(vm, Number(index), value.trim(), row, notes);
  else if (key === 'name' || key === 'machine' || key === 'args')
    notes.say('vm', vm, { [key]: value.trim(), manager: 'proxmox' }, row);
}

/** Proxmox writes the whole value on one line: what is not there is not set. */
function readNet(vm: string, index: number, value: string, row: Row, notes: Notes): void {
  const { isWhole, ...options } = netOptions(value);
  if (options.model === undefined) return notes.missed(row);
  const absent = isWhole ? false : undefined;
  const says = {
    vm: vm || undefined,
    manager: 'proxmox' as const,
    index,
    ...options,
    firewall: options.firewall ?? absent,
    linkDown: options.linkDown ?? absent,
    // To be rewritten by a fix, so nothing in it may be masked.
    options: isWhole && options.mac !== undefined ? value : undefined,
  };
  notes.say('vmNic', `${vm}/net${index}`, says, row);
}
