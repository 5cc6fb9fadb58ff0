import type { Finding, Report } from '../../model/report.ts';
import {
  askLine,
  byMeaning,
  isAnswer,
  pathRow,
  place,
  ruledOutLine,
  strangeLines,
  verdictLine,
} from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { blank, type Row, row } from '../rows.ts';
import type { Screen, View } from './screen.ts';
import { chosen } from './start.ts';

/** The answer: what is wrong, how sure, why, and what to do; everything else below. */
export function findingsScreen({ state, width }: View): Screen {
  const { report } = state;
  if (!report)
    return {
      title: 'Findings',
      rows: state.captures.length > 0 ? [] : [row('Nothing was given yet: paste something, or press o.')],
      items: 0,
      tabs: [],
    };
  const at = Math.min(state.cursor.findings, Math.max(0, report.findings.length - 1));
  const selected = report.findings[at];
  const standing = Math.max(8, ...report.findings.map((finding) => finding.standing.length));
  const list = report.findings.map((finding, index) =>
    chosen(`${finding.standing.padEnd(standing)}  ${finding.nic.padEnd(6)} ${finding.title}`, index === at),
  );
  return {
    title: 'Findings',
    rows: [
      ...wrap(verdictLine(report), width).map((line) => row(line, 'answer')),
      ...readSummary(report, width),
      ...around(list, at),
      ...(selected ? about(selected, width) : []),
      ...rest(report, width),
    ],
    items: report.findings.length,
    tabs: [],
  };
}

const MOST_LISTED = 6;

/** The part of a long list that holds the chosen line. */
function around(list: readonly Row[], at: number): Row[] {
  const from = Math.max(0, Math.min(at - MOST_LISTED + 2, list.length - MOST_LISTED));
  const rest = list.length - MOST_LISTED;
  return [
    ...list.slice(from, from + MOST_LISTED),
    ...(rest > 0 ? [row(`  (${at + 1} of ${list.length})`, 'faint')] : []),
  ];
}

/** What was recognised, at once: "OpenBSD dmesg 3 lines; OpenBSD ifconfig 5 lines; 14 lines not understood". */
export function readSummary(report: Report, width: number): Row[] {
  const known = report.samples.map(({ title, lines }) => `${title} ${counted(lines)}`);
  const strange =
    report.loose.length + report.samples.reduce((sum, { notUnderstood }) => sum + notUnderstood, 0);
  const all =
    [...known, ...(strange > 0 ? [`${counted(strange)} not understood`] : [])].join('; ') ||
    'no output that is known';
  const lines = wrap(`Read: ${all}.`, width);
  const shown = lines.length > 2 ? [lines[0] ?? '', `${lines[1]?.slice(0, width - 2)} \u2026`] : lines;
  return [...shown.map((line) => row(line, 'faint')), blank];
}

function counted(lines: number): string {
  return `${lines} line${lines === 1 ? '' : 's'}`;
}

function about(finding: Finding, width: number): Row[] {
  const why = byMeaning(finding.because).flatMap(({ means, evidence }) => [
    ...wrap(means, width, '  why  ', '       ').map((line) => row(line)),
    ...evidence
      .filter((one) => !isAnswer(one))
      .slice(0, 3)
      .map((one) => row(`       ${place(one)}  ${one.line.text.trim()}`, 'evidence')),
  ]);
  const open = finding.open
    .slice(0, 2)
    .flatMap(({ asks }) => wrap(asks, width, '  ?    ', '       ').map((line) => row(line, 'warning')));
  return [blank, ...why, ...open, ...todo(finding, width)];
}

/** The first thing to do: for a sure finding its fix, for an open one the command that would decide. */
function todo(finding: Finding, width: number): Row[] {
  const [ask] = finding.ask;
  const steps = finding.plans[0]?.steps.filter(({ purpose }) => purpose === 'do').slice(0, 3) ?? [];
  const fix = steps.flatMap((step) =>
    step.shown
      .split('\n')
      .map((line, index) => row(`${index === 0 ? '  do   ' : '       '}${step.on}# ${line}`, 'command')),
  );
  const next = ask
    ? [
        row(`  run  ${ask.command}`, 'command'),
        ...wrap(`${askLine(ask)}: ${ask.why}`, width, '       ').map((line) => row(line, 'faint')),
      ]
    : [];
  return finding.standing === 'possible'
    ? [...next, row('  p shows how to fix it, e where it stands.', 'faint')]
    : [...fix, row('  p shows the whole plan with its way back, e the evidence in its text.', 'faint')];
}

function rest(report: Report, width: number): Row[] {
  const block = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [blank, row(title, 'title'), ...lines.map((line) => row(line))];
  return [
    ...block(
      'Run next, and paste what it prints',
      report.ask
        .slice(0, 6)
        .flatMap((ask) => [`  ${ask.command}`, ...wrap(`${askLine(ask)}: ${ask.why}`, width, '      ')]),
    ),
    ...block(
      'Ruled out',
      report.ruledOut.flatMap((finding) => wrap(ruledOutLine(finding), width, '  ', '    ')),
    ),
    ...block(
      'Path',
      report.nics.flatMap((nic) => wrap(pathRow(nic), width, '  ', '    ')),
    ),
    ...block(
      'Take note',
      report.problems.flatMap(({ says }) => wrap(says, width, '  ', '    ')),
    ),
    ...block(
      'Not understood',
      strangeLines(report).flatMap((line) => wrap(line, width, '  ', '    ')),
    ),
  ];
}
