import type { Row } from '../model/line.ts';
import type { Parser } from '../model/sample.ts';
import { withoutLogPrefix } from './log-prefix.ts';

type Seam = NonNullable<Parser['seam']>;

/** Puts lost line breaks back (glued rows) and joins torn ones. */
export function mend(rows: readonly Row[], parsers: readonly Parser[]): Row[] {
  const seams = parsers.flatMap(({ seam }) => seam ?? []);
  const torn = parsers.filter((parser) => parser.torn);
  const pieces = unglue(rows, seams);
  const mended: Row[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const row = pieces[index] as Row;
    const joined = firstJoined(row, pieces[index + 1], torn);
    mended.push(joined ?? row);
    if (joined) index++;
  }
  return mended;
}

function firstJoined(row: Row, next: Row | undefined, torn: readonly Parser[]): Row | undefined {
  if (!next || next.text === '' || next.isLogged) return undefined;
  for (const parser of torn) {
    const joined = parser.torn?.test(row.text) ? join(row, next, parser) : undefined;
    if (joined) return joined;
  }
  return undefined;
}

function unglue(rows: readonly Row[], seams: readonly Seam[]): Row[] {
  const pieces: Row[] = [];
  for (const row of rows) {
    const places = placesIn(row.text, seams);
    if (places.length === 0) pieces.push(row);
    else pieces.push(...cut(row, places));
  }
  return pieces;
}

const NONE: readonly number[] = [];

function placesIn(text: string, seams: readonly Seam[]): readonly number[] {
  for (const seam of seams) {
    if (!seam.in.test(text)) continue;
    const places = [...text.matchAll(seam.at)].map(({ index }) => index).filter((index) => index > 0);
    if (places.length > 0) return places;
  }
  return NONE;
}

function cut(row: Row, places: readonly number[]): Row[] {
  return [0, ...places]
    .map((from, index) => pieceOf(row, row.text.slice(from, places[index]).trimEnd(), index))
    .filter(({ text }) => text !== '');
}

/** What stood behind a lost line break may have a log's prefix of its own. */
function pieceOf(row: Row, text: string, index: number): Row {
  const bare = index === 0 ? text : withoutLogPrefix(text);
  return { ...row, text: bare, ...(bare !== text && { isLogged: true }) };
}

function join(row: Row, next: Row, parser: Parser): Row | undefined {
  for (const glue of ['', ' ']) {
    const text = row.text.trimEnd() + glue + next.text.trimStart();
    const isWhole = parser.begins.test(text) && !parser.torn?.test(text);
    if (isWhole && !parser.begins.test(next.text)) return { ...row, text, at: [...row.at, ...next.at] };
  }
  return undefined;
}
