import stringWidth from 'string-width';

/**
 * Columns that a text takes on a terminal. Of what terminals do not agree about (an emoji with a skin tone is one picture
 * or two) this is the most, so that no row is ever wider than its window.
 */
export function cellsOf(text: string): number {
  if (IS_ASCII.test(text)) return text.length;
  let cells = 0;
  for (const character of text) cells += widthOf(character);
  return cells;
}

/** The part of a text from a column on; a wide character that the column cuts leaves a blank. */
export function fromCell(text: string, column: number): string {
  if (IS_ASCII.test(text)) return text.slice(column);
  let cells = 0;
  let at = 0;
  for (const character of text) {
    const width = widthOf(character);
    // What combines with a character that is out of sight goes with it.
    if (cells >= column && width > 0) break;
    cells += width;
    at += character.length;
  }
  return ' '.repeat(Math.max(0, cells - column)) + text.slice(at);
}

/** At most so many columns of a text, and its end where that must be cut. */
export function fitCells(text: string, width: number, end: string): string {
  if (cellsOf(text) <= width) return text;
  const room = Math.max(0, width - end.length);
  let cells = 0;
  let fitted = '';
  for (const character of text) {
    cells += widthOf(character);
    if (cells > room) break;
    fitted += character;
  }
  return (fitted + end).slice(0, Math.max(0, width));
}

const IS_ASCII = /^[\x20-\x7e]*$/;
const known = new Map<string, number>();

function widthOf(character: string): number {
  const width = known.get(character) ?? stringWidth(character);
  known.set(character, width);
  return width;
}
