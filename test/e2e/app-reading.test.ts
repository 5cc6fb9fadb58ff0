import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { CASES, scratch } from './run.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const SMALL = { columns: 80, rows: 24 };
const IFCONFIG = readFileSync(join(CASES, 'no-carrier-vlan-40/guest/ifconfig.txt'), 'utf8');
const open: Terminal[] = [];
const app = (args: readonly string[] = ['demo'], env: NodeJS.ProcessEnv = {}) => {
  const terminal = openTerminal(args, SMALL, { LANG: 'C.UTF-8', ...env });
  open.push(terminal);
  return terminal;
};

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.kill();
});

/** From the findings of the built-in case: the keys that lead to a screen, and its title. */
const SCREENS: readonly (readonly [string, RegExp])[] = [
  ['', /^vio-doctor: Findings/],
  ['a', /^vio-doctor: Run next/],
  ['e', /^vio-doctor: The in/],
  ['p', /^vio-doctor: Plan/],
  ['pr', /^vio-doctor: Compare/],
  ['x', /^vio-doctor: Export/],
  ['xs', /^vio-doctor: Export/],
  ['c', /^vio-doctor: What/],
  ['?', /^vio-doctor: Keys/],
];

describe.each(SCREENS)('after %j', (keys, title) => {
  test('a resize keeps the screen, and no frame is larger than the window', async () => {
    const terminal = app();
    await terminal.see(/Fault:/);
    for (const key of keys) await terminal.press(key);
    await terminal.see(title);
    for (const [columns, rows] of [
      [120, 40],
      [50, 14],
      [40, 8],
      [80, 24],
    ] as const) {
      await terminal.resize(columns, rows);
      await terminal.see(title);
      await terminal.press('j');
      await terminal.press('G');
      expect(terminal.screen()[0]).toMatch(title);
      expect(terminal.screen().at(-1)?.trim()).toBe('');
    }
    // Ink clears the whole terminal for a frame that is larger than it.
    expect(terminal.bytes()).not.toContain('\x1b[3J');
  });

  test('Ctrl-C leaves, the terminal as it was', async () => {
    const terminal = app();
    await terminal.see(/Fault:/);
    for (const key of keys) await terminal.press(key);
    await terminal.see(title);
    await terminal.press('\x03');
    expect(await terminal.exited).toBe(0);
    expect(terminal.bytes()).toContain('\x1b[?1049l');
    expect(terminal.bytes()).toContain('\x1b[?25h');
  });

  test('a paste of keys and escape sequences is not keys', async () => {
    const terminal = app();
    await terminal.see(/Fault:/);
    for (const key of keys) await terminal.press(key);
    await terminal.see(title);
    await terminal.paste(`q\nqqq\x03\x1b]0;owned\x07\x1b[2J\n${IFCONFIG}`);
    await terminal.see(/paste-1|put aside|GONE|STILL THERE|CANNOT TELL|nothing to compare/);
    await terminal.press('\x03');
    expect(await terminal.exited).toBe(0);
    expect(terminal.bytes()).not.toContain('owned\x07');
  });
});

test('keys that come in one read are several keys, in a list and in a text', async () => {
  const terminal = app();
  await terminal.see(/> 1 certain/);
  await terminal.press('jjk');
  await terminal.see(/> 2 possible/);
  await terminal.press('x');
  await terminal.see(/1-20 of/);
  await terminal.press('jjj');
  await terminal.see(/4-23 of/);
});

test('the answer to a command, pasted bare beside it, moves the findings', async () => {
  const terminal = app();
  await terminal.see(/Fault:/);
  await terminal.press('a');
  await terminal.see(/> 1 guest# ifconfig vio1/);
  await terminal.paste(IFCONFIG);
  await terminal.see(/read as the answer to ifconfig vio1/);
});

test('after the fix the same output is pasted again, and the fault is gone', async () => {
  const terminal = app([]);
  await terminal.see(/Paste what you have/);
  await terminal.paste(IFCONFIG);
  await terminal.see(/Fault: the interface is not up/);
  await terminal.press('p');
  await terminal.press(' ');
  await terminal.see(/1 of \d+ steps done/);
  await terminal.press('r');
  await terminal.see(/Did the fix take\?/);
  await terminal.paste(IFCONFIG.replace('2008802<', '2008843<UP,RUNNING,').replace('no carrier', 'active'));
  await terminal.see(/GONE: interface-down \(vio1\)/);
});

test('pager and editor get the terminal, and give it back', async () => {
  const folder = scratch();
  const program = join(folder, 'program');
  writeFileSync(
    program,
    '#!/bin/sh\nfor last; do :; done\necho "HAS THE TERMINAL $1"\nread answer\necho "$answer" >> "$last"\n',
  );
  chmodSync(program, 0o755);
  const terminal = app(['demo'], { PAGER: `${program} --option`, EDITOR: program, VISUAL: '' });
  await terminal.see(/Fault:/);
  await terminal.press('e');
  await terminal.press('v');
  await terminal.see(/HAS THE TERMINAL --option/);
  await terminal.press('q\r');
  await terminal.see(/vio-doctor: The in/);
  await terminal.press('x');
  await terminal.press('E');
  await terminal.see(/HAS THE TERMINAL \/tmp/);
  await terminal.press('words of mine\r');
  await terminal.see(/edited by you/);
  await terminal.press('G');
  await terminal.see(/words of mine/);
  // Ctrl-C in the other program is not ours.
  await terminal.press('E');
  await terminal.see(/(?:HAS THE TERMINAL \/tmp[\s\S]*){2}/);
  await terminal.press('\x03');
  await terminal.see(/vio-doctor: Export/);
  await terminal.press('q');
  expect(await terminal.exited).toBe(0);
});

test('a report is copied through the terminal, in tmux too', async () => {
  const terminal = app(['demo'], { TMUX: '/tmp/tmux-0/default,1,0' });
  await terminal.see(/Fault:/);
  await terminal.press('x');
  await terminal.see(/Export: Text/);
  await terminal.press('y');
  await terminal.see(/Sent to the terminal's clipboard: \d+ lines/);
  const [, base64 = ''] = /\x1bPtmux;\x1b\x1b\]52;c;([\w+/=]+)\x07\x1b\\/.exec(terminal.bytes()) ?? [];
  expect(Buffer.from(base64, 'base64').toString()).toMatch(/^Fault: the interface is not up/);
});

test('without colours every mark is still there', async () => {
  const terminal = app(['demo'], { NO_COLOR: '1' });
  await terminal.see(/> 1 certain/);
  await terminal.press('e');
  await terminal.see(/>\s+1 \| vio1/);
  await terminal.press('x');
  await terminal.press('r');
  await terminal.see(/~ /);
  expect(terminal.bytes()).not.toMatch(/\x1b\[(?:3\d|9\d|7|1|2)m/);
});
