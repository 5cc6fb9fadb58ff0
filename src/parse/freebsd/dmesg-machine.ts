// Reads: what a boot says of the machine: version, kernel, product built on it, hypervisor, processors, and the releases that print lines so.
// Printed by: sys/conf/newvers.sh, sys/x86/x86/identcpu.c (`Hypervisor: Origin`), sys/x86/acpica/madt.c, sys/kern/subr_smp.c; pfSense, OPNsense and
// HardenedBSD put their branch in the version. Fixtures: fixtures/outputs/freebsd-*/dmesg*.txt, dragonfly-6.4/dmesg.txt.

import type { Row } from '../../model/line.ts';
import type { Things } from '../../model/sighting.ts';
import type { Notes } from '../reading.ts';
import { type LastBoot, VERSION } from './dmesg-boots.ts';

type System = Things['system'];

const ORIGIN = /^Hypervisor: Origin = "([^"]{4,14})"/;
const TABLE = /^ACPI APIC Table: <(BOCHS |BHYVE |VBOX {2}|Xen|XEN)/;
const ORIGINS: readonly (readonly [RegExp, System['hypervisor']])[] = [
  [/^KVMKVMKVM/, 'kvm'],
  [/^bhyve bhyve/, 'bhyve'],
  [/^VMwareVMware/, 'vmware'],
  [/^Microsoft Hv/, 'hyper-v'],
  [/^XenVMMXenVMM/, 'xen'],
  [/^VBoxVBoxVBox/, 'virtualbox'],
  [/^TCGTCGTCGTCG|^___ NVMM ___/, 'qemu'],
  [/^OpenBSDVMM/, 'vmd'],
];
const TABLES: readonly (readonly [string, System['hypervisor']])[] = [
  ['BOCHS', 'qemu'],
  ['BHYVE', 'bhyve'],
  ['VBOX', 'virtualbox'],
  ['X', 'xen'],
];
const BUILT = /^ {2,8}\S{1,60}@\S{1,80}:(?:\S{0,200}\/)(\w[\w.-]{1,40})(?: \w{3,10})?$/;
const CPUS = /^FreeBSD\/SMP: Multiprocessor System Detected: (\d{1,4}) CPUs?$/;

export const MACHINE_ROWS: readonly RegExp[] = [VERSION, ORIGIN, CPUS, /^FreeBSD\/SMP: /];

export function sayMachine(boot: LastBoot, notes: Notes): void {
  if (boot.version) sayVersion(boot.version.text, boot.version, notes);
  else sayReleases(boot, notes);
  for (const row of boot.rows) {
    const kernel = boot.version && BUILT.exec(row.text)?.[1];
    if (kernel)
      notes.say(
        'system',
        '',
        { kernel, ...(kernel === 'pfSense' && { distribution: 'pfsense' as const }) },
        row,
      );
    const cpus = CPUS.exec(row.text)?.[1];
    if (cpus) notes.say('system', '', { cpus: Number(cpus) }, row);
  }
  const hypervisor = findHypervisor(boot);
  if (hypervisor) notes.say('system', '', { hypervisor: hypervisor.is }, hypervisor.row);
}

/** The processor's second word of features, read from the start of a boot, has no HV bit: no hypervisor runs this machine. */
export function isPhysical(boot: LastBoot): boolean {
  const features = boot.rows.find(({ text }) => /^ {2}Features2=0x[\da-f]{1,8}<[\w.,]{8,400}>$/.test(text));
  if (!features || /,HV[,>]/.test(features.text) || findHypervisor(boot)) return false;
  return !boot.rows.some(({ text }) => /^(?:virtio_(?:pci|mmio)|vtnet|vmbus|xenpv)\d/.test(text));
}

/** Also of the line that a panic prints: `version = FreeBSD 12.1-RELEASE-p13-HBSD #0 ...(stable/21.1)-dirty: ...`. */
export function sayVersion(text: string, row: Row, notes: Notes): void {
  const [, system, release = ''] = VERSION.exec(text) ?? [];
  const isMasked = release.startsWith('X');
  const stage = /-(RELEASE|STABLE|CURRENT|BETA|PRERELEASE|RC|ALPHA)/.exec(release)?.[1]?.toLowerCase();
  notes.say(
    'system',
    '',
    {
      os: system === 'DragonFly' ? 'dragonfly' : 'freebsd',
      release: isMasked ? undefined : release,
      stage: stage === undefined ? undefined : STAGES[stage],
      ...readKernel(text),
      ...readProduct(text),
    },
    row,
  );
}

const STAGES: Readonly<Record<string, System['stage']>> = {
  release: 'release',
  stable: 'stable',
  prerelease: 'stable',
  current: 'current',
  alpha: 'current',
  beta: 'beta',
  rc: 'beta',
};

/** A reproducible build names its kernel in the version line and has no second one. */
function readKernel(text: string): Partial<System> {
  const kernel = / ([A-Za-z][\w.-]{1,30}) (?:amd64|i386|arm64|armv[67]|riscv)$/.exec(text)?.[1];
  return kernel === undefined ? {} : { kernel };
}

/** Branches: RELENG_2_6_0, plus-RELENG_23_05_1 (pfSense); stable/24.7 (OPNsense, whose years FreeBSD never had for a number). */
function readProduct(text: string): Partial<System> {
  const pfsense = /RELENG_(\d{1,2}(?:_\d{1,2}){1,2})(?!\d)/.exec(text)?.[1];
  if (pfsense) return { distribution: 'pfsense', distributionRelease: pfsense.replaceAll('_', '.') };
  if (/\bstable\/\d\d\.\d{1,2}(?=[-) :]|$)/.test(text)) return { distribution: 'opnsense' };
  return / pfSense \w{3,10}$/.test(text) ? { distribution: 'pfsense' } : {};
}

/** CPUID is the surest; the firmware's table comes next. */
function findHypervisor({ rows }: LastBoot): { is: System['hypervisor']; row: Row } | undefined {
  for (const row of rows) {
    const origin = ORIGIN.exec(row.text)?.[1];
    const is = origin && ORIGINS.find(([shape]) => shape.test(origin))?.[1];
    if (is) return { is, row };
  }
  for (const row of rows) {
    const maker = TABLE.exec(row.text)?.[1]?.toUpperCase();
    const is = maker && TABLES.find(([start]) => maker.startsWith(start))?.[1];
    if (is) return { is, row };
  }
  return undefined;
}

/** 13.0 tells legacy and modern apart (commit of the new virtio_pci, 2021-01); DragonFly prints `MAC address:`. */
function sayReleases({ rows }: LastBoot, notes: Notes): void {
  const find = (shape: RegExp) => rows.find(({ text }) => shape.test(text));
  const dragonfly = find(/^vtnet\d{1,3}: MAC address: /);
  if (dragonfly) notes.say('system', '', { os: 'dragonfly' }, dragonfly);
  const named = find(/^virtio_pci\d{1,3}: <VirtIO PCI \((?:legacy|modern)\) /);
  if (named) notes.say('system', '', { os: 'freebsd', releaseAtLeast: '13.0' }, named);
  const plain = find(/^virtio_pci\d{1,3}: <VirtIO PCI (?!\()[\w -]{2,40}? adapter>/);
  const isFreeBsd = find(
    /^vtnet\d{1,3}: (?:Ethernet address: |netmap queues)|^vtnet\d{1,3}: link state changed to /,
  );
  if (plain && isFreeBsd && !named) notes.say('system', '', { os: 'freebsd', releaseAtMost: '12.4' }, plain);
}
