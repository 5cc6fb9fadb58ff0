import { describe, expect, test } from 'vitest';
import type { Capture } from '../../src/model/capture.ts';
import { readKeys } from '../../src/ui/input/read-keys.ts';
import { helpParts } from '../../src/ui/key-words.ts';
import { bindings, deedOf, type ScreenName } from '../../src/ui/keys.ts';
import { type Action, initial, reduce, type State } from '../../src/ui/state.ts';
import { examine, readCase } from '../cases.ts';

const seed = readCase('no-carrier-vlan-40');
const examined: Action = {
  do: 'examined',
  captures: seed.captures,
  complaint: 'no-link',
  report: examine(seed),
  message: '',
};
const through = (...actions: Action[]) => actions.reduce(reduce, initial);
const move = (deed: 'up' | 'down' | 'pageDown' | 'pageUp' | 'top' | 'bottom', items = 0): Action => ({
  do: 'move',
  deed,
  items,
  rows: 100,
  height: 20,
});

describe('reduce', () => {
  test('what was given leads from the start to the findings, and leaves other screens where they are', () => {
    expect(through(examined).screen).toBe('findings');
    expect(through(examined, { do: 'go', to: 'plan' }, examined).screen).toBe('plan');
  });

  test('another case is read from the top, with no filter and no step done; more of the same stays where it is', () => {
    const one = { name: 'paste-1', side: 'unknown', origin: 'pasted', text: 'vio0' } as const;
    const give = (...captures: Capture[]): Action => ({ do: 'give', captures, complaint: null, message: '' });
    const readSoFar = through(
      give(one),
      { do: 'go', to: 'findings' },
      { do: 'filter', text: 'vio1' },
      { do: 'jump', to: 7 },
      { do: 'done', step: 'interface-up 1' },
    );
    const more = reduce(readSoFar, give(one, { ...one, name: 'paste-2' }));
    expect(more).toMatchObject({ filter: 'vio1', offset: { findings: 7 }, done: ['interface-up 1'] });
    const other = reduce(readSoFar, give({ ...one, origin: 'built-in' }));
    expect(other).toMatchObject({ filter: '', offset: { findings: 0 }, done: [] });
  });

  test('back goes the way that was come, and stops at the start', () => {
    const deep = through(examined, { do: 'go', to: 'evidence' }, { do: 'go', to: 'plan' });
    const screens: ScreenName[] = [];
    let state: State = deep;
    for (let step = 0; step < 4; step++) {
      state = reduce(state, { do: 'back' });
      screens.push(state.screen);
    }
    expect(screens).toEqual(['evidence', 'findings', 'start', 'start']);
  });

  test('going to a screen on the way shortens the way', () => {
    expect(through(examined, { do: 'go', to: 'plan' }, { do: 'go', to: 'findings' }).trail).toEqual([
      'start',
    ]);
  });

  test('a cursor stays in its list, a window in its text', () => {
    expect(
      through(examined, move('down', 3), move('down', 3), move('down', 3), move('down', 3)).cursor.findings,
    ).toBe(2);
    expect(through(examined, move('up', 3)).cursor.findings).toBe(0);
    expect(through({ do: 'go', to: 'help' }, move('bottom')).offset.help).toBe(80);
    expect(through({ do: 'go', to: 'help' }, move('pageDown'), move('top')).offset.help).toBe(0);
    expect(through(examined, move('pageDown', 3)).offset.findings).toBe(20);
  });

  test('a line is typed and mended in place', () => {
    const prompt = { asks: 'open', label: 'File:', text: '', at: 0 } as const;
    const keys = ['a', 'c', 'left', 'b', 'end', 'space', 'text:/x y', 'backspace', 'home', 'delete'];
    const state = through({ do: 'prompt', prompt }, ...keys.map((key): Action => ({ do: 'type', key })));
    expect(state.prompt).toMatchObject({ text: 'bc /x ', at: 0 });
  });
});

describe('keys', () => {
  test('no key does two things on one screen', () => {
    for (const screen of ['start', 'complaint', 'findings', 'evidence', 'plan', 'export', 'help'] as const) {
      const keys = bindings
        .filter(({ on }) => on === 'all' || on.includes(screen))
        .flatMap((binding) => binding.keys);
      expect(keys.length, screen).toBe(new Set(keys).size);
    }
  });

  test('the help line always tells the way out, at any width', () => {
    for (const width of [30, 60, 80, 120]) {
      const line = helpParts('findings', width)
        .map(({ says }) => says)
        .join('  ');
      expect(line).toContain('q quit');
      expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  test('q quits, Ctrl-C too', () => {
    expect(deedOf('plan', 'q')).toBe('quit');
    expect(deedOf('export', 'ctrl-c')).toBe('quit');
  });
});

describe('readKeys', () => {
  const none = {} as Parameters<typeof readKeys>[1];
  test.each([
    ['jjj', ['j', 'j', 'j']],
    ['a b', ['a', 'space', 'b']],
    ['\x03', ['ctrl-c']],
    ['/vio\rnn', ['/', 'v', 'i', 'o', 'enter', 'n', 'n']],
  ])('%j', (input, keys) => {
    expect(readKeys(input, none)).toEqual({ keys });
  });

  test('a chunk with line breaks is a paste, not keys', () => {
    for (const pasted of ['quit\nq', 'q\rq\rq', 'status: no carrier\r'])
      expect(readKeys(pasted, none)).toEqual({ pasted });
  });
});
