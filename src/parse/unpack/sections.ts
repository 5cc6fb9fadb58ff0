import type { Capture } from '../../model/capture.ts';
import { isAskedCommand, isAskedFile } from '../../model/report-commands.ts';
import { contentOf, type Numbered } from './numbered-rows.ts';

/** What a row says: an output begins below it, the one above it ends here, or it is a part of that. */
export type Head = { readonly command: string } | 'end' | undefined;

type Section = { readonly command: string; readonly rows: Numbered[] };

/**
 * The outputs in a report that tell of the network, each a capture named after its command; the rest is counted. Nothing where
 * there is none.
 */
export function cutSections(
  capture: Capture,
  rows: readonly Numbered[],
  headOf: (row: Numbered, index: number) => Head,
): Capture[] | undefined {
  const sections: Section[] = [];
  let open: Section | undefined;
  for (const [index, row] of rows.entries()) {
    const head = headOf(row, index);
    if (head === 'end') open = undefined;
    else if (head) {
      open = { command: head.command, rows: [] };
      sections.push(open);
    } else open?.rows.push(row);
  }
  const asked = sections.filter(({ command }) => isAsked(command));
  const read = asked.reduce((sum, section) => sum + section.rows.length, 0);
  const captures = asked.map((section) => toCapture(capture, section));
  const [first, ...others] = captures;
  if (!first) return undefined;
  return [{ ...first, passedOver: (capture.passedOver ?? 0) + rows.length - read }, ...others];
}

function isAsked(command: string): boolean {
  const file = /^(?:cat|tail|head) (?:-\S{1,8} )?(\/\S{1,200})$/.exec(command)?.[1];
  return file === undefined ? isAskedCommand(command) : isAskedFile(file);
}

function toCapture({ name, side, origin }: Capture, { command, rows }: Section): Capture {
  while (rows.at(-1)?.text === '') rows.pop();
  const argv = command.split(' ');
  return { name: `${name} ${command}`, side, origin, partOf: name, argv, ...contentOf(rows) };
}
