import { renderToString } from 'ink';
import { describe, expect, test } from 'vitest';
import type { ScreenName } from '../../src/ui/keys.ts';
import { Frame } from '../../src/ui/parts/frame.tsx';
import { screenOf } from '../../src/ui/screens.ts';
import { type Action, initial, reduce } from '../../src/ui/state.ts';
import { examine } from '../cases.ts';
import { seed, standInWorld } from './world.ts';

const world = standInWorld();
const examined: Action = {
  do: 'examined',
  captures: seed.captures,
  complaint: 'no-link',
  report: examine(seed),
  message: '',
};
const SCREENS: readonly ScreenName[] = [
  'start',
  'complaint',
  'findings',
  'ask',
  'evidence',
  'plan',
  'export',
  'help',
];

function frame(screen: ScreenName, columns: number, rows: number): string {
  const state = reduce(reduce(initial, examined), { do: 'go', to: screen });
  const view = { state, world, width: columns, height: rows - 4 };
  return renderToString(<Frame screen={screenOf(view)} state={state} columns={columns} rows={rows} />, {
    columns,
  });
}

describe.each(SCREENS)('%s', (screen) => {
  test.each([
    [80, 24],
    [120, 40],
    [40, 12],
    [20, 6],
  ])('is never larger than %i x %i', (columns, rows) => {
    const lines = frame(screen, columns, rows).split('\n');
    expect(lines.length).toBeLessThanOrEqual(rows - 1);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(columns);
  });
});

test('what is wrong and what to do stand on the first screen, at 80 x 24', () => {
  const text = frame('findings', 80, 24);
  expect(text).toContain('Fault: the interface is not up in the guest (vio1), certain.');
  expect(text).toContain('why  the flags of vio1 have no UP: it is administratively down');
  expect(text).toContain('do   guest# ifconfig vio1 up');
  expect(text).toContain('> 1 certain   vio1');
});

test('evidence is marked in its text, not by colour alone', () => {
  const text = frame('evidence', 80, 24);
  expect(text).toMatch(/>\s+1 \| vio1: flags=2008802/);
  expect(text).toContain('^ the flags of vio1 have no UP');
});

test('a hostile capture does not reach the terminal raw', () => {
  const evil = {
    name: 'x',
    side: 'guest' as const,
    origin: 'pasted' as const,
    text: 'vio1: flags=8802<BROADCAST> mtu 1500 \x1b[2J\u202e',
  };
  const report = examine(seed);
  const because = [
    { line: { sample: 'x', number: 1, text: evil.text }, fact: 'f', word: 'w', means: '\x1b]0;x\x07' },
  ];
  const state = reduce(
    reduce(initial, {
      ...examined,
      captures: [evil],
      report: { ...report, findings: report.findings.map((one) => ({ ...one, because })) },
    } as Action),
    { do: 'go', to: 'evidence' },
  );
  const text = renderToString(
    <Frame screen={screenOf({ state, world, width: 80, height: 20 })} state={state} columns={80} rows={24} />,
  );
  expect(text.replace(/\x1b\[[\d;]*m/g, '')).not.toMatch(/[\x00-\x08\x0b-\x1f\u202e]/);
});
