// Reads: `netstat -i`, `-in`, `-ibdn`, `-I vtnet0`, `-W`: the table of interfaces with their counters.
// Printed by: usr.bin/netstat/if.c (FreeBSD up to 7 and DragonFly without Idrop; 8 and later with it; -b, -d add columns), macOS netstat.
// Fixtures: fixtures/outputs/freebsd-{9.0,14.1}/netstat-i*.txt, dragonfly-6.4, macos-14.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { wholeMac } from '../whole-mac.ts';
import { driverOfName } from './interface-name.ts';

const HEADER =
  /^Name\s{1,20}Mtu\s{1,20}Network\s{1,40}Address\s{1,60}((?:(?:Ipkts|Ierrs|Idrop|Ibytes|Opkts|Oerrs|Obytes)\s{1,24}){3,8}Coll(?:\s{1,12}Drop)?)$/;
const LINK =
  /^([A-Za-z][\w.:-]{0,31}?)(\*?)\s{1,20}(\d{1,7})\s{1,20}<Link#\d{1,5}>\s{1,60}(?:([\da-f]{1,2}(?::[\da-f]{1,2}){5})\s{1,40}|[a-z][\w.:-]{0,31}\s{1,40})?(\d[\d\s-]{4,160})$/;
const ADDRESS =
  /^([A-Za-z][\w.:-]{0,31}?)\*?\s{1,20}(?:-|\d{1,7})\s{1,20}(?!<Link)[\w.:%/-]{1,60}\s{1,60}\S{1,80}\s{1,60}\d[\d\s-]{4,160}$/;
/** -a lists the groups that were joined below. */
const GROUP = /^\s{10,60}(?:[\da-f:.]{2,45}(?:%[\w.:-]{1,20})?)(?:\s{1,30}\d{1,20}){0,2}$/;

const COLUMNS: Readonly<Record<string, string>> = {
  Ipkts: 'rx-packets',
  Ierrs: 'rx-errors',
  Idrop: 'rx-drops',
  Ibytes: 'rx-bytes',
  Opkts: 'tx-packets',
  Oerrs: 'tx-errors',
  Obytes: 'tx-bytes',
  Coll: 'collisions',
  Drop: 'tx-drops',
};
/** vtnet adds the errors of its queues nowhere, and counts no output errors (if_vtnet.c of 9.3 to 12): its zeros say nothing. */
const DEAD_ON_VTNET = new Set(['rx-errors', 'tx-errors']);

export const freebsdNetstat: Parser = {
  kind: 'freebsd/netstat-i',
  title: 'FreeBSD netstat -i',
  commands: /^(?:\/usr\/bin\/)?netstat\s(?:-\w{1,10}\s){0,4}-\w{0,6}[iI]/,
  commandIsShared: true,
  begins: new RegExp(`${HEADER.source}|${LINK.source}`),
  continues: new RegExp(`${ADDRESS.source}|${GROUP.source}`),
  top: HEADER,
  read: readNetstat,
};

function readNetstat(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let columns: readonly string[] = [];
  for (const row of rows) {
    const header = HEADER.exec(row.text)?.[1];
    const [, name, star, mtu, mac, numbers] = LINK.exec(row.text) ?? [];
    if (header !== undefined) columns = header.split(/\s+/);
    else if (name !== undefined && numbers !== undefined) {
      sayInterface(name, star === '*', Number(mtu), mac, row, notes);
      sayCounters(name, numbers.trim().split(/\s+/), columns, row, notes);
    } else if (!freebsdNetstat.continues.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

/** Old releases cut names at five letters: `vtnet` is then of no known unit. */
function sayInterface(
  name: string,
  isDown: boolean,
  mtu: number,
  mac: string | undefined,
  row: Row,
  notes: Notes,
): void {
  if (!/\d$/.test(name) && name.length >= 5) return;
  const up = isDown ? false : undefined;
  notes.say('interface', name, { driver: driverOfName(name), up, mtu, mac: mac && wholeMac(mac) }, row);
}

/** Only the <Link#N> row counts what the device did; a row of fewer numbers than columns is cut. */
function sayCounters(
  name: string,
  numbers: readonly string[],
  columns: readonly string[],
  row: Row,
  notes: Notes,
): void {
  if (numbers.length !== columns.length) {
    if (columns.length > 0) notes.missed(row);
    return;
  }
  for (const [index, column] of columns.entries()) {
    const counts = COLUMNS[column];
    const value = numbers[index] ?? '';
    if (counts === undefined || !/^\d{1,20}$/.test(value)) continue;
    if (value === '0' && DEAD_ON_VTNET.has(counts) && name.startsWith('vtnet')) continue;
    notes.say('counter', `${name} ${counts}`, { of: name, counts, value: Number(value) }, row);
  }
}
