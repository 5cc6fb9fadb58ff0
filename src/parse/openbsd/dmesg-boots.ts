// Reads: where one boot ends and the next begins in the rows of a dmesg, and what hangs on what in a boot.
// Printed by: sys/conf/newvers.sh (the version line), sys/kern/subr_autoconf.c config_attach() (`child at parent`).
// Fixtures: fixtures/outputs/openbsd-7.3/dmesg-boots.txt, openbsd-5.6/dmesg-grep-after.txt.

import type { Row } from '../../model/line.ts';

export const VERSION = /^OpenBSD (\d{1,2}\.\d)(-current|-beta|-stable)? \(([\w.-]{1,60})\) #\d{1,6}: /;

const UNDER_WAY = /^[a-z]{2,15}\d{1,4}(?: at |: )|^(?:root on |syncing disks|rebooting)/;

export type Boot = { readonly rows: readonly Row[]; readonly version?: Row };

export type Vio = { readonly vio: string; readonly virtio: string };

/** A boot, and what must be known of it as a whole before its rows can be read one by one. */
export type LastBoot = Boot & {
  /** Bus number by unit: `pci1` is 1 behind `pci1 at ppb0 bus 1`. */
  readonly buses: ReadonlyMap<string, number>;
  /** `virtio4` to `vio1`, `virtio0` to `viornd0`. */
  readonly children: ReadonlyMap<string, string>;
  /** `virtio4` to `network`. */
  readonly types: ReadonlyMap<string, string>;
  /** The vio(4) units that were named. */
  readonly vios: ReadonlySet<string>;
  /** The virtio child whose attach line was read last: what follows without a name belongs to it. */
  lastChild: Vio | undefined;
};

// The line that a boot prints once for each unit; seen again, another boot is on.
const ONCE = /^((?:vio|virtio|em|vmx|re|mainbus)\d{1,3}) at (?:virtio|pci|mainbus|root)/;

/** The version line begins a boot; where grep took it away, the same unit attaching again does. */
export function findBoots(rows: readonly Row[]): Boot[] {
  const boots: { rows: Row[]; version?: Row }[] = [];
  let seen = new Set<string>();
  let isUnderWay = false;
  for (const row of rows) {
    const isVersion = VERSION.test(row.text);
    const unit = ONCE.exec(row.text)?.[1];
    const open = boots.at(-1);
    // Copyright, boot loader and the like stand above the version line and are no boot of their own.
    if (isVersion && open && !open.version && !isUnderWay) open.version = row;
    else if (!open || isVersion || (unit !== undefined && seen.has(unit))) {
      boots.push({ rows: [], ...(isVersion && { version: row }) });
      seen = new Set();
      isUnderWay = false;
    }
    boots.at(-1)?.rows.push(row);
    if (unit !== undefined) seen.add(unit);
    isUnderWay ||= UNDER_WAY.test(row.text);
  }
  return boots;
}

export function survey(boot: Boot): LastBoot {
  const buses = new Map([['pci0', 0]]);
  const children = new Map<string, string>();
  const types = new Map<string, string>();
  const vios = new Set<string>();
  for (const { text } of boot.rows) {
    const [, pci, bus] = /^(pci\d{1,3}) at [a-z]{2,12}\d{1,3} bus (\d{1,3})\b/.exec(text) ?? [];
    if (pci) buses.set(pci, Number(bus));
    const [, child, virtio] = /^([a-z]{2,12}\d{1,3}) at (virtio\d{1,3})(?!\d)/.exec(text) ?? [];
    if (child && virtio) children.set(virtio, child);
    if (child?.match(/^vio\d/)) vios.add(child);
    const type = virtioType(text);
    if (type) types.set(...type);
  }
  return { ...boot, buses, children, types, vios, lastChild: undefined };
}

/** `"Qumranet Virtio 1.x Network"` and `Virtio Network Device` are both `network`. sys/dev/pci/pcidevs, sys/dev/pv/virtio.c */
function virtioType(text: string): [string, string] | undefined {
  const [, unit, name] =
    /^(virtio\d{1,3}) at pci\d{1,3} dev .{1,20}? "(?:Qumranet|OpenBSD) (?:Virtio )?(?:1\.x )?([\w -]{2,40})"/.exec(
      text,
    ) ??
    /^(virtio\d{1,3}) at [a-z]{3,12}\d{1,3}: Virtio ([\w -]{2,40}) Device$/.exec(text) ??
    [];
  if (unit && name) return [unit, name.toLowerCase()];
  const [, unnamed, product] =
    /^(virtio\d{1,3}) at .{1,60} vendor "Qumranet", unknown product (0x[\da-f]{4})/.exec(text) ?? [];
  const type = NETWORK_PRODUCTS.has(product ?? '') ? 'network' : product && `product ${product}`;
  return unnamed && type ? [unnamed, type] : undefined;
}

/** virtio 1.2, 4.1.2: 0x1000 transitional, 0x1040 + device type. */
export const NETWORK_PRODUCTS: ReadonlySet<string> = new Set(['0x1000', '0x1041']);
