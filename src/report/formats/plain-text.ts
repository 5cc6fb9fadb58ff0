import type { Format } from '../format.ts';
import {
  attachments,
  environment,
  evidenceLines,
  expected,
  fixLines,
  happened,
  steps,
} from '../narrative.ts';
import { wrap } from '../wrap.ts';

const WIDTH = 72;

/** For mailing lists: wrapped prose, captured text never wrapped and at the end. */
export const plainText: Format = {
  name: 'plain-text',
  title: 'Plain text mail',
  describes: 'for mailing lists: 72 columns, captures at the end',
  fileName: 'vio-doctor-mail.txt',
  render: (report) =>
    [
      ...paragraph('Expected', expected(report)),
      ...paragraph('Seen', happened(report)),
      ...block(
        'Environment',
        environment(report).map(([key, value]) => `${key}: ${value}`),
      ),
      ...block('Evidence', evidenceLines(report)),
      ...block('Commands', steps(report)),
      ...block('Fix', fixLines(report)),
      ...attachments(report).flatMap(({ title, lines }) => ['', `---- ${title} ----`, ...lines]),
      '',
    ].join('\n'),
};

function paragraph(title: string, text: string): string[] {
  return [`${title}:`, ...wrap(text, WIDTH), ''];
}

function block(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines, ''];
}
