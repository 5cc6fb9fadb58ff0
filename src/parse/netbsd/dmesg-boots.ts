// Reads: where one boot ends and the next begins in the rows of a dmesg, and what hangs on what in a boot.
// Printed by: sys/conf/newvers.sh (the version line; without `#0: date` in reproducible builds), sys/kern/subr_autoconf.c.
// Fixtures: fixtures/outputs/netbsd-10.1/dmesg-boots.txt.

import type { Row } from '../../model/line.ts';

export const VERSION =
  /^NetBSD (\d{1,3}\.\d{1,3}(?:\.\d{1,4})?)(?:_([A-Z]{1,12})\d{0,3})? \(([\w.+-]{1,60})\)(?: #\d{1,6}: .{1,80})?$/;

export type Boot = { readonly rows: readonly Row[]; readonly version?: Row };

/** A boot, and what must be known of it as a whole before its rows can be read one by one. */
export type LastBoot = Boot & {
  /** Bus number by unit: `pci1` is 1 behind `pci1 at ppb0 bus 1`. */
  readonly buses: ReadonlyMap<string, number>;
  /** `virtio1` to `vioif0`, `virtio0` to `ld0`. */
  readonly children: ReadonlyMap<string, string>;
  /** `virtio1` to `network`. */
  readonly types: ReadonlyMap<string, string>;
};

/** The line that a boot prints once for each unit; seen again, another boot is on. */
const ONCE = /^((?:vioif|virtio|wm|mainbus)\d{1,3})(?: at (?:virtio|pci|mainbus)\d| \(root\))/;
const COPYRIGHT = /^Copyright \(c\) 1996, 1997, /;

/** The copyright notice stands above the version line; where grep took both away, a unit attaching again begins a boot. */
export function findBoots(rows: readonly Row[]): Boot[] {
  const boots: { rows: Row[]; version?: Row }[] = [];
  let seen = new Set<string>();
  for (const row of rows) {
    const open = boots.at(-1);
    const isVersion = VERSION.test(row.text);
    const unit = ONCE.exec(row.text)?.[1];
    const isNew = COPYRIGHT.test(row.text) || (isVersion && open?.version) || (unit && seen.has(unit));
    if (!open || (isNew && (open.version || seen.size > 0))) {
      boots.push({ rows: [] });
      seen = new Set();
    }
    const boot = boots.at(-1);
    if (isVersion && boot) boot.version = row;
    boot?.rows.push(row);
    if (unit !== undefined) seen.add(unit);
  }
  return boots;
}

const TYPE =
  /^(virtio\d{1,3}): (?:Virtio )?([\w ()-]{2,40}?) [Dd]evice \((?:id \d{1,3}, )?rev\. 0x[\da-f]{2}\)$/;

export function survey(boot: Boot): LastBoot {
  const buses = new Map([['pci0', 0]]);
  const children = new Map<string, string>();
  const types = new Map<string, string>();
  for (const { text } of boot.rows) {
    const [, pci, bus] = /^(pci\d{1,3}) at [a-z]{2,12}\d{1,3} bus (\d{1,3})\b/.exec(text) ?? [];
    if (pci) buses.set(pci, Number(bus));
    const [, child, virtio] = /^([a-z]{2,12}\d{1,3}) at (virtio\d{1,3})(?!\d)/.exec(text) ?? [];
    if (child && virtio) children.set(virtio, child);
    const [, unit, type] = TYPE.exec(text) ?? [];
    if (unit && type) types.set(unit, type.toLowerCase());
  }
  return { ...boot, buses, children, types };
}
