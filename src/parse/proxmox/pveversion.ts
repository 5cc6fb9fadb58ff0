// Reads: `pveversion` and `pveversion -v`.
// Printed by: PVE/CLI/pveversion.pm, PVE/API2/APT.pm of pve-manager (6 to 9).
// Fixtures: fixtures/outputs/proxmox-{7.4,8.2}/pveversion*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const MANAGER = /^pve-manager(?:\/|: )(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)/;
const QEMU = /^pve-qemu-kvm: (\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)/;
const PACKAGE =
  /^[a-z][a-z0-9.+-]{2,60}: (?:\d\S{0,60}|not correctly installed)(?: \(running (?:kernel|version): \S{1,80}\))?$/;

export const pveversion: Parser = {
  kind: 'proxmox/pveversion',
  title: 'pveversion',
  side: 'host',
  commands: /^pveversion\b/,
  begins: new RegExp(`${MANAGER.source}|^proxmox-ve: \\d|${QEMU.source}`),
  continues: PACKAGE,
  read: readPveversion,
};

function readPveversion(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const proxmox = MANAGER.exec(row.text)?.[1];
    const qemu = QEMU.exec(row.text)?.[1];
    if (proxmox) notes.say('system', '', { os: 'linux', proxmox }, row);
    else if (qemu) notes.say('system', '', { qemu }, row);
    else if (!PACKAGE.test(row.text)) notes.missed(row);
  }
  return notes.done();
}
