// Reads: `pveversion` and `pveversion -v`: release of Proxmox VE, its kernel, its QEMU, and the packages beside them.
// Printed by: pveversion of pve-manager; written after the layout, 7.4 and 8.2.
// Fixtures: fixtures/outputs/proxmox-7.4/pveversion.txt, proxmox-8.2/pveversion-v.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const SHORT = /^pve-manager\/(\d[\w.~-]{0,30})\/[\da-f]{4,40} \(running kernel: (\S{1,60})\)$/;
const MANAGER = /^pve-manager: (\d[\w.~-]{0,30})(?: \(running version: \S{1,80}\))?$/;
const PRODUCT = /^proxmox-ve: (\d[\w.~-]{0,30})(?: \(running kernel: (\S{1,60})\))?$/;
const QEMU = /^pve-qemu-kvm: (\d{1,3}(?:\.\d{1,4}){1,3})\S{0,40}$/;
/** A version of a package has a dot in it, unlike the numbers of a VM's configuration. */
const PACKAGE =
  /^[a-z][\w.+-]{1,60}: (?:\d[\w:]{0,20}[.+~-][\w.:+~-]{1,60}|not correctly installed)(?: \(.{1,120}\))?$/;

export const pveversion: Parser = {
  kind: 'proxmox/pveversion',
  title: 'pveversion',
  side: 'host',
  commands: /^(?:\/usr\/bin\/)?pveversion\b/,
  begins: new RegExp([SHORT, MANAGER, PRODUCT, QEMU].map(({ source }) => source).join('|')),
  continues: PACKAGE,
  top: PRODUCT,
  read: readPveversion,
};

function readPveversion(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  // proxmox-ve is only the name of the set; pve-manager is what the page shows as the release.
  const hasManager = rows.some(({ text }) => MANAGER.test(text));
  for (const row of rows) {
    const [, short, shortKernel] = SHORT.exec(row.text) ?? [];
    const [, manager] = MANAGER.exec(row.text) ?? [];
    const [, product, kernel] = PRODUCT.exec(row.text) ?? [];
    const [, qemu] = QEMU.exec(row.text) ?? [];
    const proxmox = short ?? manager ?? (hasManager ? undefined : product);
    const release = shortKernel ?? kernel;
    if (short ?? manager ?? product ?? qemu)
      notes.say('system', '', { os: 'linux', proxmox, release, qemu }, row);
    else if (!PACKAGE.test(row.text)) notes.missed(row);
  }
  return notes.done();
}
