// Reads: what a boot says of the machine: version line, SMBIOS product, hypervisor, processors.
// Printed by: sys/conf/newvers.sh; sys/arch/x86/x86/platform.c (vendor, product and version in one row above `mainbus0 (root)`).
// Fixtures: fixtures/outputs/netbsd-{7.2,9.3,10.1,11}/dmesg*.txt.

import type { Row } from '../../model/line.ts';
import type { Things } from '../../model/sighting.ts';
import { hypervisorOfProduct } from '../hypervisor-of-product.ts';
import type { Notes } from '../reading.ts';
import { type LastBoot, VERSION } from './dmesg-boots.ts';

type Hypervisor = Things['system']['hypervisor'];

/** Vendor, product and (version); not the ordinary rows that stand there on a machine without SMBIOS. */
const PRODUCT = /^\s{0,3}(?!Kernelized|Generic PC$|Copyright|NetBSD )([A-Z][\w.,+&()/ -]{2,120})$/;
const MAINBUS = /^mainbus0 \(root\)/;

/** Names that hypervisors give to what they emulate. */
const SIGNS: readonly (readonly [RegExp, Hypervisor])[] = [
  [/^ACPI: RSDP .{1,60}\(v\d\d BOCHS /, 'qemu'],
  [/^qemufwcfg\d at |<[^>]{0,30}QEMU[^>]{0,60}>|^Qemu \d{1,2}\.\d{1,2}\.\d{1,2} /, 'qemu'],
  [/^ACPI: RSDP .{1,60}\(v\d\d BHYVE /, 'bhyve'],
  [/^ACPI: RSDP .{1,60}\(v\d\d VBOX /, 'virtualbox'],
  [/^(?:xenbus|hypervisor)0 at /, 'xen'],
  [/^(?:hyperv|vmbus)0 at /, 'hyper-v'],
  [/^vmt0 at |^vmx\d at pci/, 'vmware'],
];

export function sayMachine(boot: LastBoot, notes: Notes): void {
  if (boot.version) sayVersion(boot.version, notes);
  const product = productOf(boot);
  if (product) notes.say('system', '', { product: product.name }, product.row);
  const hypervisor = findHypervisor(boot);
  if (hypervisor) notes.say('system', '', { hypervisor: hypervisor.is }, hypervisor.row);
  sayProcessors(boot, notes);
}

/** A whole boot whose firmware names a machine that no hypervisor emulates, without any virtio device: no guest. */
export function isPhysical(boot: LastBoot): boolean {
  if (!boot.version || findHypervisor(boot) || !productOf(boot)) return false;
  const has = (shape: RegExp) => boot.rows.some(({ text }) => shape.test(text));
  return has(/^root on /) && !has(/^virtio\d{1,3} at /);
}

function sayVersion(row: Row, notes: Notes): void {
  const [, release = '', suffix = '', kernel = ''] = VERSION.exec(row.text) ?? [];
  const says = {
    os: 'netbsd',
    release,
    stage: stageOf(release, suffix),
    kernel,
    ramdisk: /^(?:INSTALL|RAMDISK)/.test(kernel),
  } as const;
  notes.say('system', '', says, row);
}

function stageOf(release: string, suffix: string): Things['system']['stage'] {
  if (/\.99\b/.test(release)) return 'current';
  if (suffix === 'STABLE' || suffix === 'PATCH') return 'stable';
  return suffix === 'BETA' || suffix === 'RC' ? 'beta' : 'release';
}

/** The row above `mainbus0 (root)`, where it names a machine. */
export function productOf({ rows }: LastBoot): { name: string; row: Row } | undefined {
  const row = rows[rows.findIndex(({ text }) => MAINBUS.test(text)) - 1];
  const name = PRODUCT.exec(row?.text ?? '')?.[1]?.trim();
  return row && name ? { name, row } : undefined;
}

function findHypervisor(boot: LastBoot): { is: Hypervisor; row: Row } | undefined {
  const product = productOf(boot);
  const named = product && hypervisorOfProduct(product.name);
  if (product && named) return { is: named, row: product.row };
  for (const [shape, is] of SIGNS) {
    const row = boot.rows.find(({ text }) => shape.test(text));
    if (row) return { is, row };
  }
  return undefined;
}

/** Only when buses follow the processors in an unfiltered boot, or some might have been left out. */
function sayProcessors({ rows, version }: LastBoot, notes: Notes): void {
  const units = rows.filter(({ text }) => /^cpu\d{1,3} at (?:mainbus|cpus|acpi|fdt)\d/.test(text));
  const last = units.at(-1);
  const isWhole =
    rows.some(({ text }) => MAINBUS.test(text)) && rows.some(({ text }) => /^root on /.test(text));
  const names = new Set(units.map(({ text }) => text.split(' ', 1)[0]));
  if (last && version && isWhole && names.has('cpu0')) notes.say('system', '', { cpus: names.size }, last);
}
