// Reads: what a boot says of the machine: version line, firmware, hypervisor, processors, and the releases that print lines in the form seen.
// Printed by: sys/conf/newvers.sh, sys/arch/amd64/amd64/bios.c, sys/dev/fdt or acpi smbios.c, sys/dev/pv/pvbus.c (1.27), cpu.c.
// Fixtures: fixtures/outputs/openbsd-{5.6,6.5,6.8,7.3,7.6,7.8}/dmesg*.txt.

import type { Row } from '../../model/line.ts';
import type { Things } from '../../model/sighting.ts';
import { hypervisorOfProduct } from '../hypervisor-of-product.ts';
import type { Notes } from '../reading.ts';
import { type LastBoot, VERSION } from './dmesg-boots.ts';

type Hypervisor = Things['system']['hypervisor'];

const PVBUS = /^pvbus\d at mainbus\d: ([\w, -]{2,60})$/;
const FIRMWARE = /^(?:bios|smbios)\d: (?!vendor |ROM |date |version |SMBIOS )(\S.{1,120})$/;
const VMM_BRIDGE = /^pchb\d at pci\d dev \d{1,2} function \d "OpenBSD VMM Host"/;

/** sys/dev/pv/pvbus.c: KVM that also speaks Hyper-V's language prints both names. */
const PVBUS_NAMES: readonly (readonly [string, Hypervisor])[] = [
  ['OpenBSD', 'vmd'],
  ['KVM', 'kvm'],
  ['VMware', 'vmware'],
  ['Xen', 'xen'],
  ['bhyve', 'bhyve'],
  ['Hyper-V', 'hyper-v'],
];

export function sayMachine(boot: LastBoot, notes: Notes): void {
  if (boot.version) sayVersion(boot.version, notes);
  else sayReleases(boot, notes);
  sayProduct(boot, notes);
  const hypervisor = findHypervisor(boot);
  if (hypervisor) notes.say('system', '', { hypervisor: hypervisor.is }, hypervisor.row);
  sayProcessors(boot, notes);
}

/** Hardware that was looked through from the start and shows no sign of a hypervisor: no guest, so it is the host. */
export function isPhysical(boot: LastBoot): boolean {
  const has = (shape: RegExp) => boot.rows.some(({ text }) => shape.test(text));
  if (!boot.version || findHypervisor(boot) || has(/^(?:pvbus|virtio|xen|hyperv)\d{1,3} at /)) return false;
  return has(/^vmm\d at mainbus\d: /) && has(/^bios\d: vendor /) && has(/^root on /);
}

function sayVersion(row: Row, notes: Notes): void {
  const [, release, stage, kernel = ''] = VERSION.exec(row.text) ?? [];
  const says = {
    os: 'openbsd',
    release,
    stage: (stage?.slice(1) ?? 'release') as Things['system']['stage'],
    kernel,
    ramdisk: kernel.startsWith('RAMDISK'),
  } as const;
  notes.say('system', '', says, row);
}

function sayProduct(boot: LastBoot, notes: Notes): void {
  for (const row of boot.rows) {
    const product = FIRMWARE.exec(row.text)?.[1];
    if (product) notes.say('system', '', { product }, row);
  }
}

/** pvbus asks the processor and is the surest; the firmware's names come next. */
function findHypervisor({ rows }: LastBoot): { is: Hypervisor; row: Row } | undefined {
  const looks: ((text: string) => Hypervisor | undefined)[] = [
    (text) => {
      const names = PVBUS.exec(text)?.[1]?.split(', ');
      return names && PVBUS_NAMES.find(([name]) => names.includes(name))?.[1];
    },
    (text) => {
      const product = FIRMWARE.exec(text)?.[1];
      return product === undefined ? undefined : hypervisorOfProduct(product);
    },
    (text) => (VMM_BRIDGE.test(text) ? 'vmd' : undefined),
  ];
  for (const look of looks) {
    for (const row of rows) {
      const is = look(row.text);
      if (is) return { is, row };
    }
  }
  return undefined;
}

/** Only when buses follow the processors in an unfiltered boot, or some might have been left out. */
function sayProcessors({ rows, version }: LastBoot, notes: Notes): void {
  const units = new Set<string>();
  let last: Row | undefined;
  let isWhole = false;
  for (const row of rows) {
    const unit = /^(cpu\d{1,3}) at mainbus\d/.exec(row.text)?.[1];
    if (unit) {
      units.add(unit);
      last = row;
    } else if (last && /^pci0 at |^root on |^isa0 at /.test(row.text)) isWhole = true;
  }
  const isUnfiltered = rows.some(({ text }) => /^mainbus0 at root/.test(text));
  if (last && version && isWhole && isUnfiltered && units.has('cpu0')) {
    notes.say('system', '', { cpus: units.size }, last);
  }
}

/** Which releases print a line so: shape, first, last. */
const FORMS: readonly (readonly [RegExp, string | undefined, string | undefined])[] = [
  [/^vio\d{1,3} at virtio\d{1,3}\b[^,]{0,160}: \d{1,3} queues?, address\b/, '7.7', undefined],
  [/^virtio\d{1,3}: msix$/, '7.7', undefined],
  [/^vio\d{1,3} at virtio\d{1,3}: address\b/, undefined, '7.6'],
  [/^vio\d{1,3} at virtio\d{1,3} Ring[^,]{1,120} disabled by UKC: address\b/, '6.6', '7.6'],
  [/^vio\d{1,3} at virtio\d{1,3}: RingEventIdx disabled by UKC: address\b/, undefined, '6.5'],
  [/^virtio\d{1,3} at pci\d.{1,80} rev 0x00: Virtio [\w -]{2,40} Device$/, '5.3', '5.8'],
  [/^virtio\d{1,3} at pci\d.{1,40} "Qumranet Virtio 1\.x /, '6.6', undefined],
  [/^virtio\d{1,3}: msix (?:shared|per-VQ)\b/, '6.0', undefined],
];

/** Without a version line the form of the lines bounds the release. The tightest bounds win. */
function sayReleases({ rows }: LastBoot, notes: Notes): void {
  let from: { release: string; row: Row } | undefined;
  let to: { release: string; row: Row } | undefined;
  for (const row of rows) {
    for (const [shape, first, last] of FORMS) {
      if (!shape.test(row.text)) continue;
      if (first && (!from || first > from.release)) from = { release: first, row };
      if (last && (!to || last < to.release)) to = { release: last, row };
    }
  }
  if (from) notes.say('system', '', { os: 'openbsd', releaseAtLeast: from.release }, from.row);
  if (to) notes.say('system', '', { os: 'openbsd', releaseAtMost: to.release }, to.row);
}
