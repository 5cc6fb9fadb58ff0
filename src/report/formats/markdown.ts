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

/** For wikis, chats and trackers that read Markdown. */
export const markdown: Format = {
  name: 'markdown',
  title: 'Markdown',
  describes: 'for wikis and trackers',
  fileName: 'vio-doctor.md',
  render: (report) => markdownBody(report).join('\n'),
};

export function markdownBody(report: Report): string[] {
  return [
    `**${verdictLine(report)}**`,
    '',
    ...report.findings.flatMap(findingLines),
    ...list(
      'Run next',
      report.ask.map((ask) => `${code(ask.command)} ${askLine(ask)}: ${ask.why}`),
    ),
    ...list('Ruled out', report.ruledOut.map(ruledOutLine)),
    ...(report.nics.length > 0 ? ['### Path', '', fence(report.nics.map(pathRow)), ''] : []),
    ...list(
      'Take note',
      report.problems.map(({ says }) => says),
    ),
    ...list('Not understood', strangeLines(report)),
  ];
}

function findingLines(finding: Finding): string[] {
  const groups = byMeaning(finding.because);
  const evidence = groups.map(
    ({ means, evidence }) => `${means} (${evidence.map((one) => code(place(one))).join(', ')})`,
  );
  const lines = finding.because
    .filter((one) => !isAnswer(one))
    .map((one) => `${place(one)}: ${one.line.text}`);
  return [
    `### ${finding.title} (${finding.nic}): ${finding.standing}`,
    '',
    ...evidence.map((line) => `- ${line}`),
    '',
    ...(lines.length > 0 ? [fence([...new Set(lines)]), ''] : []),
    ...(finding.standing === 'possible' ? [] : finding.plans.flatMap(planLines)),
  ];
}

function planLines(plan: Plan): string[] {
  const commands = plan.steps.flatMap((step) => [
    `# ${PURPOSES[step.purpose]}, on the ${machineOf(step.on)}${step.expect ? `; expect ${step.expect}` : ''}`,
    ...step.shown.split('\n'),
  ]);
  return [`Fix: ${plan.title}. Cost: ${plan.cost}.`, '', fence(commands), ''];
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}`, '', ...items.map((item) => `- ${item}`), ''];
}

/** In as many backticks as the text cannot close. */
export function fence(lines: readonly string[]): string {
  const body = lines.join('\n');
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}\n${body}\n${marks}`;
}

export function code(text: string): string {
  const marks = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${marks}${pad}${text}${pad}${marks}`;
}
