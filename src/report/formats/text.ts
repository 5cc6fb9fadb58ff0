import type { Evidence, Finding, Plan, Report, Step } from '../../model/report.ts';
import type { Format, Looks } from '../format.ts';
import { lossLines, pathLines } from '../path-lines.ts';
import { pathLegend } from '../path-picture.ts';
import {
  askLine,
  byMeaning,
  isAnswer,
  machineOf,
  mainFinding,
  mixedLines,
  PURPOSES,
  place,
  sentence,
  strangeCount,
  strangeLines,
  verdictLine,
} from '../words.ts';
import { fold, wrap } from '../wrap.ts';

const WIDTH = 80;
const INDENT = ' '.repeat(10);

/** For a terminal: the answer first, 80 columns but for commands, no colours. */
export const text: Format = {
  name: 'text',
  title: 'Text',
  describes: 'for a terminal, the answer first',
  fileName: 'vio-doctor.txt',
  render: (report, how = {}) => [...answer(report), ...findings(report), ...details(report, how)].join('\n'),
};

/** What is wrong, and what to do about it: the first screen. */
function answer(report: Report): string[] {
  const main = report.verdict === 'fault' ? mainFinding(report) : undefined;
  const next = main ? fixLines(main) : askLines(report);
  const problems = report.problems.length;
  const note =
    problems === 1 ? ['1 thing to note below.'] : problems > 1 ? [`${problems} things to note below.`] : [];
  const apart = mixedLines(report).flatMap((says) => wrap(says, WIDTH));
  const losses = report.verdict === 'unclear' ? lossLines(report, WIDTH) : [];
  return [...wrap(verdictLine(report), WIDTH), ...apart, ...losses, ...next, ...note, ''];
}

const FIRST_STEPS = 5;

/** The first plan as far as its last `do`, in few lines; all of it stands with the finding. */
function fixLines({ plans: [plan] }: Finding): string[] {
  if (!plan) return [];
  const steps = plan.steps.filter(({ purpose }) => purpose === 'keep' || purpose === 'do');
  const shown = steps.slice(0, FIRST_STEPS);
  const left = steps.length - shown.length;
  const more =
    left > 0 ? `${left} more, the check and the way back: see FIX.` : 'The check and the way back: see FIX.';
  return [
    ...wrap(`To do: ${sentence(plan.title)}`, WIDTH),
    ...missingLines(plan),
    ...shown.flatMap(commandLines),
    `    ${more}`,
  ];
}

function findings(report: Report): string[] {
  const main = mainFinding(report) ?? report.findings[0];
  return report.findings.flatMap((finding) => findingLines(finding, finding === main));
}

/** The main finding with its plans in full, others with what a reader needs to choose. */
function findingLines(finding: Finding, isMain: boolean): string[] {
  const head = wrap(
    `${finding.standing.toUpperCase()}  ${finding.title} (${finding.nic}, ${finding.fault})`,
    WIDTH,
  );
  const because = byMeaning(finding.because).flatMap(({ means, evidence }) => [
    ...wrap(means, WIDTH, '  because ', INDENT),
    ...evidence.flatMap(evidenceLines),
  ]);
  const open = finding.open.flatMap(({ asks }) => wrap(asks, WIDTH, '  unknown ', INDENT));
  return [...head, ...because, ...open, ...planList(finding, isMain), ''];
}

function planList({ standing, plans, fault }: Finding, isMain: boolean): string[] {
  const isSure = standing === 'certain' || standing === 'likely';
  const whole = isSure ? plans.slice(0, isMain ? 3 : 1) : [];
  const named = plans.slice(whole.length).map(({ fix }) => fix);
  const rest =
    named.length > 0
      ? wrap(
          `${named.join(', ')} (vio-doctor explain ${fault})`,
          WIDTH,
          isSure ? '  or      ' : '  fixes   ',
          INDENT,
        )
      : [];
  return [...whole.flatMap(planLines), ...rest];
}

/** The place, and the line itself whole: beside it where it fits, else below it. */
function evidenceLines(one: Evidence): string[] {
  if (isAnswer(one)) return [INDENT + place(one)];
  const line = one.line.text.trim();
  const beside = `${INDENT}${place(one)}  ${line}`;
  return beside.length <= WIDTH ? [beside] : [INDENT + place(one), ...fold(line, WIDTH, `${INDENT}  `)];
}

function planLines(plan: Plan): string[] {
  return [
    ...wrap(`${sentence(plan.title)} Cost: ${sentence(plan.cost)}`, WIDTH, '  FIX     ', INDENT),
    ...missingLines(plan),
    ...plan.steps.flatMap((step) => [
      ...commandLines(step),
      ...(step.expect ? wrap(`expect: ${step.expect}`, WIDTH, ' '.repeat(15)) : []),
      ...(step.note ? wrap(step.note, WIDTH, ' '.repeat(15)) : []),
    ]),
  ];
}

function missingLines({ missing }: Plan): string[] {
  if (missing.length === 0) return [];
  return wrap(`Not known, fill it in: ${missing.map((name) => `{${name}}`).join(', ')}`, WIDTH, '    ');
}

/** Whole, however long: a command that is broken cannot be copied. */
function commandLines({ purpose, on, shown }: Step): string[] {
  return shown
    .split('\n')
    .map((line, index) =>
      index === 0 ? `    ${PURPOSES[purpose].padEnd(10)} ${machineOf(on)}# ${line}` : `      ${line}`,
    );
}

const MOST_ASKS = 5;

function askLines({ ask }: Report): string[] {
  const shown = ask
    .slice(0, MOST_ASKS)
    .flatMap((one) => [`  ${one.command}`, ...wrap(`${askLine(one)}: ${one.why}`, WIDTH, '      ')]);
  const left = ask.slice(MOST_ASKS).map(({ command }) => `  ${command}`);
  const more = left.length > 0 ? ['  Less telling:', ...left] : [];
  return shown.length === 0 ? [] : ['RUN NEXT, and give what it prints', ...shown, ...more];
}

function details(report: Report, { unicode = false }: Looks): string[] {
  const isAsked = report.verdict !== 'fault' || !mainFinding(report);
  const samples = report.samples.flatMap(({ name, title, machine, from, to, lines }) =>
    wrap(
      `${name}:${from}-${to} ${title}, ${machineOf(machine)} (${lines} ${lines === 1 ? 'line' : 'lines'})`,
      WIDTH,
      '  ',
      '    ',
    ),
  );
  const strange = strangeLines(report).flatMap((line) => wrap(line, WIDTH, '  ', '    '));
  return [
    ...(isAsked || report.ask.length === 0 ? [] : [...askLines(report), '']),
    ...section(
      'RULED OUT',
      report.ruledOut.flatMap((finding) => ruledOut(finding)),
    ),
    ...section(
      `PATH (${pathLegend({ ascii: !unicode })})`,
      pathLines(report, { width: WIDTH - 2, ascii: !unicode }).map((line) => `  ${line}`.trimEnd()),
    ),
    ...section(
      'TAKE NOTE',
      report.problems.flatMap((problem) => problemLines(problem)),
    ),
    ...section('READ', samples),
    ...section(strangeCount(report).toUpperCase(), strange),
  ];
}

function ruledOut(finding: Finding): string[] {
  const [first] = finding.because;
  const why = first ? `: ${first.means}` : '';
  return [
    ...wrap(`${finding.fault} (${finding.nic})${why}`, WIDTH, '  ', '    '),
    ...(first ? evidenceLines(first) : []),
  ];
}

const MOST_PLACES = 3;

function problemLines({ says, at }: Report['problems'][number]): string[] {
  const places = at.slice(0, MOST_PLACES).map(({ sample, number }) => `${sample}:${number}`);
  const more = at.length > MOST_PLACES ? ', ...' : '';
  return [
    ...wrap(says, WIDTH, '  ', '    '),
    ...(places.length > 0 ? wrap(`at ${places.join(', ')}${more}`, WIDTH, '    ') : []),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines, ''];
}
