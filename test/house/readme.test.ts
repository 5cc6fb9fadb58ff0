import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formats } from '../../src/report/formats.ts';
import { keyNames, whereBound } from '../../src/ui/key-words.ts';
import { bindings } from '../../src/ui/keys.ts';
import { knowledge } from '../cases.ts';

// The README's tables are made from the rules and from the keys; `npm run fixtures` writes them anew.
const README = join(import.meta.dirname, '../../README.md');
const TABLES: Record<string, () => string> = { faults: faultTable, keys: keyTable };

test.each(Object.entries(TABLES))('the table of %s is fresh', (name, table) => {
  const place = new RegExp(`(<!-- ${name}:[^\\n]*-->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  const text = readFileSync(README, 'utf8');
  const fresh = text.replace(place, (_, head: string, foot: string) => `${head}\n${table()}\n\n${foot}`);
  if (process.env.UPDATE_FIXTURES) writeFileSync(README, fresh);
  expect(fresh).toMatch(place);
  expect(readFileSync(README, 'utf8')).toBe(fresh);
});

test('every format is named', () => {
  const text = readFileSync(README, 'utf8');
  for (const { name } of formats) expect(text).toContain(name);
});

function faultTable(): string {
  const rows = knowledge.rulebook.rules.map(
    ({ id, title, severity }) => `| \`${id}\` | ${title} | ${severity} |`,
  );
  return ['| fault | what it is | |', '|---|---|---|', ...rows].join('\n');
}

function keyTable(): string {
  const rows = bindings.map(
    (binding) => `| ${code(keyNames(binding))} | ${binding.label} | ${whereBound(binding)} |`,
  );
  return ['| key | what it does | where |', '|---|---|---|', ...rows].join('\n');
}

function code(keys: string): string {
  return keys
    .split(', ')
    .map((key) => `\`${key}\``)
    .join(' ');
}
