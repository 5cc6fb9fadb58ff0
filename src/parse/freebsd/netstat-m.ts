// Reads: `netstat -m`: how much of the network memory is used, and how often none was left.
// Printed by: usr.bin/netstat/mbuf.c (FreeBSD 8 to 15). Fixtures: fixtures/outputs/freebsd-14.1/netstat-m.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const ROW =
  /^((?:\d{1,12}\/){0,4}\d{1,12}K?(?:\/\d{1,12}K?){0,4}) ((?:mbufs?|mbuf\+clusters|\S{1,12}(?: \(page size\))? jumbo clusters|mbuf clusters|bytes allocated|requests for|sendfile|calls to|pages|I\/O|sfbufs|packets?|requests)\b.{0,160})$/;
const DENIED = /^requests for (?:mbufs|jumbo clusters) denied \(/;

export const netstatM: Parser = {
  kind: 'freebsd/netstat-m',
  title: 'FreeBSD netstat -m',
  commands: /^(?:\/usr\/bin\/)?netstat\s(?:-\w{1,10}\s){0,4}-\w{0,6}m/,
  commandIsShared: true,
  begins:
    /^(?:\d{1,12}\/){2}\d{1,12} mbufs in use \(current\/cache\/total\)$|^(?:\d{1,12}\/){2}\d{1,12} requests for (?:mbufs|jumbo clusters) denied \(/,
  continues: ROW,
  read: readNetstatM,
};

function readNetstatM(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const denied: Row[] = [];
  let sum = 0;
  for (const row of rows) {
    const [, numbers = '', words = ''] = ROW.exec(row.text) ?? [];
    if (numbers === '') notes.missed(row);
    if (!DENIED.test(words)) continue;
    denied.push(row);
    sum += numbers.split('/').reduce((all, each) => all + Number(each), 0);
  }
  const [first] = denied;
  if (first) notes.say('counter', 'mbufs denied', { of: 'mbufs', counts: 'denied', value: sum }, first);
  return notes.done();
}
