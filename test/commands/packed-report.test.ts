import { expect, test } from 'vitest';
import { packReport, unpackReport } from '../../src/commands/packed-report.ts';
import { examine, readCase } from '../cases.ts';

const report = examine(readCase('no-carrier-vlan-40'));
const line = (sample: string, number: number, text: string) => ({ sample, number, text });

test.each([
  [[]],
  [[line('a', 1, '')]],
  [[line('a', 1, 'x'), line('a', 3, ''), line('b', 2, 'y\tz \u{1f600}'), line('a', 9, '\x1b[2J')]],
])('a report comes out of its package as it went in', (lines) => {
  const given = { ...report, loose: lines, strange: lines.slice(1) };
  expect(unpackReport(structuredClone(packReport(given)))).toEqual(given);
});
