import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { safeJson } from '../../src/report/sanitize.ts';
import { scanLine, unreadableLine } from '../../src/report/scan-line.ts';
import { scanTableFoot, scanTableRow } from '../../src/report/scan-table.ts';
import { caseNames, examine, readCase } from '../cases.ts';

const schema = z.fromJSONSchema(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/scan.schema.json'), 'utf8')),
);
const HOSTILE = 'a\x1b[2J\u202e\u2028\x9b\x7f\ud800\u{e0041}\nb';
const ACTS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

test('the schema holds for what is printed, and for nothing else', () => {
  for (const name of caseNames.slice(0, 40)) {
    const line = scanLine(name, examine(readCase(name)));
    expect(schema.safeParse(JSON.parse(safeJson(line))).error).toBeUndefined();
  }
  const line = unreadableLine('x', 'permission denied.');
  expect(schema.safeParse(line).success).toBe(true);
  expect(schema.safeParse({ ...line, more: 1 }).success).toBe(false);
  expect(schema.safeParse({ ...line, verdict: 'sick' }).success).toBe(false);
});

test('no character of a path or a finding acts on a terminal; in JSON the value is exact', () => {
  const line = unreadableLine(HOSTILE, HOSTILE);
  const json = safeJson(line);
  expect(json).not.toMatch(ACTS);
  expect(JSON.parse(json)).toEqual(line);
  expect(scanTableRow(line).replace(/\n/g, '')).not.toMatch(ACTS);
  expect(scanTableRow(line).trimEnd().split('\n')).toHaveLength(2);
});

test('a row of the table has the gist, the path last', () => {
  const line = scanLine('dir/x', examine(readCase('no-carrier-vlan-40')));
  expect(scanTableRow(line)).toMatch(/^FAULT +certain interface-down \+\d+ +vio1 +openbsd .* dir\/x\n$/);
  expect(scanTableFoot({ fault: 1, healthy: 0, unclear: 0, unreadable: 0 })).toContain(
    '1 bundle: 1 with a fault',
  );
});

test('a report with many things to note has the first of them, and how many are left', () => {
  const report = examine(readCase('no-carrier-vlan-40'));
  const problems = Array.from({ length: 50 }, () => ({ code: 'note' as const, says: 'x', at: [] }));
  const line = scanLine('x', { ...report, problems });
  expect(line.problems).toHaveLength(21);
  expect(line.problems.at(-1)?.says).toContain('30 more');
});
