import type { Capture } from '../../model/capture.ts';

/** A line of a text that holds others, with its number there. */
export type Numbered = { readonly text: string; readonly number: number };

export function numberedRows({ text, numbers }: Capture): Numbered[] {
  const texts = text.split('\n');
  if (texts.at(-1) === '') texts.pop();
  return texts.map((row, index) => ({
    text: row.endsWith('\r') ? row.slice(0, -1) : row,
    number: numbers?.[index] ?? index + 1,
  }));
}

/** What a capture has to say of some rows of its own. */
export function contentOf(rows: readonly Numbered[]): Pick<Capture, 'text' | 'numbers'> {
  return { text: rows.map(({ text }) => text).join('\n'), numbers: rows.map(({ number }) => number) };
}
