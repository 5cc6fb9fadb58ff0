import type { Plan, Step } from '../../model/report.ts';
import { machineOf, PURPOSES } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { chosenFinding } from '../chosen.ts';
import { cellsOf } from '../parts/cells.ts';
import { GAP, secondColumn, sideBySide } from '../parts/columns.ts';
import { commandRows } from '../parts/command-rows.ts';
import { blank, type Row, row } from '../parts/rows.ts';
import type { State } from '../state.ts';
import { hereStepRows } from './here-step.ts';
import type { Screen, View } from './screen.ts';

/** One plan at a time: what it costs, what to keep, do and check, and the way back; and which steps are done. */
export function planScreen({ state, width }: View): Screen {
  const plans = plansOf(state);
  const plan = chosenPlan(state);
  if (!plan)
    return {
      title: 'Plan',
      rows: [row(nothing(state))],
      items: 0,
      tabs: [],
      deeds: ['evidence', 'ask', 'export'],
    };
  const cursor = Math.min(state.cursor.plan, plan.steps.length - 1);
  const at = notesAt(plan, width);
  const rows = headRows(plan, width);
  let chosen: readonly [number, number] = [0, 0];
  let purpose = '';
  for (const [index, step] of plan.steps.entries()) {
    if (step.purpose !== purpose) rows.push(blank, row(PURPOSES[step.purpose], 'title'));
    purpose = step.purpose;
    const from = rows.length;
    const isAt = index === cursor;
    const done = isDone(state, plan, index);
    rows.push(
      ...(step.on === 'here'
        ? hereStepRows(step, state, { item: index, isChosen: isAt, done }, width)
        : stepRows(doneRows(step, isAt, done, width), step, width, at).map((one) => ({
            ...one,
            item: index,
          }))),
    );
    if (isAt) chosen = [from, rows.length];
  }
  const done = plan.steps.filter((_, index) => isDone(state, plan, index)).length;
  return {
    title: `Plan: ${done} of ${plan.steps.length} steps done`,
    rows,
    items: plan.steps.length,
    chosen,
    tabs: plans.map(({ fix }) => fix),
  };
}

export function chosenPlan(state: State): Plan | undefined {
  const plans = plansOf(state);
  return plans[state.tab.plan % Math.max(1, plans.length)];
}

/** The step at the cursor, and the name under which it is kept as done. */
export function chosenStep(state: State): { step: Step; key: string } | undefined {
  const plan = chosenPlan(state);
  const at = Math.min(state.cursor.plan, (plan?.steps.length ?? 0) - 1);
  const step = plan?.steps[at];
  return plan && step && { step, key: keyOf(state, plan, at) };
}

function plansOf(state: State): readonly Plan[] {
  return chosenFinding(state)?.plans ?? [];
}

function isDone(state: State, plan: Plan, index: number): boolean {
  return state.done.includes(keyOf(state, plan, index));
}

/** Another diagnosis may bring the same step again: it is then still done. */
function keyOf(state: State, { fix, steps }: Plan, index: number): string {
  const step = steps[index];
  // The paths in that of the comparison depend on where the program was started.
  const what = step?.on === 'here' ? step.argv.slice(0, 2).join(' ') : step?.shown;
  return `${chosenFinding(state)?.nic} ${fix} ${index + 1} ${what}`;
}

function nothing({ report }: State): string {
  return report?.findings.length
    ? 'There is no fix for this finding: run what it asks for, and paste the answer.'
    : 'Nothing was found yet, so there is nothing to mend.';
}

function headRows({ title, cost, missing }: Plan, width: number): Row[] {
  const blanks = missing.map((name) => `{${name}}`).join(', ');
  return [
    ...wrap(title, width).map((line) => row(line, 'answer')),
    ...wrap(`Cost: ${cost}.`, width).map((line) => row(line)),
    ...(blanks === ''
      ? []
      : wrap(`Not known, fill it in: ${blanks}`, width).map((line) => row(line, 'warning'))),
  ];
}

/** The cursor and the cross stand in the text, so that they are seen without colours too. */
function doneRows({ on, shown }: Step, isChosen: boolean, done: boolean, width: number): Row[] {
  return commandRows(shown, width, {
    first: `${isChosen ? '>' : ' '} [${done ? 'x' : ' '}] ${machineOf(on)}# `,
    next: '          ',
    style: isChosen ? 'selected' : 'command',
  });
}

/** What to expect and to know stands below a step or, where there is room, beside it; a long command keeps the whole row. */
function stepRows(commands: readonly Row[], step: Step, width: number, at: number | undefined): Row[] {
  const isShort = at !== undefined && commands.every(({ text }) => cellsOf(text) <= at - GAP);
  if (!isShort) return [...commands, ...noteRows(step, width, '      ')];
  return sideBySide(commands, noteRows(step, width - at, ''), at);
}

/** Right after the longest command that leaves half of a wide window to the notes: most of them are a sentence or two. */
function notesAt({ steps }: Plan, width: number): number | undefined {
  if (secondColumn(width) === undefined) return undefined;
  const lengths = steps.flatMap((step) =>
    doneRows(step, false, false, width).map(({ text }) => cellsOf(text)),
  );
  return Math.max(0, ...lengths.filter((length) => length + GAP <= width / 2)) + GAP;
}

function noteRows({ expect, note }: Step, width: number, indent: string): Row[] {
  return [
    ...(expect ? wrap(`expect: ${expect}`, width, indent).map((line) => row(line)) : []),
    ...(note ? wrap(note, width, indent).map((line) => row(line, 'faint')) : []),
  ];
}

/** For the clipboard or a file: the commands with what they are for, ready for a shell to pass over. */
export function planText(plan: Plan): string {
  const steps = plan.steps.flatMap((step) => [
    `# ${PURPOSES[step.purpose]}, on the ${machineOf(step.on)}${step.expect ? `; expect ${step.expect}` : ''}`,
    ...(step.on === 'here' && step.note ? [`# ${step.note}`] : []),
    step.shown,
  ]);
  return `${[`# ${plan.title}`, `# Cost: ${plan.cost}.`, ...steps].join('\n')}\n`;
}
