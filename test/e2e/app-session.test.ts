import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { CASES, scratch } from './run.ts';
import { openbsdGuest } from './stubs.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const SMALL = { columns: 80, rows: 24 };
const IFCONFIG = readFileSync(join(CASES, 'no-carrier-vlan-40/guest/ifconfig.txt'), 'utf8');
const FIXED = IFCONFIG.replace('2008802<', '2008843<UP,RUNNING,').replace('no carrier', 'active');
const open: Terminal[] = [];

function app(args: readonly string[], state: string, env: NodeJS.ProcessEnv = {}, cwd?: string) {
  const terminal = openTerminal(args, SMALL, { ...env, XDG_STATE_HOME: state }, process.execPath, cwd);
  open.push(terminal);
  return terminal;
}

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.kill();
});

/** Where nothing is asked: what was done last is told in the row above the keys. */
function withoutMessage({ screen }: Pick<Terminal, 'screen'>): string[] {
  const rows = screen();
  const isAsking = rows.some((row) => row.startsWith('enter done'));
  return isAsking ? rows : rows.toSpliced(-3, 1);
}

/** Waits until the session on disk says so. */
async function kept(state: string, what: RegExp): Promise<string> {
  const root = join(state, 'vio-doctor/sessions');
  for (let turn = 0; turn < 200; turn++) {
    try {
      for (const id of readdirSync(root)) {
        const path = join(root, id, 'session.json');
        if (what.test(readFileSync(path, 'utf8'))) return path;
      }
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`the session does not say ${what}`);
}

describe('what was pasted outlives kill -9', () => {
  test('--resume brings it back: texts, what was seen, the screen', async () => {
    const state = scratch();
    const first = app([], state);
    await first.see(/What do you see\?/);
    await first.press('c');
    await first.see(/the link comes and goes/);
    await first.press('8');
    await first.paste(IFCONFIG);
    await first.see(/Fault:/);
    await first.press('e');
    await first.see(/>\s+1 \| vio1: flags/);
    await kept(state, /"complaint":"flaps","screen":"evidence"/);
    first.kill('SIGKILL');
    await first.exited;
    const second = app(['--resume'], state);
    await second.see(/>?\s+1 \| vio1: flags/);
    await second.see(/Back in the session of /);
    await second.press('\x1b');
    await second.see(/Fault: the interface is not up/);
    await second.press('\x1b');
    await second.see(/the link comes and goes/);
  });

  test('the start offers it', async () => {
    const state = scratch();
    const first = app([], state);
    await first.see(/Paste what you have/);
    await first.paste(IFCONFIG);
    await first.see(/Fault:/);
    await kept(state, /"screen":"findings"/);
    first.kill('SIGKILL');
    await first.exited;
    const second = app([], state);
    await second.see(/This machine: /);
    await second.see(/(\d) {2}Go on with .* UTC: OpenBSD, interface-down \(vio1\)/);
    const [, number = ''] = /(\d) {2}Go on with/.exec(second.text()) ?? [];
    await second.press(number);
    await second.see(/Fault: the interface is not up/);
  });

  /** What is done after the paste, and what is seen then. */
  test.each<[string, readonly string[], RegExp]>([
    ['a half typed path', ['o', '/var/log/mess'], /File or folder: \/var\/log\/mess_/],
    ['a half typed host', ['\x1b', '3', 'root@fw', '\r', 'root@pv'], /Its host .* root@pv_/],
    ['machines that were named', ['\x1b', '3', 'root@fw', '\r', '\r', '1'], /guest: root@fw/],
    ['a filter', ['/', 'possible', '\r'], /Only those with "possible"/],
    ['a search in the evidence', ['e', '/', 'groups', '\r'], /vio1: flags/],
    ['the done steps of a plan', ['p', ' ', ' ', 'j'], /Plan: 2 of \d+ steps done/],
    ['an export, redacted', ['x', '4', 'r', 'j'], /redacted \(~ changed\)/],
    ['an edited export', ['x', 'E'], /edited by you/],
    ['what was given after the fix', ['r', `\x1b[200~${FIXED}\x1b[201~`], /GONE: interface-down/],
  ])('--resume brings back %s', async (_, keys, seen) => {
    const state = scratch();
    const editor = join(scratch(), 'editor');
    writeFileSync(editor, '#!/bin/sh\nprintf "of mine\\n" >> "$1"\n', { mode: 0o755 });
    const first = app([], state, { EDITOR: editor, VISUAL: editor });
    await first.see(/Paste what you have/);
    await first.paste(IFCONFIG);
    await first.see(/Fault:/);
    for (const key of keys) await first.press(key);
    await first.see(seen);
    // No more than a fraction of a second is lost.
    await new Promise((resolve) => setTimeout(resolve, 400));
    const left = first.screen();
    first.kill('SIGKILL');
    await first.exited;
    const second = app(['--resume'], state);
    await second.see(seen);
    await expect
      .poll(() => withoutMessage(second), { timeout: 8000 })
      .toEqual(withoutMessage({ screen: () => left }));
  });

  test('a clean end says how to go on', async () => {
    const state = scratch();
    const first = app([], state);
    await first.see(/Paste what you have/);
    await first.paste(IFCONFIG);
    await first.see(/Fault:/);
    await first.press('q');
    expect(await first.exited).toBe(0);
    expect(first.bytes()).toContain('vio-doctor --resume');
    const second = app(['--resume'], state);
    await second.see(/Fault:/);
  });
});

describe('a session that cannot be gone on with', () => {
  test.each([
    ['is broken', '{"version":1,', /its index cannot be read/],
    ['is of a newer program', '{"version":9}', /version 9/],
  ])('because it %s is told and put aside, and the app opens', async (_, text, says) => {
    const state = scratch();
    const first = app([], state);
    await first.see(/Paste what you have/);
    await first.paste(IFCONFIG);
    await first.see(/Fault:/);
    const path = await kept(state, /"screen":"findings"/);
    await first.press('q');
    await first.exited;
    writeFileSync(path, text);
    const second = app(['--resume'], state);
    await second.see(says);
    expect(readdirSync(join(state, 'vio-doctor/sessions'))[0]).toMatch(/^aside-/);
    await second.press('d');
    await second.see(/Fault:/);
  });

  test('because there is none is told', async () => {
    const terminal = app(['--resume'], scratch());
    await terminal.see(/There is no session to go on with\./);
  });
});

test('a collection that kill -9 has cut off leaves its outputs, and its list comes back', async () => {
  const [state, folder] = [scratch(), scratch()];
  const PATH = `${openbsdGuest({ ifconfig: 'echo half; exec /bin/sleep 5' })}:/usr/bin:/bin`;
  const first = app([], state, { PATH }, folder);
  await first.see(/OpenBSD 7\.8, a guest/);
  await first.press('1');
  await first.see(/What do you see on the NIC/);
  await first.press('1');
  await first.see(/y runs these \d+ commands/);
  await first.press(' ');
  await first.see(/y runs \d+ of these \d+ commands/);
  await first.press('y');
  await first.see(/running since .* ifconfig/);
  await kept(state, /"screen":"collect"/);
  first.kill('SIGKILL');
  await first.exited;
  const second = app(['--resume'], state, { PATH }, folder);
  await second.see(/y runs \d+ of these \d+ commands/);
  await second.press('\x1b');
  await second.see(/(\d) {2}Open the bundle vio-doctor-\d{8}-\d{4}\.txt, cut off/);
  await second.press(/(\d) {2}Open the bundle/.exec(second.text())?.[1] ?? '');
  await second.see(/Guest: OpenBSD /);
});

test('a plan names what was opened, also where one goes on with it elsewhere', async () => {
  const [state, folder] = [scratch(), scratch()];
  writeFileSync(join(folder, 'fw.txt'), IFCONFIG);
  const first = app([], state, {}, folder);
  await first.see(/Paste what you have/);
  await first.press('o');
  await first.press(`${folder}/fw.txt`);
  await first.press('\r');
  await first.see(/Fault:/);
  await first.press('p');
  await first.press('jjjjjjj');
  await first.see(/By hand: vio-doctor compare fw\.txt fw-after\.txt/);
  await first.press(' ');
  await new Promise((resolve) => setTimeout(resolve, 400));
  first.kill('SIGKILL');
  await first.exited;
  const second = app(['--resume'], state);
  await second.see(/By hand: vio-doctor compare \/\S+\/fw\.txt/);
  await second.see(/\[x\] here: press r/);
});

test('where nothing can be kept the app says so, once, and works', async () => {
  const file = join(scratch(), 'file');
  writeFileSync(file, '');
  const terminal = app([], file);
  await terminal.see(/Paste what you have/);
  await terminal.paste(IFCONFIG);
  await terminal.see(/Fault:/);
  await terminal.see(/the session is not kept|now certain/);
  await terminal.press('q');
  expect(await terminal.exited).toBe(0);
  expect(terminal.bytes()).not.toContain('vio-doctor --resume');
});

describe('five megabytes', () => {
  const LOG = `${'Nov 20 10:00:01 fw sshd[1]: nothing about the network here at all\n'.repeat(75_000)}${IFCONFIG}`;

  test('are told to be read before they are, and keys are answered meanwhile', async () => {
    const terminal = app([], scratch());
    await terminal.see(/Paste what you have/);
    void terminal.paste(LOG);
    await terminal.see(/Reading 5\.\d MB|A paste is coming in/, 20_000);
    await terminal.see(/Reading 5\.\d MB/, 20_000);
    const from = performance.now();
    await terminal.press('?');
    await terminal.see(/vio-doctor: Keys/);
    expect(performance.now() - from).toBeLessThan(500);
    await terminal.press('\x1b');
    await terminal.see(/Fault: the interface is not up/, 30_000);
  });

  test('outlive kill -9 while they are read', async () => {
    const state = scratch();
    const first = app([], state);
    await first.see(/Paste what you have/);
    void first.paste(LOG);
    await first.see(/Reading 5\.\d MB|Fault:/, 20_000);
    await kept(state, /"captures":\["/);
    first.kill('SIGKILL');
    await first.exited;
    const second = app(['--resume'], state);
    await second.see(/Fault: the interface is not up/, 30_000);
  });

  test('are compared with five others, and keys are answered meanwhile', async () => {
    const terminal = app([], scratch());
    await terminal.see(/Paste what you have/);
    void terminal.paste(LOG);
    await terminal.see(/Fault: the interface is not up/, 30_000);
    await terminal.press('r');
    await terminal.see(/Did the fix take/);
    void terminal.paste(LOG.replace(IFCONFIG, FIXED));
    await terminal.see(/Comparing|GONE/, 30_000);
    const from = performance.now();
    await terminal.press('p');
    await terminal.see(/vio-doctor: Plan|GONE/);
    expect(performance.now() - from).toBeLessThan(500);
    await terminal.see(/GONE: interface-down/, 30_000);
  });

  test('do not hold up Ctrl-C', async () => {
    const terminal = app([], scratch());
    await terminal.see(/Paste what you have/);
    void terminal.paste(LOG);
    await terminal.see(/Reading 5\.\d MB/, 20_000);
    await terminal.press('\x03');
    expect(await terminal.exited).toBe(0);
  });
});
