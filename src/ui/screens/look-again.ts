import type { Report } from '../../model/report.ts';
import { machineOf } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { blank, row } from '../parts/rows.ts';
import type { State } from '../state.ts';
import type { Screen, View } from './screen.ts';

/** Before something is given anew: what to give, and how. */
export function lookAgainScreen({ state, width }: View): Screen {
  const { report, captures } = state;
  const lines = report?.findings.flatMap(({ because }) => because.map(({ line }) => line)) ?? [];
  const isCollected = canCollect(state);
  const again = outputsOf(report, lines);
  const text = (says: string, next = '') => wrap(says, width, '', next).map((line) => row(line));
  return {
    title: 'Compare: look again after the fix',
    rows: [
      row('Did the fix take?', 'title'),
      blank,
      ...text('1. Carry out the plan (p).', '   '),
      ...text(isCollected ? BY_ITSELF : BY_HAND, '   '),
      ...again.map((line) => row(`     ${line}`, 'command')),
      blank,
      ...wrap(HELD, width).map((line) => row(line, 'faint')),
      ...(captures.length === 0 ? [blank, ...text('Nothing was given yet: there is no before.')] : []),
    ],
    items: 0,
    tabs: [],
    deeds: ['plan', 'openFile', ...(isCollected ? (['collectAgain'] as const) : [])],
  };
}

const BY_HAND = '2. Run again what showed the fault, and paste it here or open its files (o):';
const BY_ITSELF =
  '2. Let the app run its commands again (r), or run again what showed the fault, and paste it here or open its files (o):';
const HELD =
  'It is held against what you gave before, and called fixed only where a line of the new outputs says so. Esc: not now.';

/** What the app has collected it can collect again. */
export function canCollect({ hasCollected, stage }: State): boolean {
  return hasCollected && stage !== 'running' && stage !== 'stopping';
}

/** The outputs in which lines stand: by their command, or by what they are. */
export function outputsOf(
  report: Report | null,
  lines: readonly { readonly sample: string; readonly number: number }[],
): string[] {
  const told = report?.samples.filter(({ name, from, to }) =>
    lines.some(({ sample, number }) => sample === name && number >= from && number <= to),
  );
  const says = told?.map(
    ({ machine, command, title }) => `${machineOf(machine)}# ${command ?? `(${title})`}`,
  );
  return [...new Set(says)];
}
