import type { Capture } from '../../model/capture.ts';
import type { Evidence, Finding, Report } from '../../model/report.ts';
import { wrap } from '../../report/wrap.ts';
import { beside, secondColumn } from './columns.ts';
import type { Row, Rows } from './rows.ts';

/** A capture's text with what is known of its lines. Its rows are made where they are seen: it may have hundreds of thousands. */
export type MarkedText = {
  readonly rows: Rows;
  /** Rows of the lines that the finding rests on. */
  readonly marks: readonly number[];
  /** Rows of the lines that were not understood. */
  readonly strange: readonly number[];
};

/**
 * `>` and the number before a line of evidence, `?` before one that was not understood. What it means stands below the
 * line or, in a wide window, beside it; where that is longer than the space to the next such line, rows are left free.
 */
export function markedText(
  report: Report,
  finding: Finding | undefined,
  capture: Capture,
  width: number,
): MarkedText {
  const lines = linesOf(capture);
  const means = meaningsIn(finding, capture, lines.length);
  const strange = strangeIn(report, capture, lines.length);
  const size = Math.max(5, String(capture.numbers?.at(-1) ?? lines.length).length);
  const at = secondColumn(width);
  const said = at === undefined ? saidIn(means, width - size - 3, '^ ') : saidIn(means, width - at, '< ');
  const places = placesOf(at === undefined ? countsOf(said) : freeRows(said, lines.length));
  const textAt = (line: number): Row => {
    const sign = means.has(line) ? '>' : strange[line] ? '?' : ' ';
    const number = String(capture.numbers?.[line] ?? line + 1).padStart(size);
    const text = lines[line] ?? '';
    const gutter = `${sign}${number} | `;
    return means.has(line) ? { text, gutter, style: 'evidence' } : { text, gutter };
  };
  const rowAt = (row: number): Row => {
    const { line, below } = places.lineAt(row);
    if (at === undefined && below > 0)
      return { text: said.get(line)?.[below - 1] ?? '', gutter: ' '.repeat(size + 3), style: 'meaning' };
    const own = below > 0 ? { text: '', gutter: `${' '.repeat(size + 1)} | ` } : textAt(line);
    const other = at === undefined ? undefined : saidAt(said, places.rowOf, line, row);
    return at !== undefined && other ? beside(own, { text: other, style: 'meaning' }, at) : own;
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

type Said = ReadonlyMap<number, readonly string[]>;

/** What the lines mean, as rows of so many columns; the sign stands before each sentence. */
function saidIn(means: Said, room: number, sign: string): Said {
  return new Map(
    [...means].map(([line, texts]) => [line, texts.flatMap((text) => wrap(text, room, sign, '  '))]),
  );
}

function countsOf(said: Said): ReadonlyMap<number, number> {
  return new Map([...said].map(([line, texts]) => [line, texts.length]));
}

/** Rows to be left free below each line, so that what it means ends above the next line that means something. */
function freeRows(said: Said, count: number): ReadonlyMap<number, number> {
  const lines = [...said.keys()].sort(byNumber);
  return new Map(
    lines.map((line, index) => {
      const room = (lines[index + 1] ?? count) - line;
      return [line, Math.max(0, (said.get(line)?.length ?? 0) - room)];
    }),
  );
}

/** What stands beside a row: of the last line at or above it that means something. */
function saidAt(said: Said, rowOf: (line: number) => number, line: number, row: number): string | undefined {
  for (let above = line; above >= 0 && row - rowOf(above) < MOST_BESIDE; above--) {
    const texts = said.get(above);
    if (texts) return texts[row - rowOf(above)];
  }
  return undefined;
}

/** Rows that what a line means may take; more than that no line has. */
const MOST_BESIDE = 60;

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

/** From rows to lines and back, where some lines have so many rows below them. */
function placesOf(counts: ReadonlyMap<number, number>) {
  const lines = [...counts.keys()].sort(byNumber);
  const starts: number[] = [];
  let below = 0;
  for (const line of lines) {
    starts.push(line + below);
    below += counts.get(line) ?? 0;
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
        : (starts[last] ?? 0) + (counts.get(lines[last] ?? 0) ?? 0) + line - (lines[last] ?? 0);
    },
    lineAt: (row: number) => {
      const last = upTo(starts, row) - 1;
      if (last < 0) return { line: row, below: 0 };
      const line = lines[last] ?? 0;
      const under = counts.get(line) ?? 0;
      const past = row - (starts[last] ?? 0);
      return past <= under ? { line, below: past } : { line: line + past - under, below: 0 };
    },
  };
}
