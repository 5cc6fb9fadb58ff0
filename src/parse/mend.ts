import type { Row } from '../model/line.ts';
import type { Parser } from '../model/sample.ts';
import { withoutLogPrefix } from './log-prefix.ts';

/** Puts lost line breaks back (glued rows) and joins torn ones. */
export function mend(rows: readonly Row[], parsers: readonly Parser[]): Row[] {
  const seams = parsers.flatMap((parser) => (parser.seam ? [parser.seam] : []));
  const torn = parsers.flatMap((parser) => (parser.torn ? [{ parser, torn: parser.torn }] : []));
  const pieces = rows.flatMap((row) => unglue(row, seams));
  const mended: Row[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const row = pieces[index] as Row;
    const next = pieces[index + 1];
    const cut =
      next && next.text !== '' && !next.isLogged ? torn.filter(({ torn }) => torn.test(row.text)) : [];
    const joined = next && firstJoined(row, next, cut);
    if (joined) {
      mended.push(joined);
      index++;
    } else mended.push(row);
  }
  return mended;
}

function firstJoined(row: Row, next: Row, cut: readonly { parser: Parser }[]): Row | undefined {
  for (const { parser } of cut) {
    const joined = join(row, next, parser);
    if (joined) return joined;
  }
  return undefined;
}

function unglue(row: Row, seams: readonly RegExp[]): Row[] {
  for (const seam of seams) {
    seam.lastIndex = 1;
    if (!seam.test(row.text)) continue;
    const places = [...row.text.matchAll(seam)].map((match) => match.index).filter((index) => index > 0);
    const cuts = [0, ...places, row.text.length];
    return cuts
      .slice(0, -1)
      .map((from, index) => pieceOf(row, row.text.slice(from, cuts[index + 1]).trimEnd(), index))
      .filter(({ text }) => text !== '');
  }
  return [row];
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
