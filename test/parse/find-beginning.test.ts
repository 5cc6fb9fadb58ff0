import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { findBeginning } from '../../src/parse/find-beginning.ts';
import { firstLetters } from '../../src/parse/first-letters.ts';
import { parsers } from '../../src/parse/parsers.ts';
import { requiredGrams } from '../../src/parse/required-grams.ts';
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

test.each<[RegExp, readonly string[] | undefined]>([
  [/^vio\d/, ['vio']],
  [/^vio|^vtnet/, ['vio', 'vtn']],
  [/^virtio: (?:no|any) carrier$/, ['io:']],
  [/^a(?:n{0,3}|b) queue/, ['que']],
  [/^(?:queue|\d{1,3}) of it/, ['f i']],
  [/^(?:QEMU|KVM) says/, ['QEM', 'KVM']],
  [/^(?:xyz)?abc/, ['abc']],
  [/^ab+cde/, ['cde']],
  [/^x.y\.z: /, ['.z:']],
  [/^(?=qqq)abc(?!xxx)/, ['abc']],
  [/^ab\b: /, ['ab:']],
  [/^vio|^\d{1,3}/, undefined],
  [/^[a-z]{3}/, undefined],
  [/^vio/i, undefined],
])('%s has one of the grams %s', (pattern, grams) => {
  expect(requiredGrams(pattern)).toEqual(grams);
});

test('a row begins the same output whether all parsers are asked or those that its looks allow', () => {
  const folder = join(import.meta.dirname, '../../fixtures');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.txt'),
  );
  const rows = files.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return toRows({ name, side: 'unknown', origin: 'file', text }).rows;
  });
  const texts = [...new Set(rows.map(({ text }) => text))].filter((text) => text !== '');
  for (let asked = 0; asked < 2000; asked++) findBeginning('a long text', parsers);
  const other = texts.flatMap((text) => {
    const all = parsers.find(({ begins }) => begins.test(text))?.kind;
    const found = findBeginning(text, parsers)?.kind;
    return all === found ? [] : [{ text, all, found }];
  });
  expect(other).toEqual([]);
  expect(texts.length).toBeGreaterThan(5000);
});

test('a word that stands in a row a thousand times is asked about once', () => {
  for (let asked = 0; asked < 2000; asked++) findBeginning('a long text', parsers);
  const asking = vi.spyOn(RegExp.prototype, 'test');
  findBeginning(`x ${'virtio: vtnet: '.repeat(1000)}`, parsers);
  const times = asking.mock.calls.length;
  asking.mockRestore();
  expect(times).toBeLessThan(200);
});
