import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { recentBundles } from '../../src/machine/recent-bundles.ts';

afterEach(() => vi.unstubAllEnvs());

test('bundles, the newest first; of those that are not at their end only what a crash has left', async () => {
  const state = mkdtempSync(join(tmpdir(), 'vio-doctor-test-'));
  vi.stubEnv('XDG_STATE_HOME', state);
  const folder = join(state, 'vio-doctor/bundles');
  mkdirSync(folder, { recursive: true });
  const write = (name: string, minute: number, text = '# vio-doctor bundle 1\n') => {
    writeFileSync(join(folder, name), text);
    const time = new Date(Date.now() - minute * 60_000);
    utimesSync(join(folder, name), time, time);
  };
  write('vio-doctor-20261127-0003.txt', 3);
  write('vio-doctor-20261127-0004-fw.txt', 2);
  write('vio-doctor-20261127-0005.txt.999999999-0a1b2c.part', 1);
  write('vio-doctor-20261127-0006.txt.999999999-0a1b2c.part', 0, '');
  write(`vio-doctor-20261127-0007.txt.${process.pid}-0a1b2c.part`, 0);
  write('vio-doctor-notes.txt', 0);
  expect((await recentBundles()).map(({ name }) => name)).toEqual([
    'vio-doctor-20261127-0005.txt, cut off',
    'vio-doctor-20261127-0004-fw.txt',
    'vio-doctor-20261127-0003.txt',
  ]);
});
