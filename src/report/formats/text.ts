import type { Finding, Plan, Report } from '../../model/report.ts';
import type { Format } from '../format.ts';
import {
  askLine,
  byMeaning,
  isAnswer,
  machineOf,
  PURPOSES,
  pathRow,
  place,
  ruledOutLine,
  strangeLines,
  verdictLine,
} from '../words.ts';
import { wrap } from '../wrap.ts';

const WIDTH = 80;

/** For a terminal: the answer first, 80 columns, no colours. */
export const text: Format = {
  name: 'text',
  title: 'Text',
  describes: 'for a terminal, the answer first',
  fileName: 'vio-doctor.txt',
  render: (report) => [...answer(report), ...details(report)].join('\n'),
};

function answer(report: Report): string[] {
  const findings = report.findings.flatMap((finding, index) => findingLines(finding, index === 0));
  return [...wrap(verdictLine(report), WIDTH), '', ...findings];
}

/** The first finding with its plan in full, others with what a reader needs to choose. */
function findingLines(finding: Finding, isFirst: boolean): string[] {
  const head = wrap(
    `${finding.standing.toUpperCase()}  ${finding.title} (${finding.nic}, ${finding.fault})`,
    WIDTH,
  );
  const because = byMeaning(finding.because).flatMap(({ means, evidence }) => [
    ...wrap(means, WIDTH, '  because ', '          '),
    ...evidence.map((one) =>
      `          ${place(one)}${isAnswer(one) ? '' : `  ${one.line.text.trim()}`}`.slice(0, WIDTH),
    ),
  ]);
  const open = finding.open.slice(0, 3).flatMap(({ asks }) => wrap(asks, WIDTH, '  unknown ', '          '));
  const plans =
    finding.standing === 'possible' ? [] : finding.plans.slice(0, isFirst ? 3 : 1).flatMap(planLines);
  const later =
    finding.standing === 'possible' && finding.plans.length > 0
      ? [`  fixes   ${finding.plans.map(({ fix }) => fix).join(', ')} (vio-doctor explain ${finding.fault})`]
      : [];
  return [...head, ...because, ...open, ...later, ...plans, ''];
}

function planLines(plan: Plan): string[] {
  const missing =
    plan.missing.length > 0
      ? wrap(`not known: ${plan.missing.map((name) => `{${name}}`).join(', ')}`, WIDTH, '    ')
      : [];
  return [
    ...wrap(`${plan.title}. Cost: ${plan.cost}.`, WIDTH, '  FIX     ', '          '),
    ...missing,
    ...plan.steps.flatMap((step) => [
      ...step.shown
        .split('\n')
        .map((line, index) =>
          index === 0
            ? `    ${PURPOSES[step.purpose].padEnd(10)} ${machineOf(step.on)}# ${line}`
            : `      ${line}`,
        ),
      ...(step.expect ? wrap(`expect: ${step.expect}`, WIDTH, '               ') : []),
      ...(step.note ? wrap(step.note, WIDTH, '               ') : []),
    ]),
  ];
}

function details(report: Report): string[] {
  const ask = report.ask
    .slice(0, 5)
    .flatMap((one) => [`  ${one.command}`, ...wrap(`${askLine(one)}: ${one.why}`, WIDTH, '      ')]);
  const ruledOut = report.ruledOut.flatMap((finding) => wrap(ruledOutLine(finding), WIDTH, '  ', '    '));
  const paths = report.nics.flatMap((nic) => wrap(pathRow(nic), WIDTH, '  ', '    '));
  const problems = report.problems.flatMap(({ says }) => wrap(says, WIDTH, '  ', '    '));
  const samples = report.samples.map(
    ({ name, title, machine, from, to }) => `  ${name}:${from}-${to} ${title} (${machine})`,
  );
  return [
    ...section('RUN NEXT, and give what it prints', ask),
    ...section('RULED OUT', ruledOut),
    ...section('PATH', paths),
    ...section('TAKE NOTE', problems),
    ...section('READ', samples),
    ...section(
      'NOT UNDERSTOOD',
      strangeLines(report).map((line) => `  ${line}`),
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines, ''];
}
