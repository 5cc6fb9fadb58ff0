import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formats } from '../../src/report/formats.ts';
import { knowledge } from '../cases.ts';

// The README's table of faults is made from the rules; `npm run fixtures` writes it anew.
const README = join(import.meta.dirname, '../../README.md');
const TABLE = /(<!-- faults:[^\n]*-->\n)[\s\S]*?(<!-- \/faults -->)/;

test('the table of faults is that of rules/faults', () => {
  const text = readFileSync(README, 'utf8');
  const fresh = text.replace(TABLE, (_, head: string, foot: string) => `${head}\n${table()}\n\n${foot}`);
  if (process.env.UPDATE_FIXTURES) writeFileSync(README, fresh);
  expect(readFileSync(README, 'utf8')).toBe(fresh);
});

test('every format is named', () => {
  const text = readFileSync(README, 'utf8');
  for (const { name } of formats) expect(text).toContain(name);
});

function table(): string {
  const rows = knowledge.rulebook.rules.map(
    ({ id, title, severity }) => `| \`${id}\` | ${title} | ${severity} |`,
  );
  return ['| fault | what it is | |', '|---|---|---|', ...rows].join('\n');
}
