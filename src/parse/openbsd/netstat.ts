// Reads: `netstat -i`, `-in`, `-ine`, `-ind`, `-inb`, `-I vio1`: the table of interfaces with their counters.
// Printed by: usr.bin/netstat/if.c intpr() (OpenBSD; 1.81 of 7.3: Ifail, or Ierrs with -e, Idrop with -d;
// older ones always Ierrs). Fixtures: fixtures/outputs/openbsd-7.8/netstat-i*.txt, openbsd-7.3/netstat-ind.txt, openbsd-6.5/netstat-in.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { wholeMac } from '../whole-mac.ts';

const HEADER =
  /^Name\s{1,20}Mtu\s{1,20}Network\s{1,20}Address\s{1,30}((?:Ipkts\s{1,9}(?:Ifail|Ierrs|Idrop)\s{1,9}Opkts\s{1,9}(?:Ofail|Oerrs|Odrop)\s{1,9}Colls|Ibytes\s{1,9}Obytes)(?:\s{1,9}[A-Z]\w{2,8}){0,3})$/;
const LINK =
  /^([a-z]{1,12}\d{1,6})(\*?)\s{1,12}\d{1,7}\s{1,12}<Link>\s{1,40}(?:([\da-f]{1,2}(?::[\da-f]{1,2}){5})\s{1,20})?(\d[\d. A-Z]{0,100})$/;
const ADDRESS =
  /^([a-z]{1,12}\d{1,6})\*?\s{1,12}\d{1,7}\s{1,12}(?!<)\S{1,60}\s{1,40}(\S{1,60})\s{1,40}(\d[\d. A-Z]{0,100})$/;

/** What each column counts. Ifail and Ofail are errors and drops in one number (if_show_fails). */
const COLUMNS: Record<string, string> = {
  Ipkts: 'rx-packets',
  Ierrs: 'rx-errors',
  Idrop: 'rx-drops',
  Ifail: 'rx-fails',
  Opkts: 'tx-packets',
  Oerrs: 'tx-errors',
  Odrop: 'tx-drops',
  Ofail: 'tx-fails',
  Colls: 'collisions',
  Ibytes: 'rx-bytes',
  Obytes: 'tx-bytes',
};
/** Without its header a row of five numbers tells packets, but not whether failures, errors or drops. */
const UNNAMED = ['Ipkts', '', 'Opkts', '', 'Colls'];

export const netstat: Parser = {
  kind: 'openbsd/netstat-i',
  title: 'OpenBSD netstat -i',
  commands: /^(?:\/usr\/bin\/)?netstat\s(?:-\w{1,10}\s){0,4}-\w{0,6}[iI]/,
  commandIsShared: true,
  begins: new RegExp(`${HEADER.source}|${LINK.source}`),
  continues: ADDRESS,
  top: HEADER,
  read: readNetstat,
};

type Counted = { name: string; isLink: boolean; numbers: string[]; columns: readonly string[]; row: Row };

function readNetstat(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const counted = new Map<string, Counted>();
  let columns: readonly string[] = [];
  for (const row of rows) {
    const header = HEADER.exec(row.text)?.[1];
    if (header) {
      columns = header.split(/\s+/);
      continue;
    }
    const [, name = '', star, mac, numbers] = LINK.exec(row.text) ?? [];
    if (numbers) {
      counted.set(name, { name, isLink: true, numbers: numbers.split(/\s+/), columns, row });
      // A missing star proves nothing: renderers of * eat it.
      if (star || mac)
        notes.say('interface', name, { up: star ? false : undefined, mac: mac && wholeMac(mac) }, row);
      continue;
    }
    const [, owner, , others] = ADDRESS.exec(row.text) ?? [];
    if (owner && others && !counted.has(owner)) {
      counted.set(owner, { name: owner, isLink: false, numbers: others.split(/\s+/), columns, row });
    }
    if (!owner) notes.missed(row);
  }
  for (const each of counted.values()) sayCounters(each, notes);
  return notes.done();
}

/** Every row of an interface repeats the interface's counters; they are told once. */
function sayCounters({ name, numbers, columns, row }: Counted, notes: Notes): void {
  const names = columns.length > 0 ? columns : namesFor(numbers.length);
  if (numbers.length < names.length) {
    notes.missed(row);
    return;
  }
  for (const [index, column] of names.entries()) {
    const counts = COLUMNS[column];
    const value = numbers[index] ?? '';
    if (counts && /^\d{1,20}$/.test(value)) {
      notes.say('counter', `${name} ${counts}`, { of: name, counts, value: Number(value) }, row);
    }
  }
}

function namesFor(count: number): readonly string[] {
  if (count === 2) return ['Ibytes', 'Obytes'];
  return count === 5 ? UNNAMED : [];
}
