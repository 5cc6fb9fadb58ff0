import type { Ask, Finding, Report } from '../../model/report.ts';
import { askLine, byMeaning, isAnswer, machineOf, place } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { commandRows } from '../parts/command-rows.ts';
import { blank, type Row, row } from '../parts/rows.ts';

/** Rows from which on there is room for every reason with its lines. */
const ROOMY = 30;
/** Rows below which what to do stands before the reasons. */
const TINY = 16;
/** Rows in which only the answer, the chosen line and what to do have room. */
export const TINIEST = 8;

/** Why, and what to do. What to do is never pushed out of the first screen: the reasons take what room it leaves. */
export function aboutFinding(
  finding: Finding,
  report: Report,
  { width, height, room }: { width: number; height: number; room: number },
): Row[] {
  const deeds = todo(finding, report, width);
  const reasons = reasonRows(finding, { width, isTight: height < ROOMY, room: room - deeds.length - 1 });
  const space = height < TINIEST ? [] : [blank];
  return [...space, ...(height < TINY ? [...deeds, ...reasons] : [...reasons, ...deeds])];
}

/** What y copies on this screen: what stands there after `do` or `run`. */
export function commandsOf(finding: Finding | undefined, report: Report): string {
  const steps = finding ? firstSteps(finding) : [];
  return steps.length > 0
    ? steps.map(({ shown }) => shown).join('\n')
    : (askOf(finding, report)?.command ?? '');
}

/** What is asked for where there is no finding to tell about. */
export function nextToRun(ask: Ask, width: number): Row[] {
  return [
    ...commandRows(ask.command, width, { first: '  run  ', next: '       ' }),
    ...wrap(`${askLine(ask)}: ${ask.why}`, width, '       ').map((line) => row(line, 'faint')),
  ];
}

const FEW_REASONS = 3;

function reasonRows(
  finding: Finding,
  { width, isTight, room }: { width: number; isTight: boolean; room: number },
): Row[] {
  const open = finding.open
    .slice(0, 2)
    .flatMap(({ asks }) => wrap(asks, width, '  ?    ', '       ').map((line) => row(line, 'warning')));
  const all = reasonsOf(finding, width, isTight ? 1 : 3);
  const most = isTight ? FEW_REASONS : all.length;
  const rows: Row[] = [];
  let told = 0;
  for (const reason of all.slice(0, most)) {
    const more = told + 1 < all.length ? 1 : 0;
    if (told > 0 && rows.length + reason.length + more + open.length > room) break;
    rows.push(...reason);
    told++;
  }
  const more = all.length - told;
  return [
    ...rows,
    ...(more > 0 ? [row(`       and ${more} more: e shows them in their text`, 'faint')] : []),
    ...open,
  ];
}

/** Each reason and its lines; a line is shown once. */
function reasonsOf(finding: Finding, width: number, lines: number): Row[][] {
  const seen = new Set<string>();
  return byMeaning(finding.because).map(({ means, evidence }) => {
    const fresh = evidence.filter((one) => !isAnswer(one) && !seen.has(place(one)));
    for (const one of fresh) seen.add(place(one));
    return [
      ...wrap(means, width, '  why  ', '       ').map((line) => row(line)),
      ...fresh.slice(0, lines).map((one) => row(`       ${place(one)}  ${one.line.text.trim()}`, 'evidence')),
    ];
  });
}

/** The first thing to do: for a sure finding its fix; for an open one, or where nothing is known to mend it, what to run. */
function todo(finding: Finding, report: Report, width: number): Row[] {
  const ask = askOf(finding, report);
  const steps = firstSteps(finding);
  const fix = steps.flatMap(({ on, shown }) =>
    commandRows(shown, width, { first: `  do   ${machineOf(on)}# `, next: '         ' }),
  );
  const open = steps.length === 0 || report.verdict === 'unclear';
  const next = open && ask ? nextToRun(ask, width) : [];
  const none =
    steps.length === 0 && !ask
      ? [row('  do   no command mends it: x makes the report for those who can')]
      : [];
  return [...cut(fix), ...next, ...none, hint(finding, steps.length > 0, ask !== undefined)];
}

const MOST_COMMANDS = 6;

/** A file that is written line by line is shown by its beginning. */
function cut(rows: readonly Row[]): readonly Row[] {
  const more = rows.length - MOST_COMMANDS;
  return more <= 1
    ? rows
    : [...rows.slice(0, MOST_COMMANDS), row(`       and ${more} lines more: p shows them`, 'faint')];
}

function firstSteps({ standing, plans }: Finding) {
  if (standing === 'possible') return [];
  return plans[0]?.steps.filter(({ purpose }) => purpose === 'do').slice(0, 3) ?? [];
}

function askOf(finding: Finding | undefined, { ask }: Report): Ask | undefined {
  return finding?.ask[0] ?? ask[0];
}

function hint({ standing, plans }: Finding, hasFix: boolean, hasAsk: boolean): Row {
  const parts = [
    hasFix && 'y copies these',
    !hasFix && hasAsk && 'y copies it, paste the answer',
    plans.length > 0 && (standing === 'possible' ? 'p how to fix it' : 'p the whole plan and way back'),
  ];
  return row(`       ${[...parts.filter(Boolean), 'e the lines in their text'].join('; ')}`, 'faint');
}
