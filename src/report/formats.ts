import type { Format } from './format.ts';
import { github } from './formats/github.ts';
import { json } from './formats/json.ts';
import { markdown } from './formats/markdown.ts';
import { plainText } from './formats/plain-text.ts';
import { sendbug } from './formats/sendbug.ts';
import { text } from './formats/text.ts';
import { mapStrings, sanitize } from './sanitize.ts';

/** All formats. Foreign text is made safe here, at the one place that all of them pass. */
export const formats: readonly Format[] = [text, json, markdown, sendbug, github, plainText].map(
  (format) => ({
    ...format,
    render: (report) =>
      format.render(mapStrings({ ...report, captures: report.captures.map(keepLines) }, sanitize)),
  }),
);

export function formatNamed(name: string): Format {
  const format = formats.find((candidate) => candidate.name === name);
  if (!format) throw new Error(`no such format: ${name}`);
  return format;
}

/** Other line ends than \n are no lines here. */
function keepLines<T extends { readonly text: string }>(capture: T): T {
  return { ...capture, text: capture.text.replaceAll('\r\n', '\n') };
}
