// Reads: `info status` (`VM status: paused (io-error)`), `info version`, the monitor's greeting, and `qemu-system-x86_64 --version`.
// Printed by: QEMU monitor/hmp-cmds.c hmp_info_status(), hmp_info_version(), softmmu/vl.c version(); PVE/CLI/qm.pm (monitor);
// fixtures/outputs/qemu-7.2/info-status*.txt, info-version.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { monitorCommand } from './monitor-command.ts';

const STATUS = /^VM status: (\S.{0,80})$/;
const GREETING = /^QEMU (\d{1,3}\.\d{1,3}\.\d{1,3}) monitor - type 'help'/;
const PROGRAM = /^QEMU emulator version (\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)\b/;
/** The package name follows without a blank; a bare number is taken only below its command. */
const VERSION = /^(\d{1,3}\.\d{1,3}\.\d{1,3})(?: ?\(?(?:pve-qemu|Debian|qemu-)\S{0,80}(?: \S{1,80})?)?$/;
const PROXMOX = /^Entering Q(?:EMU|emu) Monitor for VM \d{1,9} - type 'help'/;

export const infoStatus: Parser = {
  kind: 'qemu/info-status',
  title: 'QEMU status and version',
  side: 'host',
  commands: monitorCommand(
    '(?:info (?:status|version)\\b|\\S{0,80}(?:qemu-system-\\S{1,20}|kvm) (?:--?version|-V)$)',
  ),
  begins:
    /^(?:VM status: \S|QEMU \d{1,3}\.\d{1,3}\.\d{1,3} monitor - |QEMU emulator version \d|Entering Q(?:EMU|emu) Monitor for VM \d|\d{1,3}\.\d{1,3}\.\d{1,3} ?\(?(?:pve-qemu-kvm_|Debian 1:|qemu-\d)\S{0,80}$)/,
  continues: /^(?:Copyright \(c\) .{0,40}Fabrice Bellard|\d{1,3}\.\d{1,3}\.\d{1,3}$)/,
  read: readInfoStatus,
};

function readInfoStatus(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const status = STATUS.exec(row.text)?.[1];
    const [, qemu] = GREETING.exec(row.text) ?? PROGRAM.exec(row.text) ?? VERSION.exec(row.text) ?? [];
    if (status !== undefined) sayVmStatus(status, row, notes);
    else if (qemu !== undefined) notes.say('system', '', { qemu }, row);
    else if (!PROXMOX.test(row.text) && !row.text.startsWith('Copyright')) notes.missed(row);
  }
  return notes.done('host');
}

/** Whatever it is called (paused, io-error, postmigrate, shutdown): a VM that does not run has a dead NIC. */
export function sayVmStatus(status: string, row: Row, notes: Notes): void {
  const code = /^running\b/.test(status) ? 'vm-running' : 'vm-paused';
  notes.say('message', `${code} `, { code, device: '', text: row.text }, row);
}
