// Reads: /proc/net/dev, whole or through grep: two heads, then a row of 16 counters for each interface.
// Printed by: the Linux kernel, net/core/net-procfs.c dev_seq_printf_stats(); 2.2 to 6.18 alike; captured with 6.1. Old kernels leave
// no blank behind the colon. Fixtures: fixtures/outputs/linux-6.1/proc-net-dev*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const HEAD = /^Inter-\|\s{1,8}Receive\s{1,60}\|\s{1,4}Transmit$|^ ?face \|bytes\s{1,8}packets errs drop /;
/** Not a row of a hex dump, and not one of /proc/interrupts on 16 CPUs. */
const ROW =
  /^(?!\s{0,8}(?:[\da-f]{2,3}:(?: [\da-f]{2}){16}$|[A-Z]{3}:))\s{0,12}([A-Za-z][\w.@-]{0,14}):((?:\s{0,20}\d{1,20})(?:\s{1,20}\d{1,20}){15})$/;
/** Columns that are counters in every listing. */
const COUNTS: readonly [number, string][] = [
  [0, 'rx-bytes'],
  [1, 'rx-packets'],
  [2, 'rx-errors'],
  [3, 'rx-drops'],
  [8, 'tx-bytes'],
  [9, 'tx-packets'],
  [10, 'tx-errors'],
  [11, 'tx-drops'],
];
const HOST_NAMES = /^(?:tap\d+i\d+|fw(?:br|ln|pr)\d+[ipo]\d+|vmbr\d+|vnet\d+|virbr\d+)$/;

export const procNetDev: Parser = {
  kind: 'linux/proc-net-dev',
  title: 'Linux /proc/net/dev',
  commands: /^(?:(?:cat|less|more|head|tail)\b.{0,60}|[ef]?grep\b.{0,120}) ?\/proc\/(?:self\/)?net\/dev\b/,
  begins: new RegExp(`${HEAD.source}|${ROW.source}`),
  continues: ROW,
  top: /^Inter-\|/,
  read: readNetDev,
};

function readNetDev(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let isHost = false;
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    const [, of, list] = ROW.exec(row.text) ?? [];
    if (of !== undefined && list !== undefined) {
      const numbers = list.trim().split(/\s+/).map(Number);
      for (const [column, counts] of COUNTS)
        notes.say('counter', `${of} ${counts}`, { of, counts, value: numbers[column] }, row);
      isHost ||= HOST_NAMES.test(of);
    } else if (!HEAD.test(row.text)) notes.missed(row);
  }
  return notes.done(isHost ? 'host' : undefined);
}
