import type { Evidence, Finding, Plan, Report } from '../../model/report.ts';
import type { Format } from '../format.ts';
import { code, fence, prose } from '../markdown-text.ts';
import { pathLines } from '../path-lines.ts';
import { pathLegend } from '../path-picture.ts';
import {
  askLine,
  byMeaning,
  capital,
  isAnswer,
  machineOf,
  oneLine,
  PURPOSES,
  place,
  sentence,
  strangeCount,
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
    `**${prose(verdictLine(report))}**`,
    '',
    ...report.findings.flatMap(findingLines),
    ...list(
      'Run next',
      report.ask.map((ask) => `${code(ask.command)} ${askLine(ask)}: ${prose(ask.why)}`),
    ),
    ...list('Ruled out', report.ruledOut.map(ruledOut)),
    ...path(report),
    ...list('Take note', report.problems.map(problem)),
    ...list(capitalCount(report), strangeLines(report).map(prose)),
  ];
}

function path(report: Report): string[] {
  if (report.nics.length === 0) return [];
  return ['### Path', '', `${capital(pathLegend())}.`, '', fence(pathLines(report, {})), ''];
}

function findingLines(finding: Finding): string[] {
  const lines = finding.because
    .filter((one) => !isAnswer(one))
    .map((one) => `${place(one)}: ${one.line.text.trim()}`);
  const isSure = finding.standing === 'certain' || finding.standing === 'likely';
  const named = finding.plans.map(({ fix }) => code(fix)).join(', ');
  return [
    `### ${prose(`${finding.title} (${finding.nic})`)}: ${finding.standing}`,
    '',
    ...byMeaning(finding.because).map(
      ({ means, evidence }) => `- ${prose(means)} (${evidence.map((one) => code(place(one))).join(', ')})`,
    ),
    ...finding.open.map(({ asks }) => `- not known: ${prose(asks)}`),
    '',
    ...(lines.length > 0 ? [fence([...new Set(lines)]), ''] : []),
    ...(isSure
      ? finding.plans.flatMap(planLines)
      : named === ''
        ? []
        : [`Fixes, if it is this: ${named}.`, '']),
  ];
}

/** Commands ready to copy: everything else on these lines is a comment to a shell. */
function planLines(plan: Plan): string[] {
  const commands = plan.steps.flatMap((step) => [
    `# ${PURPOSES[step.purpose]}, on the ${machineOf(step.on)}`,
    ...(step.expect ? [`# expect: ${oneLine(step.expect)}`] : []),
    ...(step.note ? [`# ${oneLine(step.note)}`] : []),
    ...step.shown.split('\n'),
  ]);
  const missing = plan.missing.map((name) => code(`{${name}}`)).join(', ');
  return [
    `Fix: ${prose(sentence(plan.title))} Cost: ${prose(sentence(plan.cost))}${missing === '' ? '' : ` Not known, fill it in: ${missing}.`}`,
    '',
    fence(commands),
    '',
  ];
}

function ruledOut({ fault, nic, because: [first] }: Finding): string {
  const line = first && !isAnswer(first) ? `, ${code(first.line.text.trim())}` : '';
  return `${code(fault)} (${prose(nic)})${first ? `: ${prose(first.means)} (${code(place(first))}${line})` : ''}`;
}

function problem({ says, at }: Report['problems'][number]): string {
  const places = at.slice(0, 3).map((line) => code(place({ line } as Evidence)));
  return `${prose(says)}${places.length > 0 ? ` (${places.join(', ')}${at.length > 3 ? ', ...' : ''})` : ''}`;
}

function capitalCount(report: Report): string {
  const count = strangeCount(report);
  return count.charAt(0).toUpperCase() + count.slice(1);
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}`, '', ...items.map((item) => `- ${item}`), ''];
}
