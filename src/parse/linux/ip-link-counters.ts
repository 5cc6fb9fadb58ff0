// Reads: the RX and TX blocks of `ip -s link`, a line of column names and a line of numbers each.
// Printed by: iproute2 ip/ipaddress.c; left-aligned with `overrun` in older ones (about 5.14), else with `missed` (captured with 6.1).
// Fixtures: fixtures/outputs/linux-5.4/ip-s-link.txt, linux-6.1/ip-d-s-link-tap.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import type { IpLinkPlace } from './ip-link-place.ts';

const TITLE = /^\s{0,8}([RT]X):\s{1,20}(bytes\s[a-z\s]{1,100})$/;
/** The second table of -s -s: what the errors were. */
const ERRORS_TITLE = /^\s{0,8}[RT]X errors:\s[a-z\s]{1,100}$/;
/** With -h the numbers are rounded and carry a unit. */
const NUMBERS = /^\s{0,30}\d[\d.]{0,20}[KMGTPi]{0,2}(?:\s{1,30}\d[\d.]{0,20}[KMGTPi]{0,2}){2,10}$/;

export const counters = new RegExp(`${TITLE.source}|${ERRORS_TITLE.source}|${NUMBERS.source}`);

const COUNTS: Readonly<Record<string, string>> = {
  bytes: 'bytes',
  packets: 'packets',
  errors: 'errors',
  dropped: 'drops',
};

/** RX of a tap is what came from the guest, TX what went to it. */
export function readCounters(text: string, row: Row, place: IpLinkPlace, notes: Notes): boolean {
  const [, direction, columns = ''] = TITLE.exec(text) ?? [];
  if (direction !== undefined) {
    place.block = { direction: direction === 'RX' ? 'rx' : 'tx', columns: columns.trim().split(/\s+/) };
    return true;
  }
  if (ERRORS_TITLE.test(text)) {
    place.block = { direction: 'rx', columns: [] };
    return true;
  }
  const { block, name } = place;
  if (!block || !NUMBERS.test(text)) return false;
  place.block = undefined;
  const numbers = text.trim().split(/\s+/);
  for (const [index, column] of block.columns.entries()) {
    const value = numbers[index] ?? '';
    const counted = COUNTS[column];
    if (name === '' || counted === undefined || !/^\d{1,20}$/.test(value)) continue;
    const counts = `${block.direction}-${counted}`;
    notes.say('counter', `${name} ${counts}`, { of: name, counts, value: Number(value) }, row);
  }
  return true;
}
