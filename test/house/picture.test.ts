import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import chalk from 'chalk';
import { expect, test } from 'vitest';
import { openScreen } from '../ui/open-screen.tsx';
import { terminalSvg } from '../ui/terminal-svg.ts';
import { seed, standInWorld } from '../ui/world.ts';

// The README's picture is the built-in case as the app shows it; `npm run fixtures` draws it anew.
const PICTURE = join(import.meta.dirname, '../../docs/findings.svg');
const SIZE = { columns: 92, rows: 33 };

test('the picture of the built-in case is fresh', async () => {
  const { level } = chalk;
  chalk.level = 1;
  const screen = await openScreen(standInWorld(), {
    ...SIZE,
    captures: seed.captures,
    complaint: 'no-link',
  });
  try {
    const title = 'vio-doctor on its built-in case: what is wrong, how sure, why, what to do, and the path';
    // The last row of the window stays free.
    const fresh = terminalSvg(screen.buffer(), SIZE.columns, SIZE.rows - 1, title);
    if (process.env.UPDATE_FIXTURES) {
      mkdirSync(dirname(PICTURE), { recursive: true });
      writeFileSync(PICTURE, fresh);
    }
    expect(existsSync(PICTURE)).toBe(true);
    expect(readFileSync(PICTURE, 'utf8')).toBe(fresh);
  } finally {
    screen.close();
    chalk.level = level;
  }
});
