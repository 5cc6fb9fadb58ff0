import type { Report } from '../../model/report.ts';
import { attachments } from '../attachments.ts';
import { environment, subject } from '../environment.ts';
import type { Format } from '../format.ts';
import { evidence, expected, fixes, happened, type Passage, steps, toLines } from '../narrative.ts';

const WIDTH = 72;

/** For mailing lists: wrapped prose, captured text never wrapped and at the end. */
export const plainText: Format = {
  name: 'plain-text',
  title: 'Plain text mail',
  describes: 'for mailing lists: 72 columns, captures at the end',
  fileName: 'vio-doctor-mail.txt',
  render: (report) =>
    [
      `Subject: ${subject(report)}`,
      '',
      ...block('Expected', [{ prose: expected(report) }]),
      ...block('Seen', [{ prose: happened(report) }]),
      ...block(
        'Environment',
        environment(report).map(([key, value]) => ({ prose: `${key}: ${value}`, indent: 0 })),
      ),
      ...block('Evidence', evidence(report)),
      ...block('Commands', steps(report)),
      ...block('Fix', fixes(report)),
      ...madeWith(report),
      ...attachments(report).flatMap(({ title, lines }) => ['', `---- ${title} ----`, ...lines]),
      '',
    ].join('\n'),
};

function block(title: string, passages: readonly Passage[]): string[] {
  const lines = toLines(passages, WIDTH);
  while (lines.at(-1) === '') lines.pop();
  return lines.length === 0 ? [] : [`${title}:`, ...lines, ''];
}

function madeWith({ program, redacted }: Report): string[] {
  return [`Made with ${program}${redacted ? '; addresses and names are stand-ins' : ''}.`];
}
