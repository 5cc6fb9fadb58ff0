// Reads: the kernel modules that the boot loader loaded: `/boot/kernel/if_vtnet.ko size 0x13470 at 0x31bb000`, `... text=0x... data=0x...`.
// Printed by: stand/common/load_elf.c and load_elf_obj.c; with `boot -v` sys/kern/subr_module.c (`Preloaded elf obj module "..." at`).
// Fixtures: fixtures/outputs/freebsd-8.3/loader.txt, freebsd-12.1/dmesg-verbose.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

/** On a console the loader's spinner stands in front and within. */
const LOADED =
  /^\S{0,500}?\b([a-z]\w{1,30})\.ko [|/\\-]{0,4}(?:size 0x[\da-f]{1,12} at 0x[\da-f]|text=0x[\da-f]|data=0x[\da-f])/;
const PRELOADED =
  /^Preloaded elf\d{0,2} (?:obj )?module "\S{0,120}?\b([a-z]\w{1,30})\.ko" at 0x[\da-f]{4,16}/;
const KERNEL = /^(?:\S{0,120}\/kernel\/kernel (?:text|size|data)=?|Preloaded elf\d{0,2} kernel ")/;

export const MODULE_ROWS: readonly RegExp[] = [LOADED, PRELOADED, KERNEL];

export function sayModule(row: Row, notes: Notes): boolean {
  const name = LOADED.exec(row.text)?.[1] ?? PRELOADED.exec(row.text)?.[1];
  if (name) notes.say('module', name, { loaded: true, builtIn: false }, row);
  return name !== undefined || KERNEL.test(row.text);
}
