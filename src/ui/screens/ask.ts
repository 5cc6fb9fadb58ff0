import type { Ask, Report } from '../../model/report.ts';
import { askLine, machineOf, verdictLine } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { commandRows } from '../parts/command-rows.ts';
import { blank, type Row, row } from '../parts/rows.ts';
import type { State } from '../state.ts';
import { around, numberOf } from './findings.ts';
import type { Screen, View } from './screen.ts';
import { chosen } from './start.ts';

/** What to run next: a command to copy, and the place to paste what it prints. */
export function askScreen({ state, width, height }: View): Screen {
  const { report } = state;
  const ask = chosenAsk(state);
  if (!report || !ask)
    return { title: 'Run next', rows: [row(nothing(report))], items: 0, tabs: [], deeds: ['findings'] };
  const at = report.ask.indexOf(ask);
  const on = Math.max(...report.ask.map((one) => machineOf(one.on).length));
  const head = [
    ...wrap(verdictLine(report), width).map((line) => row(line, 'answer')),
    row('What would tell more, the most telling first.', 'faint'),
    blank,
  ];
  const list = report.ask.map((one, index) =>
    chosen(
      `${numberOf(index)} ${`${machineOf(one.on)}#`.padEnd(on + 1)} ${one.command}`,
      index === at,
      index,
    ),
  );
  const told = about(ask, report, width);
  // What the chosen command is for stays in sight, however long the list.
  const part = around(list, at, Math.max(3, height - head.length - told.length - 2));
  return {
    title: 'Run next',
    rows: [...head, ...part.rows, blank, ...told],
    items: list.length,
    chosen: [head.length + part.at, head.length + part.at + 1],
    tabs: [],
  };
}

/** The command that a paste on this screen is the answer to. */
export function chosenAsk({ report, cursor }: State): Ask | undefined {
  return report?.ask[Math.min(cursor.ask, report.ask.length - 1)];
}

function nothing(report: Report | null): string {
  return report ? 'Nothing more has to be run.' : 'Nothing was given yet: paste something, or open a file.';
}

function about(ask: Ask, report: Report, width: number): Row[] {
  const waiting = report.findings
    .filter((finding) => finding.ask.some(({ command, on }) => command === ask.command && on === ask.on))
    .map(({ fault, nic }) => `${fault} (${nic})`);
  return [
    ...commandRows(ask.command, width, { first: '  ', next: '  ' }),
    ...wrap(`${askLine(ask)}: ${ask.why}`, width, '  ').map((line) => row(line)),
    ...(waiting.length > 0
      ? wrap(`It would tell more of ${waiting.join(', ')}.`, width, '  ').map((line) => row(line))
      : []),
    blank,
    ...wrap(
      'y copies it. Paste here what it prints, with or without the command above it: it is read as the answer to this command.',
      width,
      '  ',
    ).map((line) => row(line, 'faint')),
  ];
}
