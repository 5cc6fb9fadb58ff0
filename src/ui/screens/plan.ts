import type { Plan } from '../../model/report.ts';
import { machineOf, PURPOSES } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { blank, type Row, row } from '../rows.ts';
import type { State } from '../state.ts';
import type { Screen, View } from './screen.ts';

/** One plan at a time: what it costs, what to keep, do and check, and the way back. */
export function planScreen({ state, width }: View): Screen {
  const plans = plansOf(state);
  const plan = chosenPlan(state);
  if (!plan)
    return {
      title: 'Plan',
      rows: [
        row(
          state.report?.findings.length
            ? 'There is no fix for this finding: run what it asks for, and paste the answer.'
            : 'Nothing was found yet, so there is nothing to mend.',
        ),
      ],
      items: 0,
      tabs: [],
    };
  return { title: 'Plan', rows: planRows(plan, width), items: 0, tabs: plans.map(({ fix }) => fix) };
}

export function chosenPlan(state: State): Plan | undefined {
  const plans = plansOf(state);
  return plans[state.tab.plan % Math.max(1, plans.length)];
}

function plansOf(state: State): readonly Plan[] {
  return state.report?.findings[state.cursor.findings]?.plans ?? [];
}

function planRows(plan: Plan, width: number): Row[] {
  const missing =
    plan.missing.length > 0
      ? wrap(`Not known, fill it in: ${plan.missing.map((name) => `{${name}}`).join(', ')}`, width).map(
          (line) => row(line, 'warning'),
        )
      : [];
  let purpose = '';
  const steps = plan.steps.flatMap((step) => {
    const head = step.purpose === purpose ? [] : [blank, row(PURPOSES[step.purpose], 'title')];
    purpose = step.purpose;
    return [
      ...head,
      ...step.shown
        .split('\n')
        .map((line, index) =>
          row(index === 0 ? `  ${machineOf(step.on)}# ${line}` : `      ${line}`, 'command'),
        ),
      ...(step.expect ? wrap(`expect: ${step.expect}`, width, '      ').map((line) => row(line)) : []),
      ...(step.note ? wrap(step.note, width, '      ').map((line) => row(line, 'faint')) : []),
    ];
  });
  return [
    ...wrap(plan.title, width).map((line) => row(line, 'answer')),
    ...wrap(`Cost: ${plan.cost}.`, width).map((line) => row(line)),
    ...missing,
    ...steps,
  ];
}

/** For the clipboard or a file: the commands with what they are for, ready for a shell to pass over. */
export function planText(plan: Plan): string {
  const steps = plan.steps.flatMap((step) => [
    `# ${PURPOSES[step.purpose]}, on the ${machineOf(step.on)}${step.expect ? `; expect ${step.expect}` : ''}`,
    step.shown,
  ]);
  return `${[`# ${plan.title}`, `# Cost: ${plan.cost}.`, ...steps].join('\n')}\n`;
}
