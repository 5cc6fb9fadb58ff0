import type { Row } from '../model/line.ts';
import type { Parser } from '../model/sample.ts';
import { findBeginning } from './find-beginning.ts';
import { readPrompt } from './prompt.ts';

/** How far below a beginning that several systems print the sign of one of them is looked for. */
const FURTHEST_SIGN = 60;

/** Another output's beginning ends the current one, unless the row fits the current one's own beginnings. */
export function chooseParser(
  row: Row,
  current: Parser | undefined,
  commanded: readonly Parser[],
  parsers: readonly Parser[],
): Parser | undefined {
  if (row.text === '') return undefined;
  const named = commanded.find(({ begins }) => begins.test(row.text));
  if (named) return named;
  const continued = commanded.filter(({ continues }) => continues.test(row.text));
  const own = continued.find(({ commandIsShared }) => !commandIsShared);
  if (own) return own;
  if (current?.begins.test(row.text)) return current;
  const beginning = findBeginning(row.text, parsers);
  if (beginning) return beginning;
  if (continued[0]) return continued[0];
  return current?.continues.test(row.text) ? current : undefined;
}

/** Of parsers whose outputs begin alike, the one whose sign comes first. */
export function settleAlike(
  chosen: Parser,
  rows: readonly Row[],
  from: number,
  parsers: readonly Parser[],
): Parser {
  const text = rows[from]?.text ?? '';
  if (!chosen.signs || !chosen.begins.test(text)) return chosen;
  const alike = parsers.filter((parser) => parser.signs && parser.begins.test(text));
  if (alike.length < 2) return chosen;
  for (const row of rows.slice(from, from + FURTHEST_SIGN)) {
    if (readPrompt(row.text)?.isSure) break;
    const owner = alike.find((parser) => parser.signs?.test(row.text));
    if (owner) return owner;
  }
  return chosen;
}
