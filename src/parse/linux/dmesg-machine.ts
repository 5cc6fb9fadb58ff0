// Reads: what a Linux kernel's log says of the machine: version, hypervisor, firmware product, and whether it is a host of virtual machines.
// Printed by: init/version.c (linux_banner), arch/x86/kernel/cpu/hypervisor.c, arch/x86/kernel/paravirt.c, drivers/firmware/dmi_scan.c,
// arch/s390/kernel/setup.c, systemd src/core/main.c. Fixtures: fixtures/outputs/linux-*/dmesg*.txt.

import type { Side } from '../../model/capture.ts';
import type { Row } from '../../model/line.ts';
import type { Things } from '../../model/sighting.ts';
import { hypervisorOfProduct } from '../hypervisor-of-product.ts';
import type { Notes } from '../reading.ts';

type Hypervisor = Things['system']['hypervisor'];

export const VERSION = /^Linux version (\d{1,2}\.[\w.+~-]{1,60}) \(/;
const PRODUCT = /^(?:DMI|Hardware name): (\S.{2,120}?)(?:, BIOS |\/[^,]{0,60}, BIOS |$)/;
const HYPERVISOR =
  /^(?:Hypervisor detected: |Booting paravirtualized kernel on |systemd\[1\]: Detected virtualization |setup: Linux is running (?:under|as a guest of) )(\w[\w-]{1,20})/;
const BY_WORD: Readonly<Record<string, Hypervisor>> = {
  kvm: 'kvm',
  qemu: 'qemu',
  microsoft: 'hyper-v',
  'hyper-v': 'hyper-v',
  vmware: 'vmware',
  xen: 'xen',
  oracle: 'virtualbox',
  bhyve: 'bhyve',
  apple: 'apple',
};

/** Names that Proxmox and libvirt give on the host: taps, firewall bridges, and bridges for guests. */
const HOST =
  /\b(?:tap\d{1,9}i\d{1,2}|vnet\d{1,4}|fw(?:br|pr|ln)\d{1,9}[ip]\d{1,2}|vmbr\d{1,4})\b|^kvm(?:_intel|_amd)?(?: \[\d{1,9}\])?: (?!no hardware|disabled)/;
const GUEST = /^virtio[-_](?:net|pci|mmio)[ :]/;
/** Drivers that no hypervisor emulates: what hangs is a card of the host, or one that was given away. */
const REAL_HANG =
  /^(?:\S{2,20} ){1,3}Detected Hardware Unit Hang|^(?:r8169|igb|ixgbe|i40e|ice|tg3|bnx2x?|bnxt_en) \S{7,12} .{0,40}NETDEV WATCHDOG|NETDEV WATCHDOG: \S{1,15} \((?:r8169|igb|ixgbe|i40e|ice|tg3|bnx2x?|bnxt_en)\)/;

export function sayMachine(rows: readonly Row[], notes: Notes): Side | undefined {
  let side: Side | undefined;
  let boots = 0;
  let last: Row | undefined;
  for (const row of rows) {
    const release = VERSION.exec(row.text)?.[1];
    if (release) {
      boots++;
      last = row;
      notes.say('system', '', { os: 'linux', release }, row);
    }
    const hypervisor = sayHypervisor(row, notes);
    if (HOST.test(row.text) || (REAL_HANG.test(row.text) && side === undefined)) side = 'host';
    else if (side === undefined && (hypervisor || GUEST.test(row.text))) side = 'guest';
  }
  if (last && boots > 1) notes.say('system', '', { boots }, last);
  return side;
}

function sayHypervisor(row: Row, notes: Notes): boolean {
  const product = PRODUCT.exec(row.text)?.[1];
  if (product) notes.say('system', '', { product }, row);
  const word = HYPERVISOR.exec(row.text)?.[1]?.toLowerCase() ?? '';
  const hypervisor = BY_WORD[word] ?? (product === undefined ? undefined : hypervisorOfProduct(product));
  if (hypervisor) notes.say('system', '', { hypervisor }, row);
  return hypervisor !== undefined;
}
