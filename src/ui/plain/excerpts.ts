import type { Capture } from '../../model/capture.ts';
import type { Evidence, Finding } from '../../model/report.ts';
import { sanitizeLine } from '../../report/sanitize.ts';
import { isAnswer, place } from '../../report/words.ts';

const AROUND = 2;

/** Each line of evidence with what it means, and the lines around it: `>` stands before the line itself. */
export function excerpts({ because }: Finding, captures: readonly Capture[]): string[] {
  return because.flatMap((evidence) => [
    `${place(evidence)}: ${evidence.means}`,
    ...(isAnswer(evidence) ? [] : around(evidence, captures)),
    '',
  ]);
}

function around({ line }: Evidence, captures: readonly Capture[]): string[] {
  const capture = captures.find(({ name }) => name === line.sample);
  const rows = capture?.text.split('\n') ?? [];
  const numberOf = (index: number) => capture?.numbers?.[index] ?? index + 1;
  const at = capture?.numbers ? capture.numbers.indexOf(line.number) : line.number - 1;
  if (rows[at] === undefined) return [`> ${line.number}  ${sanitizeLine(line.text)}`];
  const from = Math.max(0, at - AROUND);
  return rows
    .slice(from, at + AROUND + 1)
    .map(
      (text, index) => `${from + index === at ? '>' : ' '} ${numberOf(from + index)}  ${sanitizeLine(text)}`,
    );
}
