import type { Row, Rows } from './parts/rows.ts';

/** Rows read at once: those of a large text are made and let go again piece by piece. */
const PIECE = 2000;

let last: { rows: Rows; text: string; found: readonly number[] } | undefined;

/** The rows that hold a text, small and capital letters alike. Looked for once, not at each n. */
export function matchesIn(rows: Rows, text: string): readonly number[] {
  if (last?.rows === rows && last.text === text) return last.found;
  const wanted = text.toLowerCase();
  const found: number[] = [];
  for (let from = 0; from < rows.length; from += PIECE)
    for (const [index, row] of rows.slice(from, from + PIECE).entries())
      if (isIn(row, wanted)) found.push(from + index);
  last = { rows, text, found };
  return found;
}

function isIn({ text, beside }: Row, wanted: string): boolean {
  return text.toLowerCase().includes(wanted) || (beside?.text.toLowerCase().includes(wanted) ?? false);
}
