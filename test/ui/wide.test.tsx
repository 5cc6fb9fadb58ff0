import { describe, expect, test } from 'vitest';
import { markedText } from '../../src/ui/parts/marked-text.ts';
import { samePlace } from '../../src/ui/same-place.ts';
import { screenOf } from '../../src/ui/screens.ts';
import { initial, reduce, type State } from '../../src/ui/state.ts';
import { examine, readCase } from '../cases.ts';
import { openScreen } from './open-screen.tsx';
import { seed, standInWorld } from './world.ts';

const world = standInWorld();
const report = examine(seed);

describe('evidence in a wide window', () => {
  const text = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join('\n');
  const capture = { name: 'x', side: 'guest' as const, origin: 'file' as const, text };
  const evidence = (number: number, means: string) => ({
    line: { sample: 'x', number, text: `line ${number}` },
    fact: 'f',
    word: 'w',
    means,
  });
  const [first] = report.findings;
  const because = [
    evidence(2, 'a sentence that is longer than the second column is wide, and so takes some rows of it'),
    evidence(3, 'the next line'),
    evidence(20, 'far below'),
  ];
  const finding = first && { ...first, because };

  test('what a line means stands beside it, and rows are left free where it is longer than the space', () => {
    const { rows, marks } = markedText(report, finding, capture, 120);
    const all = rows.slice(0, rows.length);
    expect(marks.map((mark) => all[mark]?.text)).toEqual(['line 2', 'line 3', 'line 20']);
    expect(marks.map((mark) => all[mark]?.beside?.text)).toEqual([
      '< a sentence that is longer than the',
      '< the next line',
      '< far below',
    ]);
    const free = all.filter(({ text: own }) => own === '').length;
    expect(rows.length).toBe(30 + free);
    expect(marks[1]).toBe(2 + free);
    for (const row of all.slice(2, marks[1])) expect(row.beside?.text).toMatch(/^ {2}\S/);
  });

  test('no line is lost or told twice', () => {
    for (const width of [80, 120, 200]) {
      const { rows } = markedText(report, finding, capture, width);
      const lines = rows.slice(0, rows.length).filter(({ gutter }) => /\d \| $/.test(gutter ?? ''));
      expect(lines.map((row) => row.text)).toEqual(text.split('\n'));
    }
  });
});

test('a text keeps its place when the window becomes wide or narrow', () => {
  const given = reduce(initial, {
    do: 'examined',
    captures: seed.captures,
    complaint: 'no-link',
    report,
    message: '',
  });
  const state: State = reduce(given, { do: 'go', to: 'evidence' });
  const narrow = screenOf({ state, world, width: 80, height: 20 });
  const wide = screenOf({ state, world, width: 120, height: 20 });
  const [mark = 0] = narrow.marks ?? [];
  const there = samePlace(narrow, { offset: mark + 3, mark: null }, wide);
  expect(there).toEqual({ offset: (wide.marks?.[0] ?? 0) + 3, mark: null });
  expect(samePlace(wide, there, narrow)).toEqual({ offset: mark + 3, mark: null });
  expect(samePlace(narrow, { offset: 0, mark }, wide)).toEqual({ offset: 0, mark: wide.marks?.[0] });
});

describe('beside each other at 120 columns', () => {
  const open = () =>
    openScreen(standInWorld(), { columns: 120, rows: 40, captures: seed.captures, complaint: 'no-link' });

  test('what to run next stands beside the reasons', async () => {
    const screen = await open();
    expect(screen.rows().find((row) => row.includes('why  the flags'))).toMatch(/Run next \(a\)$/);
    await screen.resize(80, 24);
    expect(screen.text()).not.toContain('Run next');
  });

  test('what redaction replaced stands beside the row, and is not written', async () => {
    let saved = '';
    const screen = await openScreen(
      standInWorld({
        save: async (path, text) => {
          saved = text;
          return path;
        },
      }),
      { columns: 120, rows: 40, captures: seed.captures, complaint: 'no-link' },
    );
    await screen.press('x', '4', 'r', 'n');
    expect(screen.text()).toContain('not written: c2:8a:93:59:9a:0a');
    await screen.press('w', '\r');
    expect(saved).not.toBe('');
    expect(saved.toLowerCase()).not.toContain('c2:8a:93:59:9a:0a');
    expect(saved).not.toContain('not written');
  });

  test('the rest of a long line takes the room of the second column', async () => {
    const captures = seed.captures.map((one) => ({
      ...one,
      text: one.text.replace(/^.*llprio 3$/m, `$& ${'x'.repeat(60)} END`),
    }));
    const screen = await openScreen(standInWorld(), {
      columns: 120,
      rows: 40,
      captures,
      complaint: 'no-link',
    });
    await screen.press('e');
    expect(screen.text()).toContain('< the flags of vio1');
    expect(screen.text()).not.toContain('END');
    await screen.press('l');
    expect(screen.text()).toContain('END');
  });

  test('all eight complaints stand on the start, and one is chosen and taken back there', async () => {
    const screen = await openScreen(standInWorld(), { columns: 120, rows: 40 });
    await screen.press('8');
    expect(screen.text()).toContain('(x) it stops until the interface is taken down and up');
    await screen.press('8');
    expect(screen.text()).not.toContain('(x)');
    await screen.press('G');
    await screen.resize(80, 24);
    expect(screen.text()).toContain('> 6  What do you see?');
  });
});

test('in the smallest window the chosen line is the one that is shown', async () => {
  const screen = await openScreen(standInWorld(), {
    columns: 40,
    rows: 10,
    captures: seed.captures,
    complaint: 'no-link',
  });
  expect(screen.text()).toContain('> 1 certain');
  expect(screen.text()).toContain('do   guest# ifconfig vio1 up');
  await screen.press('j');
  expect(screen.text()).toContain('> 2 possible');
});

test('the help line names no key that does nothing', async () => {
  const healthy = readCase('healthy-openbsd-7.8');
  const screen = await openScreen(standInWorld(), { captures: healthy.captures });
  expect(screen.text()).toContain('Healthy:');
  expect(screen.rows().at(-2)).not.toMatch(/ plan| copy| check again/);
});

test('what a line means is read whole in a narrow window too', async () => {
  const screen = await openScreen(standInWorld(), {
    columns: 50,
    rows: 14,
    captures: seed.captures,
    complaint: 'no-link',
  });
  await screen.press('e');
  expect(screen.text().replace(/\s+/g, ' ')).toContain(
    '^ the flags of vio1 have no UP: it is administratively down',
  );
});
