import type { Ask, Finding, Plan, Report } from '../../model/report.ts';
import {
  askLine,
  machineOf,
  mainFinding,
  mixedLines,
  PURPOSES,
  sentence,
  verdictLine,
} from '../../report/words.ts';

/** What is wrong and what to do, in a few lines. */
export function answer(report: Report): string[] {
  const [ask] = report.ask;
  const plan = mainFinding(report)?.plans[0];
  const todo = plan?.steps.filter(({ purpose }) => purpose === 'do').map(commandLine) ?? [];
  const verdict = [verdictLine(report), ...mixedLines(report)];
  if (plan && todo.length > 0) return [...verdict, `To do: ${sentence(plan.title)}`, ...todo];
  return [...verdict, ...(ask ? [`Run ${askLine(ask)}: ${ask.command}`] : [])];
}

/** A command that would tell more, where it is run, and why. */
export function askLines(ask: Ask): string {
  return `Run ${askLine(ask)}: ${ask.command}\n   ${ask.why}`;
}

/** The plans of a finding, one after the other, each with its cost, its check and its way back. */
export function planTexts({ plans, ask }: Finding): string[] {
  const [next] = ask;
  if (plans.length === 0)
    return [
      'There is no fix for this finding yet.',
      ...(next ? [`Run ${askLine(next)}: ${next.command}`] : []),
    ];
  return plans.flatMap((plan, index) => [...planText(plan, `Plan ${index + 1} of ${plans.length}`), '']);
}

function planText(plan: Plan, head: string): string[] {
  const missing = plan.missing.map((name) => `{${name}}`).join(', ');
  return [
    `${head}: ${sentence(plan.title)}`,
    `Cost: ${sentence(plan.cost)}`,
    ...(missing ? [`Not known, fill it in: ${missing}`] : []),
    ...plan.steps.flatMap((step) => [
      `${PURPOSES[step.purpose]}: ${commandLine(step)}`,
      ...(step.expect ? [`  expect: ${step.expect}`] : []),
      ...(step.note ? [`  note: ${step.note}`] : []),
    ]),
  ];
}

function commandLine({ on, shown }: Plan['steps'][number]): string {
  return `${machineOf(on)}# ${shown}`;
}
