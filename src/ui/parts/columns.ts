import { cellsOf } from './cells.ts';
import { blank, type Row } from './rows.ts';

/**
 * Two columns are shown where the first stays as wide as a whole screen of the smallest usual window (80, and the path
 * of five hops), and the second takes a sentence in a few rows. On anything narrower one column is read more easily.
 */
const FIRST = 82;
const SECOND = 32;
export const GAP = 2;

/** Where the second column begins; undefined: there is room for one alone. */
export function secondColumn(width: number): number | undefined {
  if (width < FIRST + GAP + SECOND) return undefined;
  return Math.max(FIRST + GAP, Math.floor(width * 0.62));
}

/** Two lists of rows, each row beside the other's. */
export function sideBySide(left: readonly Row[], right: readonly Row[], at: number): Row[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const row = left[index] ?? blank;
    const other = right[index];
    return other && other.text !== '' ? beside(row, other, at) : row;
  });
}

export function beside(row: Row, { text, style }: Row, at: number): Row {
  return { ...row, beside: { at, text, ...(style && { style }) } };
}

/** A row as one line of text: to search it, or to hand it to another program. */
export function lineOf({ gutter = '', text, beside: other }: Row): string {
  const line = gutter + text;
  return other ? `${line}${' '.repeat(Math.max(GAP, other.at - cellsOf(line)))}${other.text}` : line;
}
