import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { scratch } from './run.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const ON = '\x1b[?1000h\x1b[?1006h';
const OFF = '\x1b[?1006l\x1b[?1000l';

let terminal: Terminal | undefined;
const app = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  terminal = openTerminal(args, { columns: 80, rows: 24 }, env);
  await terminal.see(/Fault:/);
  return terminal;
};
afterEach(() => terminal?.kill());

/** What the terminal was asked last; undefined: nothing of the mouse. */
function lastAsked(bytes: string): 'on' | 'off' | undefined {
  const [on, off] = [bytes.lastIndexOf(ON), bytes.lastIndexOf(OFF)];
  if (on < 0 && off < 0) return undefined;
  return on > off ? 'on' : 'off';
}

test('the mouse is left alone unless it is asked for', async () => {
  const { press, bytes, exited } = await app(['demo']);
  await press('\x1b[<0;5;7M\x1b[<0;5;7m\x1b[<65;5;7M');
  await press('q');
  expect(await exited).toBe(0);
  expect(lastAsked(bytes())).toBeUndefined();
});

test('it scrolls and chooses, and is let go when the app is left', async () => {
  const { press, see, bytes, exited } = await app(['--mouse', 'demo']);
  expect(lastAsked(bytes())).toBe('on');
  await press('\x1b[<65;5;7M');
  await see(/4-23 of/);
  await press('\x1b[<64;5;7M');
  await press('\x1b[<0;5;6M\x1b[<0;5;6m');
  await see(/> 2 possible/);
  await press('q');
  expect(await exited).toBe(0);
  expect(lastAsked(bytes())).toBe('off');
});

test.each(['SIGTERM', 'SIGHUP', 'SIGINT'])('it is let go at %s', async (signal) => {
  const { kill, bytes, exited } = await app(['--mouse', 'demo']);
  kill(signal);
  await exited;
  expect(lastAsked(bytes())).toBe('off');
});

test('a pager and the shell get a terminal that does not tell of it', async () => {
  const program = join(scratch(), 'program');
  writeFileSync(program, '#!/bin/sh\necho "HAS THE TERMINAL"\nread answer\n');
  chmodSync(program, 0o755);
  const { press, see, bytes } = await app(['--mouse', 'demo'], { PAGER: program });
  await press('v');
  await see(/HAS THE TERMINAL/);
  expect(lastAsked(bytes())).toBe('off');
  await press('\r');
  await see(/Fault:/);
  expect(lastAsked(bytes())).toBe('on');
  const before = bytes().length;
  await press('\x1a');
  await see(/Fault:/);
  expect(bytes().slice(before)).toContain(OFF);
});
