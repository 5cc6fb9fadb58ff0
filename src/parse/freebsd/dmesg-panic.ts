// Reads: a kernel panic: `Fatal trap 12: ...`, `panic: ...`, the process that ran, the backtrace.
// Printed by: sys/amd64/amd64/trap.c trap_fatal(), sys/kern/kern_shutdown.c vpanic(), sys/kern/subr_kdb.c, sys/ddb/db_trace.c; DragonFly likewise.
// Fixtures: fixtures/outputs/freebsd-12.1/dmesg-panic.txt, freebsd-14.1/dmesg-panic.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { sayVersion } from './dmesg-machine.ts';

const TRAP =
  /^Fatal (?:double fault|trap \d{1,3}: [\w ,/-]{3,80}?)(?: while in (?:kernel|vm86|user) mode)?:?$/;
const PANIC = /^panic: \S/;
const PROCESS = /^current (?:process|thread)\s{1,12}= (?:pid )?\d{1,7} \(([^()]{1,40})\)?$/;
const FRAME =
  /^(?:#\d{1,3} 0x[\da-f]{4,16} at )?([a-z_]\w{1,60})(?:\(\) at \w{1,60})?\+0x[\da-f]{1,8}(?:\/frame 0x[\da-f]{4,16})?$/;
const VERSION_LINE = /^version = ((?:FreeBSD|DragonFly) \S.{1,200})$/;

/** Rows that only a panic of these systems prints. */
export const PANIC_ROWS: readonly RegExp[] = [
  TRAP,
  VERSION_LINE,
  /^KDB: (?:stack backtrace:|enter: |reentering)/,
  /^db_trace_self\w{0,20}\(\) at /,
  /^#\d{1,3} 0x[\da-f]{8,16} at \w{2,60}\+0x[\da-f]{1,8}$/,
  /^current process\s{1,12}= \d{1,7} \(/,
  /^instruction pointer\s{1,12}= 0x/,
];
/** Rows of it that other kernels print too. */
export const PANIC_REST =
  /^(?:panic: |cpuid = \d|time = \d|fault (?:virtual address|code)\s|(?:stack|frame) pointer\s|code segment\s|\s{1,30}= DPL \d|processor eflags\s|trap number\s|Uptime: |Dumping \d|Dump (?:complete|failed)|Rebooting\.\.\.|Automatic reboot in |Cannot dump|Stopped at |--- (?:trap|interrupt|syscall)|__HardenedBSD_version|[a-z_]\w{1,60}\(\) at \w{1,60}\+0x)/;

/** Of any boot in the buffer: a panic ends its boot, and the next one follows. */
export function sayPanic(row: Row, notes: Notes): boolean {
  const { text } = row;
  if (TRAP.test(text) || PANIC.test(text)) {
    sayPanicked(row, notes);
    return true;
  }
  const version = VERSION_LINE.exec(text)?.[1];
  if (version) {
    sayVersion(version, row, notes);
    return true;
  }
  // A process or a function that is named here says where the processor was, not why.
  const call = FRAME.exec(text)?.[1];
  if (call === 'panic' || call === 'vpanic') sayPanicked(row, notes);
  return call !== undefined || PROCESS.test(text) || PANIC_REST.test(text);
}

function sayPanicked(row: Row, notes: Notes): void {
  const code = 'kernel-panic';
  notes.say('message', code, { code, device: '', text: row.text }, row);
}
