import type { Format } from '../format.ts';
import { attachments, environment, expected, happened, subject } from '../narrative.ts';
import { code, fence, markdownBody } from './markdown.ts';

/** An issue: both machines, what was expected and seen, the evidence, the captures folded away. */
export const github: Format = {
  name: 'github',
  title: 'GitHub or GitLab issue',
  describes: 'an issue body with both machines, captures folded',
  fileName: 'vio-doctor-issue.md',
  render: (report) =>
    [
      `# ${subject(report)}`,
      '',
      '## Environment',
      '',
      ...environment(report).map(([key, value]) => `- ${key}: ${code(value)}`),
      '',
      '## Expected and seen',
      '',
      `- Expected: ${expected(report)}`,
      `- Seen: ${happened(report)}`,
      '',
      '## Diagnosis',
      '',
      ...markdownBody(report),
      '## Captures',
      '',
      ...attachments(report).flatMap(({ title, lines }) => [
        `<details><summary>${escapeHtml(title)}</summary>`,
        '',
        fence(lines),
        '',
        '</details>',
        '',
      ]),
      `Made with ${report.program}${report.redacted ? '; addresses and names are stand-ins' : ''}.`,
      '',
    ].join('\n'),
};

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
