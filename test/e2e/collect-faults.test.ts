import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { BUNDLE, run, scratch } from './run.ts';
import { environment, has, openbsdGuest, processes, programs } from './stubs.ts';
import { openTerminal } from './terminal.ts';

// What goes wrong while collecting. In each case: the bundle is readable, what was collected is there, what is missing is
// named, nothing is left running, the terminal is as it was.
const words = (file: string) => ['collect', '--as', 'guest', '--interval', '1', '-o', file];
const HANGS = openbsdGuest({ pcidump: 'echo half; sleep 6541 & sleep 6542' });

async function seeReadable(file: string): Promise<string> {
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/^# vio-doctor bundle 1\n/);
  expect(text.match(/^#== begin /gm)?.length).toBe(text.match(/^#== end /gm)?.length);
  const { code, out } = await run(['diagnose', '--json', file]);
  expect([0, 1, 2]).toContain(code);
  expect(JSON.parse(out).samples.length).toBeGreaterThan(0);
  return text;
}

/** In a pty: the program, then how it left and what stty says of the terminal. */
const IN_SHELL = join(
  programs({ shell: `trap : INT; '${process.execPath}' "$@"; echo "left with $?"; stty -a; sleep 1` }),
  'shell',
);

describe.skipIf(!has('stty'))('in a terminal', () => {
  const size = { columns: 100, rows: 40 };
  const seeSane = async (terminal: ReturnType<typeof openTerminal>, code: number) => {
    await terminal.see(new RegExp(`left with ${code}[\\s\\S]*[^-]icanon[\\s\\S]*[^-]echo\\b`), 15_000);
    expect(terminal.bytes()).not.toMatch(/\x1b\[\?(?:1049h|25l)/);
    terminal.kill();
  };

  test('Ctrl-C while a command hangs', async () => {
    const file = join(scratch(), 'bundle.txt');
    const terminal = openTerminal([...words(file), '-y'], size, environment(HANGS), IN_SHELL);
    await terminal.see(/guest: netstat -in/, 15_000);
    await terminal.press('\x03');
    await terminal.see(/stopped; what was collected is kept: /);
    await seeSane(terminal, 2);
    const text = await seeReadable(file);
    expect(text).toMatch(/half\n#== end \d+ stopped /);
    expect(processes()).not.toMatch(/sleep\x00654\d/);
  });

  test('Ctrl-C at the question runs nothing', async () => {
    const file = join(scratch(), 'bundle.txt');
    const terminal = openTerminal(words(file), size, environment(HANGS), IN_SHELL);
    await terminal.see(/Run these \d+ commands\? \[y\/N\]/, 15_000);
    await terminal.press('\x03');
    await seeSane(terminal, 2);
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });

  test('Ctrl-C at the first looks, here and over ssh', async () => {
    const slow = programs({ uname: 'sleep 6543', ssh: 'sleep 6544' });
    for (const more of [[], ['--host', 'pve']]) {
      const file = join(scratch(), 'bundle.txt');
      const terminal = openTerminal([...words(file), ...more], size, environment(slow), IN_SHELL);
      await terminal.see(/looking: .*uname/, 15_000);
      await terminal.press('\x03');
      await seeSane(terminal, 2);
      expect(processes()).not.toMatch(/sleep\x00654\d/);
      expect(readdirSync(join(file, '..'))).toEqual([]);
    }
  });

  test.each([
    ['n', 64],
    ['', 64],
  ])('%j at the question runs nothing', async (answer, code) => {
    const file = join(scratch(), 'bundle.txt');
    const terminal = openTerminal(words(file), size, environment(HANGS), IN_SHELL);
    await terminal.see(/Run these \d+ commands\? \[y\/N\]/, 15_000);
    await terminal.press(`${answer}\r`);
    await seeSane(terminal, code);
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });
});

test('killed without warning: what was collected is there, and nothing goes on', async () => {
  const file = join(scratch(), 'bundle.txt');
  const child = spawn(process.execPath, [BUNDLE, ...words(file), '-y'], { env: environment(HANGS) });
  let err = '';
  child.stderr.on('data', (bytes) => {
    err += bytes;
  });
  await vi.waitFor(() => expect(err).toMatch(/guest: netstat -in/), 15_000);
  await vi.waitFor(() => expect(processes()).toMatch(/sleep\x006542/), 5000);
  child.kill('SIGKILL');
  await vi.waitFor(() => expect(processes()).not.toMatch(/sleep\x00654\d/), 3000);
  const [left = ''] = readdirSync(join(file, '..'));
  const text = await seeReadable(join(file, '..', left));
  expect(text).toMatch(/^#== begin \d+ guest openbsd\/dmesg$/m);
  expect(text).not.toMatch(/^#== done/m);
});

test('what a command leaves behind does not keep it waiting', async () => {
  const file = join(scratch(), 'bundle.txt');
  const folder = openbsdGuest({ pcidump: 'sleep 6545 & echo left' });
  const { code } = await run([...words(file), '-y'], { env: environment(folder) });
  expect(code).toBe(0);
  expect(await seeReadable(file)).toMatch(
    /#== run pcidump -v\n#== taken \S+\nleft\n#== end \d+ exit-0 lines 1 bytes 5 seconds [0-2]\./,
  );
  expect(processes()).not.toMatch(/sleep\x006545/);
});

test('a command that may not be run is refused, not missing', async () => {
  const file = join(scratch(), 'bundle.txt');
  const folder = openbsdGuest({});
  writeFileSync(join(folder, 'kstat'), '#!/bin/sh\n');
  chmodSync(join(folder, 'kstat'), 0o644);
  const { code } = await run([...words(file), '-y'], { env: environment(folder) });
  expect(code).toBe(0);
  expect(await seeReadable(file)).toMatch(/#== run kstat vio0:::\n#== taken \S+\n#== end \d+ refused /);
});

const canMount =
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=24k', 'none', '/mnt']).status === 0;

test.skipIf(!canMount)('a file system without room keeps whole sections, and says so', async () => {
  const folder = openbsdGuest({ pcidump: "exec /usr/bin/yes 'a row of pcidump' | /usr/bin/head -n 3000" });
  const kept = join(scratch(), 'kept.txt');
  const script =
    'mount -t tmpfs -o size=24k none /mnt; "$@"; code=$?; cat /mnt/bundle.txt > "$KEPT"; exit $code';
  const argv = ['-m', 'sh', '-c', script, 'sh', process.execPath, BUNDLE, ...words('/mnt/bundle.txt'), '-y'];
  const ran = spawnSync('unshare', argv, { env: { ...environment(folder), KEPT: kept }, encoding: 'utf8' });
  expect(ran.status, ran.stderr).toBe(66);
  expect(ran.stderr).toMatch(/not written: .*ENOSPC/);
  expect(await seeReadable(kept)).toMatch(/^#== begin \d+ guest openbsd\/dmesg$/m);
});

test('commands that wait run side by side, and something is seen at once', async () => {
  // Each of them takes a second; ifconfig stands alone in the middle, and some are read twice.
  const slow = 'exec sleep 1';
  const names = ['route', 'dhcpleasectl', 'netstat', 'kstat', 'vmstat', 'pcidump', 'find'];
  const folder = openbsdGuest(Object.fromEntries(names.map((name) => [name, slow])));
  const file = join(scratch(), 'bundle.txt');
  const from = performance.now();
  const child = spawn(process.execPath, [BUNDLE, ...words(file), '-y'], { env: environment(folder) });
  let seen = 0;
  child.stderr.once('data', () => {
    seen = performance.now() - from;
  });
  await new Promise((resolve) => child.on('close', resolve));
  // Two groups, the interval, and the second readings: a second each.
  expect(performance.now() - from).toBeLessThan(4000 + 3000);
  // 200 ms where nothing else runs (test/bench/collect.mjs measures it).
  expect(seen).toBeLessThan(1000);
});
