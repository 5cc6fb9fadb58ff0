import type { Capture } from '../model/capture.ts';
import type { Evidence, Finding, Report } from '../model/report.ts';
import type { Row, Rows } from './rows.ts';

/** A capture's text with what is known of its lines. Its rows are made where they are seen: it may have hundreds of thousands. */
export type MarkedText = {
  readonly rows: Rows;
  /** Rows of the lines that the finding rests on. */
  readonly marks: readonly number[];
  /** Rows of the lines that were not understood. */
  readonly strange: readonly number[];
};

/** `>` and the number before a line of evidence, `?` before one that was not understood; below a line what it means. */
export function markedText(report: Report, finding: Finding | undefined, capture: Capture): MarkedText {
  const lines = linesOf(capture);
  const means = meaningsIn(finding, capture, lines.length);
  const strange = strangeIn(report, capture, lines.length);
  const places = placesOf(means);
  const size = String(capture.numbers?.at(-1) ?? lines.length).length;
  const rowAt = (at: number): Row => {
    const { line, below } = places.lineAt(at);
    if (below > 0)
      return {
        text: means.get(line)?.[below - 1] ?? '',
        gutter: `${' '.repeat(Math.max(5, size) + 3)}^ `,
        style: 'meaning',
      };
    const sign = means.has(line) ? '>' : strange[line] ? '?' : ' ';
    const number = String(capture.numbers?.[line] ?? line + 1).padStart(Math.max(5, size));
    const text = lines[line] ?? '';
    const gutter = `${sign}${number} | `;
    return means.has(line) ? { text, gutter, style: 'evidence' } : { text, gutter };
  };
  const length = lines.length + places.below;
  return {
    rows: {
      length,
      slice: (from, to) =>
        Array.from({ length: Math.max(0, Math.min(to, length) - from) }, (_, index) => rowAt(from + index)),
    },
    marks: [...means.keys()].sort(byNumber).map(places.rowOf),
    strange: linesOfMarks(strange).map(places.rowOf),
  };
}

const byNumber = (a: number, b: number) => a - b;
const known = new WeakMap<Capture, readonly string[]>();

function linesOf(capture: Capture): readonly string[] {
  const lines = known.get(capture) ?? capture.text.replace(/\n$/, '').split('\n');
  known.set(capture, lines);
  return lines;
}

/** What the lines of evidence mean, by their place in the text. */
function meaningsIn(finding: Finding | undefined, capture: Capture, count: number): Map<number, string[]> {
  const result = new Map<number, string[]>();
  for (const { line, means } of finding?.because ?? []) {
    const at = line.sample === capture.name ? placeOf(capture, line.number, count) : -1;
    if (at >= 0) result.set(at, [...new Set([...(result.get(at) ?? []), oneOf(means)])]);
  }
  return result;
}

function oneOf(means: Evidence['means']): string {
  return means.replace(/\s+/g, ' ');
}

/** A mark for each line: there may be as many as lines. */
function strangeIn({ loose, strange }: Report, capture: Capture, count: number): Uint8Array {
  const marks = new Uint8Array(count);
  for (const lines of [loose, strange])
    for (const { sample, number } of lines) {
      const at = sample === capture.name ? placeOf(capture, number, count) : -1;
      if (at >= 0) marks[at] = 1;
    }
  return marks;
}

function linesOfMarks(marks: Uint8Array): number[] {
  const lines: number[] = [];
  for (let line = 0; line < marks.length; line++) if (marks[line]) lines.push(line);
  return lines;
}

/** Of a large log only some lines are kept, with their numbers, which go up. */
function placeOf({ numbers }: Capture, number: number, count: number): number {
  if (!numbers) return number <= count ? number - 1 : -1;
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === number ? low : -1;
}

/** From rows to lines and back, where some lines have rows below them. */
function placesOf(means: ReadonlyMap<number, readonly string[]>) {
  const lines = [...means.keys()].sort(byNumber);
  const starts: number[] = [];
  let below = 0;
  for (const line of lines) {
    starts.push(line + below);
    below += means.get(line)?.length ?? 0;
  }
  /** How many of the marked lines come before this one, or at it. */
  const upTo = (list: readonly number[], value: number) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    below,
    rowOf: (line: number) => {
      const before = upTo(lines, line - 1);
      const last = before - 1;
      return last < 0
        ? line
        : (starts[last] ?? 0) + (means.get(lines[last] ?? 0)?.length ?? 0) + line - (lines[last] ?? 0);
    },
    lineAt: (row: number) => {
      const last = upTo(starts, row) - 1;
      if (last < 0) return { line: row, below: 0 };
      const line = lines[last] ?? 0;
      const under = means.get(line)?.length ?? 0;
      const past = row - (starts[last] ?? 0);
      return past <= under ? { line, below: past } : { line: line + past - under, below: 0 };
    },
  };
}
