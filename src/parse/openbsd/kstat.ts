// Reads: `kstat vio0:::` (and plain `kstat`): blocks of counters, one for each send and receive queue of a NIC.
// Printed by: usr.bin/kstat/kstat.c kstat_print(); the queues' keys are those of sys/net/ifq.c (OpenBSD; 7.3).
// Fixtures: fixtures/outputs/openbsd-7.3/kstat.txt (one queue pair), openbsd-7.8/kstat.txt (two).

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEAD = /^([a-z][a-z_]{0,15}\d{0,6}):(\d{1,10}):([a-z][\w.-]{0,31}):(\d{1,10})$/;
const VALUE = /^\s{0,24}([\w.,/ -]{1,16}): (\d{1,20}|true|false)(?: (?:packets|bytes|cycles))?$/;
// Keys stand right-aligned in 16 columns; raw values are dumped as hex.
const OTHER =
  /^(?=.{16}: ) {0,15}[\w.,/ -]{1,16}: .{0,200}$|^\s{1,4}kstat read error: .{1,100}$|^\s{0,4}\d{1,4}: (?:[\da-f]{2} ){1,16}.{0,60}$/;

export const kstat: Parser = {
  kind: 'openbsd/kstat',
  title: 'OpenBSD kstat',
  commands: /^(?:\/usr\/bin\/)?kstat\b/,
  begins: HEAD,
  continues: new RegExp(`${VALUE.source}|${OTHER.source}`),
  read: readKstat,
};

type Total = { of: string; counts: string; value: number; rows: Row[] };

function readKstat(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const totals = new Map<string, Total>();
  let of = '';
  let queue = '';
  for (const row of rows) {
    const [, provider, , name, unit] = HEAD.exec(row.text) ?? [];
    if (provider && name && unit) {
      of = provider;
      queue = /^[rt]xq$/.test(name) ? `${name}${unit}` : name;
      // Read again (kstat -w): what comes next is a second reading.
      if (totals.get(`${of} ${queue}`)) sayTotals(totals, notes);
      totals.set(`${of} ${queue}`, { of, counts: '', value: 0, rows: [] });
      continue;
    }
    const [, key, text] = VALUE.exec(row.text) ?? [];
    if (key && text && of) {
      const value = text === 'true' ? 1 : text === 'false' ? 0 : Number(text);
      const counts = `${queue} ${key.trim()}`;
      notes.say('counter', `${of} ${counts}`, { of, counts, value }, row);
      if (key.trim() === 'packets') addTotal(totals, of, queue, value, row);
    } else if (!OTHER.test(row.text)) notes.missed(row);
  }
  sayTotals(totals, notes);
  return notes.done();
}

/** The interface's own packet counters are the sums over its queues (sys/net/ifq.c ifq_add_data, ifiq_add_data). */
function addTotal(totals: Map<string, Total>, of: string, queue: string, value: number, row: Row): void {
  const counts = queue.startsWith('rxq') ? 'rx-packets' : queue.startsWith('txq') ? 'tx-packets' : undefined;
  if (!counts) return;
  const total = totals.get(`${of} ${counts}`) ?? { of, counts, value: 0, rows: [] };
  totals.set(`${of} ${counts}`, { ...total, value: total.value + value, rows: [...total.rows, row] });
}

function sayTotals(totals: Map<string, Total>, notes: Notes): void {
  for (const { of, counts, value, rows } of totals.values()) {
    const [first, ...others] = rows;
    if (!first) continue;
    const row: Row = { text: first.text, at: [...first.at, ...others.flatMap(({ at }) => at)] };
    notes.say('counter', `${of} ${counts}`, { of, counts, value }, row);
  }
  totals.clear();
}
