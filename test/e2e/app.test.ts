import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { CASES, run, scratch } from './run.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const SMALL = { columns: 80, rows: 24 };
const LARGE = { columns: 120, rows: 40 };
const open: Terminal[] = [];
const app = (args: readonly string[] = [], size = SMALL, env: NodeJS.ProcessEnv = {}) => {
  const terminal = openTerminal(args, size, env);
  open.push(terminal);
  return terminal;
};

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.kill();
});

const IFCONFIG = readFileSync(join(CASES, 'no-carrier-vlan-40/guest/ifconfig.txt'), 'utf8');

describe.each([SMALL, LARGE])('a person at $columns x $rows', (size) => {
  test('looks at the built-in case, its evidence, its plan, and exports a report', async () => {
    const terminal = app([], size);
    await terminal.see(/built-in case/);
    await terminal.press('d');
    await terminal.see(/Fault: the interface is not up in the guest \(vio1\), certain\./);
    expect(terminal.text()).toContain('ifconfig vio1 up');
    await terminal.press('e');
    await terminal.see(/>\s+1 \| vio1: flags=2008802/);
    await terminal.press('p');
    await terminal.see(/Keep first/);
    await terminal.press('\t');
    await terminal.see(/\[e1000-fallback\]/);
    await terminal.press('x');
    await terminal.see(/Export: Text/);
    await terminal.press('\t\t\t');
    await terminal.see(/bugs@openbsd\.org/);
    await terminal.press('r');
    await terminal.see(/stand-ins/);
    const path = join(scratch(), 'bug.txt');
    await terminal.press('w');
    await terminal.see(/Write the report to:/);
    await terminal.press(`${'\x7f'.repeat(40)}${path}\r`);
    await terminal.see(/Written: /);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).not.toContain('c2:8a:93:59:9a:0a');
    await terminal.press('q');
    expect(await terminal.exited).toBe(0);
  });

  test('pastes a dmesg and an ifconfig, one after the other, and the findings move', async () => {
    const terminal = app([], size);
    await terminal.see(/Paste what you have/);
    await terminal.paste('vio1 at virtio4: 1 queue, address c2:8a:93:59:9a:0a\nvirtio4: msix per-VQ\n');
    await terminal.see(/Not enough evidence/);
    await terminal.paste(IFCONFIG);
    await terminal.see(/Fault: the interface is not up/);
    expect(terminal.text()).toContain('paste-2:1');
  });

  test('answers the one question', async () => {
    const terminal = app([], size);
    await terminal.see(/What do you see\?/);
    await terminal.press('c');
    await terminal.see(/vio-doctor: What do you see\?/);
    await terminal.press('jj\r');
    await terminal.paste('$ dmesg | grep vio0\nvio0 at virtio2: address c6:82:da:26:a6:5b\n');
    await terminal.see(/ring stalls on a lost notification/);
  });
});

describe('what a terminal may do', () => {
  test('keys that come in one read are several keys', async () => {
    const terminal = app();
    await terminal.see(/> 1 /);
    await terminal.press('jjj');
    await terminal.see(/> 4 /);
  });

  test('a paste is never keys: q, Ctrl-C, escape sequences and all', async () => {
    const terminal = app();
    await terminal.see(/Paste what you have/);
    await terminal.paste(
      'quit q q\n\x1b]0;owned\x07\x1b[2J vio0: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500\n\x03q\n',
    );
    await terminal.see(/Findings/);
    await terminal.press('e');
    await terminal.press('q');
    expect(await terminal.exited).toBe(0);
    expect(terminal.bytes()).not.toContain('owned\x07');
  });

  test('a chunk with line breaks is a paste where the terminal does not mark pastes', async () => {
    const terminal = app();
    await terminal.see(/Paste what you have/);
    await terminal.press(IFCONFIG);
    await terminal.see(/Fault: the interface is not up/);
  });

  test('five megabytes at once', async () => {
    const terminal = app();
    await terminal.see(/Paste what you have/);
    await terminal.paste(
      `${'Nov 20 10:00:01 fw sshd[1]: nothing about the network here at all\n'.repeat(75_000)}${IFCONFIG}`,
    );
    await terminal.see(/Fault: the interface is not up/, 30_000);
  });

  test('a resize keeps the place, and no frame is larger than the window', async () => {
    const terminal = app(['demo'], LARGE);
    await terminal.see(/Fault:/);
    const screens = [
      ['e', /vio-doctor: The in/],
      ['p', /vio-doctor: Plan/],
      ['x', /vio-doctor: Export/],
      ['?', /vio-doctor: Keys/],
    ] as const;
    for (const [key, title] of screens) {
      await terminal.press(key);
      await terminal.see(title);
      for (const [columns, rows] of [
        [60, 15],
        [40, 10],
        [120, 40],
      ] as const) {
        await terminal.resize(columns, rows);
        await terminal.see(title);
        expect(terminal.screen()[0]).toMatch(title);
        expect(terminal.screen().at(-1)?.trim()).toBe('');
      }
    }
  });

  test.each(['', 'c', 'd', 'de', 'dp', 'dx', 'd?', 'o'])(
    'Ctrl-C leaves from everywhere, the terminal as it was (after %j)',
    async (keys) => {
      const terminal = app();
      await terminal.see(/Paste what you have/);
      for (const key of keys) await terminal.press(key);
      await terminal.press('\x03');
      expect(await terminal.exited).toBe(0);
      expect(terminal.bytes()).toContain('\x1b[?1049l');
      expect(terminal.bytes()).toContain('\x1b[?25h');
    },
  );

  test('a file that is not there keeps what was typed', async () => {
    const terminal = app();
    await terminal.see(/Paste what you have/);
    await terminal.press('o');
    await terminal.see(/File or folder:/);
    await terminal.press('/nonexistent/x.txt\r');
    await terminal.see(/no such file or folder\..*\/nonexistent\/x\.txt_/);
    const file = join(scratch(), 'ifconfig.txt');
    writeFileSync(file, IFCONFIG);
    await terminal.press(`${'\x7f'.repeat(30)}${file}\r`);
    await terminal.see(/Fault: the interface is not up/);
  });

  test('two files of one name are two captures', async () => {
    const terminal = app();
    await terminal.see(/Paste what you have/);
    const folders = [scratch(), scratch()];
    for (const [index, folder] of folders.entries()) {
      const file = join(folder, 'ifconfig.txt');
      writeFileSync(file, IFCONFIG.replaceAll('vio1', `vio${index}`));
      await terminal.press('o');
      await terminal.see(/File or folder:/);
      await terminal.press(`${file}\r`);
      await terminal.see(/> 1 certain +vio0/);
    }
    await terminal.see(/certain +vio1/);
  });

  test('NO_COLOR holds', async () => {
    const terminal = app(['demo'], SMALL, { NO_COLOR: '1' });
    await terminal.see(/Fault:/);
    expect(terminal.bytes()).not.toMatch(/\x1b\[3\dm/);
    await terminal.press('q');
  });

  test.each([
    ['TERM=dumb', ['demo'], { TERM: 'dumb' }],
    ['--plain', ['demo', '--plain'], {}],
  ])('%s gets numbered questions, not a screen', async (_, args, env) => {
    const terminal = app(args, SMALL, env);
    await terminal.see(/Number:/);
    await terminal.press('2\r1\r');
    await terminal.see(/Enter goes on, q ends/);
    await terminal.press('q\r7\r');
    await terminal.see(/Paste now/);
    await terminal.press(`${IFCONFIG.replaceAll('\n', '\r')}.\r`);
    await terminal.see(/paste-1: OpenBSD ifconfig/);
    expect(terminal.bytes()).not.toContain('\x1b');
    await terminal.press('0\r');
    expect(await terminal.exited).toBe(0);
  });

  test('without a terminal, --plain reads its answers from standard input', async () => {
    const { code, out } = await run(['--plain'], { input: '6\n4\n0\n0\n' });
    expect(code).toBe(0);
    expect(out).toContain('Fault: the interface is not up in the guest (vio1), certain.');
  });

  test('the app is loaded only when it opens', async () => {
    const { code, err } = await run(['diagnose', '-'], { input: '', env: { NODE_DEBUG: 'module' } });
    expect(code).toBe(2);
    expect(err).not.toMatch(/yoga|ink/i);
  });
});
