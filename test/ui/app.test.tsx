import { describe, expect, test, vi } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import type { Report } from '../../src/model/report.ts';
import type { Start } from '../../src/ui/app.tsx';
import type { World } from '../../src/ui/world.ts';
import { examine, knowledge } from '../cases.ts';
import { openScreen } from './open-screen.tsx';
import { IFCONFIG, seed, standInWorld } from './world.ts';

const report = examine(seed);
const given: { captures: readonly Capture[]; complaint: string | null }[] = [];
const world = standInWorld({
  async diagnose(captures, complaint) {
    given.push({ captures, complaint });
    return doctor(captures, complaint, knowledge);
  },
});
const ESC = '\x1b';

async function app(start: Start & { columns?: number; rows?: number } = {}, other: Partial<World> = {}) {
  given.length = 0;
  return openScreen({ ...world, ...other }, start);
}

describe('a paste', () => {
  test('keeps its lines: terminals send line breaks as CR', async () => {
    const screen = await app();
    await screen.paste(IFCONFIG);
    expect(given[0]?.captures[0]?.text).toBe(IFCONFIG);
    expect(screen.text()).toContain('Fault: the interface is not up in the guest (vio1), certain.');
  });

  test('is never keys, whatever it holds, on any screen', async () => {
    for (const keys of ['', 'c', 'd', 'de', 'dp', 'dx', '?']) {
      const screen = await app();
      await screen.press(...keys);
      await screen.paste(`q\nqq\x03 ${ESC}[2J${ESC}]0;x\x07\n${IFCONFIG}`);
      expect(screen.hasQuit(), keys).toBe(false);
      expect(given.at(-1)?.captures.at(-1)?.text, keys).toContain(`q\nqq\x03 ${ESC}[2J`);
      screen.close();
    }
  });

  test('that comes unmarked and in pieces is one paste, even where a piece is a q', async () => {
    const screen = await app();
    const sent = IFCONFIG.replaceAll('\n', '\r');
    await screen.pour(sent.slice(0, 90), sent.slice(90), 'q');
    expect(screen.hasQuit()).toBe(false);
    expect(given.map(({ captures }) => captures.map(({ text }) => text))).toEqual([[`${IFCONFIG}q`]]);
  });

  test('that comes unmarked may begin with a long line', async () => {
    const screen = await app();
    await screen.pour('the quick brown fox jumps over the lazy dog ', 'q\rq\r');
    expect(screen.hasQuit()).toBe(false);
    expect(given).toHaveLength(1);
  });

  test('of nothing is nothing', async () => {
    const screen = await app();
    await screen.paste('\n  \n');
    expect(given).toHaveLength(0);
  });

  test('puts the built-in case and its complaint aside', async () => {
    const screen = await app();
    await screen.press('d');
    expect(given.at(-1)).toMatchObject({ complaint: 'no-link' });
    await screen.paste(IFCONFIG);
    expect(given.at(-1)?.captures.map(({ name }) => name)).toEqual(['paste-1']);
    expect(given.at(-1)?.complaint).toBeNull();
    expect(screen.text()).toContain('The built-in case is put aside.');
  });
});

describe('keys', () => {
  test('several in one read are several', async () => {
    const screen = await app();
    await screen.press('jj');
    expect(screen.text()).toContain('> 3  Paste');
  });

  test('nothing is done after the key that leaves', async () => {
    const copy = vi.fn();
    const screen = await app({ captures: seed.captures }, { copy });
    await screen.press('xqy');
    expect(screen.hasQuit()).toBe(true);
    expect(copy).not.toHaveBeenCalled();
  });

  test.each(['', 'c', 'd', 'de', 'dp', 'dx', '?', 'o', 'dw', 'de/'])(
    'Ctrl-C leaves after %j',
    async (keys) => {
      const screen = await app();
      await screen.press(...keys, '\x03');
      expect(screen.hasQuit()).toBe(true);
    },
  );

  test('q leaves, but not while a line is typed', async () => {
    const screen = await app();
    await screen.press('o', 'q');
    expect(screen.hasQuit()).toBe(false);
    expect(screen.text()).toContain('File or folder: q_');
    await screen.press(ESC);
    await screen.settle(60);
    await screen.press('q');
    expect(screen.hasQuit()).toBe(true);
  });
});

describe('a question', () => {
  test('keeps what was typed when it goes wrong, however long the complaint', async () => {
    const screen = await app();
    const path = `/tmp/${'deep/'.repeat(20)}x.txt`;
    await screen.press('o', `${path}\r`);
    expect(screen.text()).toMatch(/no such file or folder\. File or folder: .*x\.txt_/);
    await screen.press('\x15', '/tmp/nok.txt\r');
    expect(screen.text()).toContain('/tmp/nok.txt: no such file or folder. File or folder: /tmp/nok.txt_');
    await screen.press('\x17', 'ok.txt\r');
    expect(screen.text()).toContain('1 file read.');
    expect(screen.text()).toContain('ok.txt:1');
  });

  test('takes a pasted path with its line break', async () => {
    const screen = await app();
    await screen.press('o');
    await screen.paste('/tmp/ok.txt\n');
    await screen.press('\r');
    expect(screen.text()).toContain('ok.txt:1');
  });
});

describe('evidence', () => {
  test('n and N go round its marks and say which', async () => {
    const screen = await app({ captures: [capture(marked(3))] }, { diagnose: evidenceIn(3) });
    await screen.press('e');
    expect(screen.text()).toContain('Mark 1 of 3, line 1.');
    await screen.press('n');
    expect(screen.text()).toContain('Mark 2 of 3, line 31.');
    await screen.press('nn');
    expect(screen.text()).toContain('Mark 1 of 3, line 1.');
    await screen.press('N');
    expect(screen.text()).toContain('Mark 3 of 3, line 61.');
  });

  test('a search goes on with n, N and Enter alone; Esc gives n back to the marks', async () => {
    const screen = await app({ captures: [capture(marked(3))] }, { diagnose: evidenceIn(3) });
    await screen.press('e', '/', 'line 7', '\r');
    expect(screen.text()).toContain('Match 1 of 11, line 7.');
    await screen.press('/', '\r');
    expect(screen.text()).toContain('Match 2 of 11, line 70.');
    await screen.press('n');
    expect(screen.text()).toContain('Match 3 of 11, line 71.');
    await screen.press('N');
    expect(screen.text()).toContain('Match 2 of 11, line 70.');
    await screen.press(ESC);
    await screen.settle(60);
    await screen.press('n');
    expect(screen.text()).toContain('Mark 1 of 3, line 1.');
  });

  test('what was not understood is marked, and u goes there', async () => {
    const strange = [{ sample: 'a.txt', number: 50, text: 'line 50' }];
    const screen = await app(
      { captures: [capture(marked(3))] },
      { diagnose: async (...given) => ({ ...(await evidenceIn(1)(...given)), strange }) },
    );
    await screen.press('e', 'u');
    expect(screen.text()).toContain('Not understood 1 of 1, line 50.');
    expect(screen.text()).toMatch(/\?\s+50 \| line 50/);
  });

  test('the end of a long line can be read, its number stays', async () => {
    const text = `vio1: ${'x'.repeat(150)} the end\n`;
    const screen = await app({ captures: [capture(text)] }, { diagnose: evidenceIn(1) });
    await screen.press('e');
    expect(screen.text()).not.toContain('the end');
    await screen.press('llllll');
    expect(screen.text()).toMatch(/>\s+1 \| \u2026x+ the end/);
    await screen.press('llllllllllll');
    expect(screen.text()).toContain('the end');
    await screen.press('hhhhhhhhhhhhhhhhhh');
    expect(screen.text()).toMatch(/>\s+1 \| vio1: x/);
  });

  test('200,000 lines: a key is drawn in no time', async () => {
    const text = marked(200_000);
    const screen = await app({ captures: [capture(text)] }, { diagnose: evidenceIn(1) });
    await screen.press('e');
    const start = process.cpuUsage();
    for (let press = 0; press < 10; press++) await screen.press('j');
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 10_000).toBeLessThan(50);
    await screen.press('G');
    expect(screen.text()).toContain('200000 | line 200000');
  });
});

test('the chosen finding of a long list is seen', async () => {
  const [first] = report.findings;
  const findings = Array.from({ length: 12 }, (_, index) => ({ ...first, title: `Finding ${index}` }));
  const screen = await app(
    { captures: seed.captures },
    { diagnose: async () => ({ ...report, findings }) as unknown as Report },
  );
  await screen.press('jjjjjjjj');
  expect(screen.text()).toMatch(/> 9 certain +vio1 +Finding 8/);
  expect(screen.text()).toContain('(9 of 12; / filters)');
  await screen.press('G');
  expect(screen.text()).toMatch(/> {3}certain +vio1 +Finding 11/);
});

test('a message does not hide which format is open', async () => {
  const screen = await app({ captures: seed.captures });
  await screen.press('x', 'r');
  expect(screen.text()).toMatch(/stand-ins\. {3}\[text\]/);
  await screen.press('\t');
  expect(screen.text()).toMatch(/^text {2}\[json\]/m);
});

test.each([
  [80, 24],
  [120, 40],
  [40, 12],
  [20, 5],
  [20, 4],
])('the last row stays free at %i x %i, on every screen and after a resize', async (columns, rows) => {
  for (const keys of ['', 'c', 'd', 'de', 'dp', 'dx', '?', 'o']) {
    const screen = await app({ columns: 100, rows: 30 });
    await screen.press(...keys);
    await screen.resize(columns, rows);
    expect(screen.rows().at(-1), keys).toBe('');
    expect(screen.rows()[0], keys).toMatch(/^vio-doc/);
    screen.close();
  }
});

function capture(text: string): Capture {
  return { name: 'a.txt', side: 'guest', origin: 'file', text };
}

function marked(lines: number): string {
  return `${Array.from({ length: Math.max(lines, 100) }, (_, index) => `line ${index + 1}`).join('\n')}\n`;
}

/** A report whose first finding rests on the lines 1, 31, 61 ... of a.txt. */
function evidenceIn(count: number): World['diagnose'] {
  const because = Array.from({ length: count }, (_, index) => ({
    line: { sample: 'a.txt', number: 1 + 30 * index, text: 'x' },
    fact: 'nic.up',
    word: 'no',
    means: `meaning ${index}`,
  }));
  const findings = report.findings.slice(0, 1).map((finding) => ({ ...finding, because }));
  return async (captures) => ({ ...report, captures, findings, loose: [], strange: [] });
}
