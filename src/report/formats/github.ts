import type { Report } from '../../model/report.ts';
import { type Attachment, attachments } from '../attachments.ts';
import { environment, subject } from '../environment.ts';
import type { Format } from '../format.ts';
import { code, fence, prose } from '../markdown-text.ts';
import { expected, happened, ranCommands } from '../narrative.ts';
import { markdownBody } from './markdown.ts';

/** What GitHub takes as the body of an issue, in characters. */
const LONGEST = 65_536;

/** An issue: both machines, what was expected and seen, the evidence, the captures folded away. */
export const github: Format = {
  name: 'github',
  title: 'GitHub or GitLab issue',
  describes: 'an issue body with both machines, captures folded',
  fileName: 'vio-doctor-issue.md',
  render: (report) => {
    const head = [...about(report), ...markdownBody(report), ...commands(report)];
    const tail = [...captures(attachments(report)), ...madeWith(report), ''];
    const isLong = head.join('\n').length + tail.join('\n').length > LONGEST - 200;
    return [...head, ...(isLong ? [TOO_LONG, ''] : []), ...tail].join('\n');
  },
};

const TOO_LONG = `With its captures this is more than GitHub takes for an issue (${LONGEST} characters): attach them as files.`;

function about(report: Report): string[] {
  return [
    `# ${prose(subject(report))}`,
    '',
    '## Environment',
    '',
    ...environment(report).map(([key, value]) => `- ${prose(key)}: ${code(value)}`),
    '',
    '## Expected and seen',
    '',
    `- Expected: ${prose(expected(report))}`,
    `- Seen: ${prose(happened(report))}`,
    '',
    '## Diagnosis',
    '',
  ];
}

function commands(report: Report): string[] {
  const ran = ranCommands(report);
  const seen = ran.length === 0 ? [] : ['Seen with:', '', fence(ran), ''];
  return ['## Steps to reproduce', '', '<!-- How can it be made to happen again? -->', '', ...seen];
}

function captures(all: readonly Attachment[]): string[] {
  return [
    '## Captures',
    '',
    ...all.flatMap(({ title, lines }) => [
      `<details><summary>${inHtml(title)}</summary>`,
      '',
      fence(lines),
      '',
      '</details>',
      '',
    ]),
  ];
}

function madeWith({ program, redacted }: Report): string[] {
  return [`Made with ${prose(program)}${redacted ? '; addresses and names are stand-ins' : ''}.`];
}

/** As code: GitHub looks for mentions in what is shown, whatever entity it was written with. */
function inHtml(text: string): string {
  return `<code>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}</code>`;
}
