import { describe, expect, test, vi } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import type { Start } from '../../src/ui/app.tsx';
import type { World } from '../../src/ui/world.ts';
import { knowledge } from '../cases.ts';
import { openScreen } from './open-screen.tsx';
import { IFCONFIG, seed, standInWorld } from './world.ts';

const given: { captures: readonly Capture[] }[] = [];
const world = standInWorld({
  async diagnose(captures, complaint) {
    given.push({ captures });
    return doctor(captures, complaint, knowledge);
  },
});
const ESC = '\x1b';

async function app(start: Start = {}, other: Partial<World> = {}) {
  given.length = 0;
  return openScreen({ ...world, ...other }, start);
}

describe('what to run next', () => {
  const DMESG = 'vio1 at virtio4: 1 queue, address c2:8a:93:59:9a:0a\nvirtio4: msix per-VQ\n';

  test('a bare answer is read as the output of the chosen command', async () => {
    const screen = await app({ captures: [{ name: 'd', side: 'guest', origin: 'file', text: DMESG }] });
    await screen.press('a');
    const at = screen.rows().find((row) => /host# +uname -a/.test(row));
    await screen.press(/\d/.exec(at ?? '')?.[0] ?? '');
    await screen.paste('Linux h1 6.1.0-18-amd64 #1 SMP x86_64 GNU/Linux\n');
    expect(given.at(-1)?.captures.at(-1)).toMatchObject({
      name: 'paste-1',
      argv: ['uname', '-a'],
      side: 'host',
    });
    expect(screen.text()).toContain('paste-1: read as the answer to uname -a.');
  });

  test('y copies the chosen command, on the first screen what there is to do', async () => {
    const copy = vi.fn();
    const screen = await app({ captures: seed.captures }, { copy });
    await screen.press('y');
    expect(copy.mock.calls.at(-1)?.[0]).toMatch(/^ifconfig vio1 up\n/);
    await screen.press('a', 'y');
    expect(copy.mock.calls.at(-1)?.[0]).toBe('ifconfig vio1');
  });
});

describe('findings', () => {
  test('a number chooses, / filters, Esc shows all again before it goes back', async () => {
    const screen = await app({ captures: seed.captures });
    await screen.press('2');
    expect(screen.text()).toMatch(/> 2 possible/);
    await screen.press('/', 'certain\r');
    expect(screen.text()).toMatch(/Only those with "certain": 1 of \d\. Esc shows all\./);
    await screen.press(ESC);
    await screen.settle(60);
    expect(screen.text()).not.toContain('Only those');
    expect(screen.text()).toMatch(/3 possible/);
  });

  test('Tab goes through its sections and round', async () => {
    const screen = await app({ captures: seed.captures });
    await screen.press('\t');
    expect(screen.text()).toContain('Path of vio1');
    expect(screen.text()).toMatch(/Section 1 of \d/);
    await screen.press(`${ESC}[Z`);
    expect(screen.text()).toMatch(/Section (\d) of \1/);
  });
});

describe('a plan', () => {
  test('its steps are marked as done, and stay so after another paste', async () => {
    const screen = await app({ captures: seed.captures });
    await screen.press('p', ' ', 'm');
    expect(screen.text()).toContain('Plan: 2 of 11 steps done');
    expect(screen.text()).toMatch(/\[x\] guest# ifconfig vio1 up/);
    await screen.paste('nothing that is known\n');
    expect(screen.text()).toContain('Plan: 2 of 11 steps done');
    await screen.press('k', ' ');
    expect(screen.text()).toContain('Plan: 1 of 11 steps done');
  });

  test('one step is copied, or all', async () => {
    const copy = vi.fn();
    const screen = await app({ captures: seed.captures }, { copy });
    await screen.press('p', 'j', 'y');
    expect(copy.mock.calls.at(-1)?.[0]).toBe('ifconfig vio1 up');
    await screen.press('Y');
    expect(copy.mock.calls.at(-1)?.[0]).toMatch(/^# Bring vio1 up[\s\S]*rm \/etc\/hostname\.vio1/);
  });

  test('its last check is the key that compares; by hand with the files that were opened', async () => {
    const save = vi.fn(async (path: string, _text: string) => path);
    const [ifconfig] = seed.captures.filter(({ name }) => name.endsWith('ifconfig.txt'));
    const captures = [{ ...ifconfig, path: '/tmp/fw.txt' } as Capture];
    const other: Partial<World> = {
      save,
      diagnose: async (all, complaint) => doctor(all, complaint, knowledge, ['fw.txt']),
    };
    const opened = await openScreen(standInWorld(other), { captures, rows: 60 });
    await opened.press('p');
    expect(opened.text()).toMatch(
      /here: press r once the fix is in\n +expect: Fixed\n[\s\S]*By hand: vio-doctor compare fw\.txt fw-after\.txt\n/,
    );
    await opened.press('w', '\r');
    expect(save.mock.calls[0]?.[1]).toMatch(
      /# Once the fix is in, collect the same again into fw-after\.txt.*\nvio-doctor compare fw\.txt fw-after\.txt\n/,
    );
    const pasted = await openScreen(standInWorld(), { rows: 60 });
    await pasted.paste(IFCONFIG);
    await pasted.press('p');
    expect(pasted.text()).toContain('compare before.txt after.txt; x writes such bundles.');
  });

  test('the window goes with the cursor', async () => {
    const screen = await app({ captures: seed.captures });
    await screen.press('p', 'G');
    expect(screen.text()).toMatch(/> \[ \] guest# rm/);
    await screen.press('g');
    expect(screen.rows()[1]).toContain('Bring vio1 up');
  });
});

test('redaction shows what it changed, and what stands for what', async () => {
  const screen = await app({ captures: seed.captures });
  await screen.press('x', 'r', 'n');
  expect(screen.text()).toMatch(/Changed row 1 of \d/);
  expect(screen.text()).toMatch(/^~ /m);
  await screen.press('s');
  expect(screen.text()).toMatch(/c2:8a:93:59:9a:0a +[0-9a-f:]{17}/);
});

const FIXED = IFCONFIG.replace('2008802<', '2008843<UP,RUNNING,').replace('no carrier', 'active');

describe('after the fix', () => {
  test('what is pasted anew is held against what was given before', async () => {
    const screen = await app({ captures: seed.captures });
    await screen.press('p', 'r');
    expect(screen.text()).toContain('Did the fix take?');
    await screen.paste(FIXED);
    expect(screen.text()).toContain('GONE: interface-down (vio1)');
    await screen.press('\r');
    expect(screen.text()).toContain('These are the findings of now.');
    expect(given.at(-1)?.captures.map(({ name }) => name)).toEqual(['paste-1']);
  });

  test('it can be dropped, and what was given before is as it was', async () => {
    const screen = await app({ captures: seed.captures });
    await screen.press('r');
    await screen.paste(FIXED);
    await screen.press('d');
    expect(screen.text()).toContain('d again drops what was given anew: 1 capture.');
    await screen.press('d');
    expect(screen.text()).toContain('Fault: the interface is not up in the guest (vio1)');
    await screen.paste(FIXED);
    expect(given.at(-1)?.captures).toHaveLength(seed.captures.length + 1);
  });
});

describe('the comparison says what to do next', () => {
  const compared = async (...texts: readonly string[]) => {
    const copy = vi.fn();
    const screen = await app({ captures: seed.captures }, { copy });
    await screen.press('r');
    for (const text of texts) await screen.paste(text);
    await screen.press('y');
    return { screen, copied: copy.mock.calls.at(-1)?.[0] };
  };

  test('not fixed: what is still to do', async () => {
    const { screen, copied } = await compared(IFCONFIG);
    expect(screen.rows()[1]).toBe('Not fixed: 1 still there.');
    expect(screen.text()).toContain('STILL THERE: interface-down (vio1)');
    expect(copied).toMatch(/^ifconfig vio1 up\n/);
  });

  test('cannot tell: the command that would', async () => {
    const { screen, copied } = await compared('vio1 at virtio4: 1 queue, address c2:8a:93:59:9a:0a\n');
    expect(screen.rows()[1]).toBe('Cannot tell yet whether it is fixed: 1 not shown.');
    expect(copied).toBe('ifconfig -A');
    expect(screen.text()).toMatch(/Next: run this, and paste it here.*\n {2}guest# ifconfig -A\n/);
  });

  test('cannot tell, as the NIC does not show: what showed it before', async () => {
    const { screen, copied } = await compared('nothing that is known\n');
    expect(screen.text()).toMatch(
      /Next: give again what showed it before\.\n {2}guest# \(OpenBSD ifconfig\)/,
    );
    expect(copied).toBeUndefined();
  });

  test('fixed: what may be wrong besides', async () => {
    const { screen } = await compared(FIXED);
    expect(screen.rows()[1]).toMatch(/^Fixed: /);
    expect(screen.text()).toContain('Not ruled out now: the interface has no address (vio1), possible.');
    await screen.press(ESC);
    await screen.settle(60);
    expect(screen.text()).toContain('What you give is still held against before');
  });

  test('looked at and left, it holds nothing against anything', async () => {
    const { screen } = await compared();
    await screen.press(ESC);
    await screen.settle(60);
    await screen.paste(FIXED);
    expect(screen.rows()[0]).toContain('Findings');
  });
});

test('the chosen line stays in the window when it is made smaller', async () => {
  const screen = await app({ captures: seed.captures });
  await screen.press('3');
  await screen.resize(80, 9);
  expect(screen.text()).toMatch(/> 3 possible/);
});

test('a terminal that knows only ASCII gets nothing else of ours', async () => {
  const screen = await app({ captures: seed.captures }, { unicode: false });
  for (const key of ['', 'a', ESC, 'p', 'x', '\t', '?']) {
    await screen.press(key);
    expect(screen.text()).toMatch(/^[\x20-\x7e\n]*$/);
  }
});

describe('other programs', () => {
  test('the pager gets the whole screen, the editor gives an export back', async () => {
    const page = vi.fn(async () => undefined);
    const screen = await app({ captures: seed.captures }, { page, edit: async (text) => `MINE\n${text}` });
    await screen.press('e', 'v');
    expect(page.mock.calls[0]).toMatchObject([
      expect.stringMatching(/>\s+1 \| vio1: flags/),
      'evidence.txt',
      0,
    ]);
    await screen.press('x', 'E');
    expect(screen.rows()[0]).toContain('edited by you');
    expect(screen.rows()[1]).toBe('MINE');
  });

  test('one that does not start is told', async () => {
    const page = async () => {
      throw new Error('pager: not started: no such file or folder.');
    };
    const screen = await app({ captures: seed.captures }, { page });
    await screen.press('v');
    expect(screen.text()).toContain('pager: not started');
  });
});
