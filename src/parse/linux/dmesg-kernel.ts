// Reads: what a Linux kernel says when it is stuck or dies, and when it refuses a module of virtio.
// Printed by: kernel/watchdog.c, kernel/hung_task.c, kernel/rcu/tree_stall.h, kernel/panic.c, arch/*/mm/fault.c, lib/bug.c, kernel/module.
// Fixtures: fixtures/outputs/linux-6.1/dmesg-soft-lockup.txt, dmesg-panic.txt, dmesg-unknown-symbol.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

const TROUBLES: readonly (readonly [RegExp, string])[] = [
  [/^(?:watchdog: )?BUG: soft lockup\b/, 'soft-lockup'],
  [/^(?:rcu: )?INFO: rcu_\w{2,12} (?:self-)?detected (?:expedited )?stalls?\b/, 'soft-lockup'],
  [/^INFO: task \S{1,40}:\d{1,9} blocked for more than \d{1,6} seconds/, 'hung-task'],
  [/^Kernel panic - not syncing\b/, 'kernel-panic'],
  [
    /^(?:BUG: (?:unable to handle|kernel NULL pointer)|general protection fault\b|Oops: |kernel BUG at |Internal error: Oops|Unable to handle kernel )/,
    'kernel-oops',
  ],
];
const MODULE =
  /^(virtio(?:_[a-z]{2,10})?|failover|net_failover): (?:Unknown symbol |disagrees about version of symbol |version magic )/;
/** The driver waits in a loop, or asleep, until the device answers a command. drivers/net/virtio_net.c */
const WAITS_FOR_ANSWER = /(?:^|[ >:])virtnet_send_command(?:_reply)?\+0x/;
const FRAME = /\+0x[\da-f]{1,6}\/0x[\da-f]{1,6}/;
const LONGEST_TRACE = 80;

/** What stands in a backtrace is where the processor was, and no cause; only a driver that waits for its device tells something. */
export function sayKernel(
  row: Row,
  place: { readonly rows: readonly Row[]; readonly index: number },
  notes: Notes,
): boolean {
  const { text } = row;
  const refused = MODULE.exec(text)?.[1];
  if (refused) {
    notes.say('message', `module-refused ${refused}`, { code: 'module-refused', device: '', text }, row);
    return true;
  }
  const code = TROUBLES.find(([shape]) => shape.test(text))?.[1];
  if (!code) return false;
  notes.say('message', code, { code, device: '', text }, row);
  const waiting = code === 'kernel-panic' || code === 'kernel-oops' ? undefined : waitingFrame(place);
  if (waiting) {
    const says = { code: 'ctrl-queue-timeout', device: '', text: waiting.text };
    notes.say('message', 'ctrl-queue-timeout', says, { ...waiting, at: [...row.at, ...waiting.at] });
  }
  return true;
}

function waitingFrame({
  rows,
  index,
}: {
  readonly rows: readonly Row[];
  readonly index: number;
}): Row | undefined {
  const trace = rows.slice(index + 1, index + 1 + LONGEST_TRACE);
  const end = trace.findIndex(({ text }) => TROUBLES.some(([shape]) => shape.test(text)));
  const frames = (end < 0 ? trace : trace.slice(0, end)).filter(({ text }) => FRAME.test(text));
  return frames.find(({ text }) => WAITS_FOR_ANSWER.test(text) && !/\? /.test(text));
}
