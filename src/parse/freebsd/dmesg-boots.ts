// Reads: where one boot ends and the next begins in the rows of a kernel log, and what hangs on what in a boot.
// Printed by: sys/conf/newvers.sh (the version line), sys/kern/init_main.c (`---<<BOOT>>---`), sys/kern/subr_bus.c (`child: <words> on parent`),
// sys/net/if.c if_rename() (`changing name to`). Fixtures: fixtures/outputs/freebsd-12.1/dmesg-boots.txt, freebsd-14.1/dmesg*.txt.

import type { Row } from '../../model/line.ts';

/** System, release; what is behind it differs: ` #0 r286666: date`, ` releng/14.1-n267679 GENERIC amd64`, ` #0: date`. */
export const VERSION =
  /^(FreeBSD|DragonFly) v?(\d{1,2}\.\d{1,2}(?:\.\d{1,2}){0,3}(?:\.g?[\da-f]{5,12})?-[A-Z]{3,12}\d{0,2}(?:-p\d{1,3})?(?:-HBSD)?|[X.]{3,30}\.g[\da-f]{4,12}-[A-Z]{3,12})(?= #\d| r\d|:| [\w./+-]{3,80} |$)/;
const HEADS = [/^---<<BOOT>>---/, /^Copyright \(c\) \S{4,9} The (?:FreeBSD|HardenedBSD|DragonFly) Project\./];

const UNDER_WAY = /^[a-z_]{2,20}\d{1,4}(?:: | on | at )|^Trying to mount root |^Mounting root from /;
const PCI =
  /^(virtio_pci\d{1,3}): <VirtIO PCI (?:\((?:legacy|modern)\) )?([A-Z0-9][\w -]{1,40}?) [aA]dapter>/;
const CHILD = /^([a-z]{2,12}\d{1,3}): <VirtIO ([\w -]{2,40}) Adapter> on (virtio_(?:pci|mmio)\d{1,3})$/;
const RENAMED = /^([a-z]{2,12}\d{1,3}): changing name to '(\S{1,16})'$/;
/** The line that a boot prints once for each unit; seen again, another boot is on. */
const ONCE = /^((?:virtio_(?:pci|mmio)|vtnet|em|igb|vmx|re|cpu)\d{1,3}): </;

export type Boot = { readonly rows: readonly Row[]; readonly version?: Row };

/** A boot, and what must be known of it as a whole before its rows can be read one by one. */
export type LastBoot = Boot & {
  /** `virtio_pci2` to `vtnet0`. */
  readonly children: ReadonlyMap<string, string>;
  /** `vtnet0` to `virtio_pci2`. */
  readonly parents: ReadonlyMap<string, string>;
  /** `virtio_pci2` to `network`. */
  readonly types: ReadonlyMap<string, string>;
  /** The name an interface bears now, by the one its driver gave. */
  readonly names: ReadonlyMap<string, string>;
};

/** A head begins a boot; where grep or the ring buffer took it away, the same unit attaching again does. */
export function findBoots(rows: readonly Row[]): Boot[] {
  const boots: { rows: Row[]; version?: Row }[] = [];
  let seen = new Set<string>();
  let isUnderWay = false;
  for (const row of rows) {
    const isVersion = VERSION.test(row.text);
    const isHead = isVersion || HEADS.some((head) => head.test(row.text));
    const unit = ONCE.exec(row.text)?.[1];
    const open = boots.at(-1);
    const isNew =
      !open ||
      (isHead && isUnderWay) ||
      (isVersion && open.version) ||
      (unit !== undefined && seen.has(unit));
    if (isNew) {
      boots.push({ rows: [] });
      seen = new Set();
      isUnderWay = false;
    }
    const boot = boots.at(-1);
    boot?.rows.push(row);
    if (boot && isVersion) boot.version = row;
    if (unit !== undefined) seen.add(unit);
    isUnderWay ||= UNDER_WAY.test(row.text);
  }
  return boots;
}

export function survey(boot: Boot): LastBoot {
  const children = new Map<string, string>();
  const parents = new Map<string, string>();
  const types = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { text } of boot.rows) {
    const [, unit, type] = PCI.exec(text) ?? [];
    if (unit && type) types.set(unit, type.toLowerCase());
    const [, child, model = '', parent] = CHILD.exec(text) ?? [];
    if (child && parent) {
      children.set(parent, child);
      parents.set(child, parent);
      types.set(parent, model === 'Networking' ? 'network' : model.toLowerCase());
    }
    const [, from, to] = RENAMED.exec(text) ?? [];
    const first = from && [...names].find(([, name]) => name === from)?.[0];
    if (from && to) names.set(first ?? from, to);
  }
  return { ...boot, children, parents, types, names };
}

/** What an interface is called now: `vtnet0`, or the name it was given. */
export function nameOf(unit: string, boot: LastBoot): string {
  return boot.names.get(unit) ?? unit;
}

/** A virtio device that is seen to be a disk, a balloon or the like. */
export function isOtherDevice(unit: string, boot: LastBoot): boolean {
  const type = boot.types.get(unit);
  return type !== undefined && type !== 'network';
}
