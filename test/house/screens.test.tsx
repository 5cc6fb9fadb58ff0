import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openScreen, type Screen } from '../ui/open-screen.tsx';
import { seed, standInWorld } from '../ui/world.ts';

// What a person sees, screen by screen, for the eyes of whoever reads a change. `npm run fixtures` writes them anew.
const FOLDER = join(import.meta.dirname, '../ui/screens');

/** The keys that lead to each screen from the built-in case; each string is one read. */
const SCREENS: Record<string, readonly string[]> = {
  findings: [],
  'findings-possible': ['2'],
  'findings-below': ['\x1b[6~'],
  ask: ['a'],
  evidence: ['e'],
  'evidence-search': ['e', '\t', '/', 'vio1\r'],
  plan: ['p', ' ', ' '],
  'plan-fallback': ['p', '\t'],
  compare: ['p', 'r'],
  export: ['x'],
  'export-sendbug-redacted': ['x', '4', 'r', 'n'],
  'export-stand-ins': ['x', 's'],
  complaint: ['c'],
  help: ['?'],
};

let screen: Screen | undefined;
afterEach(() => screen?.close());

describe.each([
  [80, 24],
  [120, 40],
])('at %i x %i', (columns, rows) => {
  test.each(Object.entries(SCREENS))('%s', async (name, keys) => {
    screen = await openScreen(standInWorld(), {
      columns,
      rows,
      captures: seed.captures,
      complaint: 'no-link',
    });
    await screen.press(...keys);
    isAsKept(`${name}-${columns}x${rows}`, screen);
  });

  test('start', async () => {
    screen = await openScreen(standInWorld(), { columns, rows });
    isAsKept(`start-${columns}x${rows}`, screen);
  });
});

function isAsKept(name: string, shown: Screen): void {
  const path = join(FOLDER, `${name}.txt`);
  const text = `${shown.text().trimEnd()}\n`;
  if (process.env.UPDATE_FIXTURES) writeFileSync(path, text);
  expect(existsSync(path), `${name}: npm run fixtures writes it`).toBe(true);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
