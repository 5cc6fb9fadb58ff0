import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstLetters, letterOf } from '../../src/parse/first-letters.ts';
import { parsers } from '../../src/parse/parsers.ts';
import { toRows } from '../../src/parse/rows.ts';

function lettersOf(pattern: RegExp): string {
  const letters = firstLetters(pattern);
  const shown = [...letters.keys()].filter((code) => letters[code] && code >= 32 && code < 127);
  return shown.length === 95 ? 'any' : String.fromCharCode(...shown);
}

test.each([
  [/^vio\d/, 'v'],
  [/^vio|^em/, 'ev'],
  [/(?:^vio)|(?:^(?:em|re)\d)/, 'erv'],
  [/^a?b/, 'ab'],
  [/^a{0,3}b{1,2}c/, 'ab'],
  [/^(?:a|b?)c/, 'abc'],
  [/^(?=x)(?!y)[ab]c/, 'ab'],
  [/^\\?\|a/, '\\|'],
  [/^\$[)|(]/, '$'],
  [/^vio/i, 'Vv'],
  [/^\u0041/, 'A'],
  [/vio/, 'any'],
  [/^a|b/, 'any'],
  [/^a?/, 'any'],
  [/^$|^a/, 'any'],
  [/^.{0,3}a/, 'any'],
])('%s', (pattern, letters) => {
  expect(lettersOf(pattern)).toBe(letters);
});

test('no row of any output begins an output with a letter that was not expected', () => {
  const folder = join(import.meta.dirname, '../../fixtures/outputs');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.txt'),
  );
  const rows = files.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return toRows({ name, side: 'unknown', origin: 'file', text }).rows;
  });
  const texts = [...new Set(rows.map(({ text }) => text))].filter((text) => text !== '');
  for (const { begins, kind } of parsers) {
    const letters = firstLetters(begins);
    const missed = texts.filter((text) => !letters[letterOf(text)] && begins.test(text));
    expect({ kind, missed }).toEqual({ kind, missed: [] });
  }
});
