import type { Format } from './format.ts';
import { bundle } from './formats/bundle.ts';
import { github } from './formats/github.ts';
import { json } from './formats/json.ts';
import { markdown } from './formats/markdown.ts';
import { plainText } from './formats/plain-text.ts';
import { sendbug } from './formats/sendbug.ts';
import { text } from './formats/text.ts';
import { sanitize, sanitizeReport } from './sanitize.ts';

/** All formats. Foreign text is made safe here, going in and coming out: no format can forget it. */
export const formats: readonly Format[] = [text, json, markdown, sendbug, github, plainText, bundle].map(
  (format) => ({ ...format, render: (report, how) => sanitize(format.render(sanitizeReport(report), how)) }),
);

export function formatNamed(name: string): Format {
  const format = formats.find((candidate) => candidate.name === name);
  if (!format) throw new Error(`no such format: ${name}`);
  return format;
}
