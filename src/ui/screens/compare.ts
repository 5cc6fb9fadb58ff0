import type { Change, Comparison, Fate } from '../../model/comparison.ts';
import type { Report } from '../../model/report.ts';
import { recognised } from '../../report/recognised.ts';
import { askLine, byMeaning, inSentence, machineOf, oneLine, place } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { blank, type Row, row } from '../parts/rows.ts';
import type { State } from '../state.ts';
import { canCollect, lookAgainScreen, outputsOf } from './look-again.ts';
import type { Screen, View } from './screen.ts';

/** Did the fix take? The answer and what to do next; then what went, what stayed and what is new, each with its lines. */
export function compareScreen(view: View): Screen {
  const { state, width, height } = view;
  const { second } = state;
  if (!second?.comparison) return lookAgainScreen(view);
  const { comparison, captures, report } = second;
  const isTight = height < ROOMY;
  const rows = [
    ...wrap(verdictLine(comparison), width).map((line) => row(line, 'answer')),
    ...nextRows(comparison, state, width),
    ...openRows(comparison, report, width),
    ...fatesInOrder(comparison).flatMap((fate) => [blank, ...fateRows(fate, width, isTight)]),
  ];
  const section = (title: string, texts: readonly string[]) => {
    if (texts.length === 0) return;
    rows.push(blank, row(title, 'title'));
    rows.push(...texts.flatMap((text) => wrap(text, width, '  ', '    ').map((line) => row(line))));
  };
  section('Changed', comparison.changes.map(changeLine));
  section(
    'Take note',
    comparison.problems.map(({ of, problem }) => `${WHICH[of]}: ${problem.says}`),
  );
  section(
    'Given anew',
    captures.map(({ name }) => (report ? `${name}: ${recognised(report, name)}` : name)),
  );
  return {
    title: `Compare: before, and now (${captures.length} given anew)`,
    rows,
    items: 0,
    tabs: [],
    deeds: [
      'choose',
      'plan',
      'openFile',
      'dropSecond',
      ...(nextCommands(state).length === 0 ? [] : (['copy'] as const)),
      ...(canCollect(state) ? (['collectAgain'] as const) : []),
    ],
  };
}

/** Rows from which on there is room for every line. */
const ROOMY = 30;
const WHICH = { before: 'Of before', after: 'Of now' };

/** `Not fixed: 1 still there, 1 new, 2 gone.` */
function verdictLine({ verdict, fates }: Comparison): string {
  if (verdict === 'fixed') return 'Fixed: what was wrong before is gone, and nothing new is seen.';
  if (fates.length === 0) return 'Nothing to compare: before, no fault was certain or likely.';
  const counts = ORDER.flatMap((fate) => {
    const count = fates.filter((one) => one.fate === fate).length;
    return count === 0 ? [] : [`${count} ${COUNTED[fate]}`];
  });
  const answer = verdict === 'not-fixed' ? 'Not fixed' : 'Cannot tell yet whether it is fixed';
  return `${answer}: ${counts.join(', ')}.`;
}

/** What needs something done comes first. */
const ORDER = ['stays', 'new', 'unclear', 'gone'] as const;
const COUNTED: Record<Fate['fate'], string> = {
  stays: 'still there',
  new: 'new',
  unclear: 'not shown',
  gone: 'gone',
};

function fatesInOrder({ fates }: Comparison): Fate[] {
  return ORDER.flatMap((wanted) => fates.filter(({ fate }) => fate === wanted));
}

/** One sentence, and where there is one the commands that it speaks of. */
function nextRows(comparison: Comparison, state: State, width: number): Row[] {
  const [worst] = fatesInOrder(comparison);
  const isSilent = worst?.fate === 'unclear' && worst.ask.length === 0;
  const again = isSilent ? lookedAtBefore(worst, state.report) : [];
  const says = again.length > 0 ? GIVE_AGAIN : NEXT[worst?.fate ?? 'gone'];
  const commands = nextCommands(state).flatMap(({ on, shown }) =>
    shown.split('\n').map((line, index) => (index === 0 ? `${machineOf(on)}# ${line}` : `    ${line}`)),
  );
  return [
    ...wrap(`Next: ${says}`, width).map((line) => row(line)),
    ...[...commands, ...again].map((line) => row(`  ${line}`, 'command')),
  ];
}

const GIVE_AGAIN = 'give again what showed it before.';
const NEXT: Record<Fate['fate'], string> = {
  stays: 'what is still to do (y copies it; p the whole plan), then give the outputs again.',
  new: 'another fault than before (y copies what to do). Enter goes on with these outputs, p there shows its plan.',
  unclear: 'run this, and paste it here (y copies it).',
  gone: 'Enter goes on with these outputs as the case, and x there writes the report.',
};

/** Fixed is what was wrong; what may be wrong besides is not settled by it. */
function openRows({ verdict, fates }: Comparison, report: Report | null, width: number): Row[] {
  const [other] =
    report?.findings.filter(
      ({ fault, nic }) => !fates.some(({ finding }) => finding.fault === fault && finding.nic === nic),
    ) ?? [];
  if (verdict !== 'fixed' || !other) return [];
  const says = `Not ruled out now: ${inSentence(other.title)} (${other.nic}), ${other.standing}.`;
  return wrap(says, width).map((line) => row(line, 'warning'));
}

/** What y copies: the command that would tell, or what the first plan of the worst fault says to do. */
export function nextCommands({ second }: State): readonly { readonly on: string; readonly shown: string }[] {
  const [worst] = second?.comparison ? fatesInOrder(second.comparison) : [];
  if (!worst || worst.fate === 'gone') return [];
  if (worst.fate === 'unclear')
    return worst.ask.slice(0, 1).map(({ on, command }) => ({ on, shown: command }));
  return worst.finding.plans[0]?.steps.filter(({ purpose }) => purpose === 'do') ?? [];
}

/** No command is known that would tell: then what showed it before would. */
function lookedAtBefore({ finding }: Fate, report: Report | null): string[] {
  return outputsOf(
    report,
    finding.because.map(({ line }) => line),
  );
}

const FATES: Record<Fate['fate'], string> = {
  gone: 'GONE',
  stays: 'STILL THERE',
  new: 'NEW',
  unclear: 'CANNOT TELL',
};

function fateRows({ fate, finding, because, ask }: Fate, width: number, isTight: boolean): Row[] {
  const head = `${FATES[fate]}: ${finding.fault} (${finding.nic}): ${oneLine(finding.title)}`;
  const groups = byMeaning(because).slice(0, isTight ? 2 : 4);
  const lines = groups.flatMap(({ means, evidence }) => [
    ...wrap(means, width, '  now  ', '       ').map((line) => row(line)),
    ...evidence
      .slice(0, isTight ? 1 : 2)
      .map((one) => row(`       ${place(one)}  ${one.line.text.trim()}`, 'evidence')),
  ]);
  const [next] = ask;
  const why = fate !== 'unclear' ? '' : next ? `${askLine(next)}: ${next.why}` : NOT_SHOWN;
  return [
    ...wrap(head, width, '', '    ').map((line) => row(line, 'answer')),
    ...lines,
    ...wrap(why, width, '  ?    ', '       ').map((line) => row(line, 'warning')),
  ];
}

const NOT_SHOWN = 'what was given now does not show what this fault was seen by';

/** `vio1 is up (nic.up: no -> yes; paste-1:1)` */
function changeLine({ nic, fact, before, after }: Change): string {
  const of = after.means.includes(nic) ? '' : `${nic}: `;
  return `${of}${after.means} (${fact}: ${before.word} -> ${after.word}; ${place(after)})`;
}
