import type { Report } from '../../model/report.ts';
import { comparisonText } from '../../report/comparison-text.ts';
import { machineOf } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { blank, type Row, row } from '../rows.ts';
import type { Screen, View } from './screen.ts';

/** Did the fix take? Before, how to look again; after, what went, what stayed and what is new. */
export function compareScreen({ state, width }: View): Screen {
  const { second, report, stage } = state;
  const shared = { items: 0, tabs: [] };
  if (!second?.comparison)
    return {
      title: 'Compare: look again after the fix',
      rows: howTo(report, stage === 'ended', width),
      ...shared,
    };
  const lines = comparisonText(second.comparison).trimEnd().split('\n');
  return {
    title: `Compare: before, and now (${second.captures.length} given anew)`,
    rows: [
      ...lines.map((line, index) => row(line, index === 0 || FATE.test(line) ? 'answer' : undefined)),
      blank,
      ...wrap(
        'Paste or open more to tell more. Enter goes on with what was given now, d goes back to what was given before.',
        width,
      ).map((line) => row(line, 'faint')),
    ],
    ...shared,
  };
}

const FATE = /^(?:GONE|STILL THERE|NEW|CANNOT TELL)\b/;

const BY_HAND = '2. Run again what showed the fault, and paste it here or open its files (o):';
const BY_ITSELF =
  '2. Let the app run its commands again (r), or run again what showed the fault, and paste it here or open its files (o):';

function howTo(report: Report | null, isCollected: boolean, width: number): Row[] {
  const again = report ? whatShowedIt(report) : [];
  return [
    row('Did the fix take?', 'title'),
    blank,
    row('1. Carry out the plan (p).'),
    ...wrap(isCollected ? BY_ITSELF : BY_HAND, width, '', '   ').map((line) => row(line)),
    ...again.map((line) => row(`     ${line}`, 'command')),
    blank,
    ...wrap(
      'What you give from now on is held against what you gave before. It is called fixed only where a line of the new outputs says so.',
      width,
    ).map((line) => row(line, 'faint')),
    row('d goes back to what was given before.', 'faint'),
  ];
}

/** The outputs in which the evidence of the findings stands: by their command, or by what they are. */
function whatShowedIt({ findings, samples }: Report): string[] {
  const lines = findings.flatMap(({ because }) => because.map(({ line }) => line));
  const told = samples.filter(({ name, from, to }) =>
    lines.some(({ sample, number }) => sample === name && number >= from && number <= to),
  );
  return [
    ...new Set(
      told.map(({ machine, command, title }) => `${machineOf(machine)}# ${command ?? `(${title})`}`),
    ),
  ];
}
