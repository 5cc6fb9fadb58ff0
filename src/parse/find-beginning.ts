import type { Parser } from '../model/sample.ts';
import { anyOf } from './any-of.ts';
import { allAlternativesIn } from './expression.ts';
import { firstLetters, type Letters, letterOf } from './first-letters.ts';
import { CODES, codeAt, GRAM, requiredGrams } from './required-grams.ts';

/** From so many rows on it pays to know what the beginnings of the outputs look like. */
const FEW = 2000;

type Find = (text: string) => Parser | undefined;

const indexes = new WeakMap<readonly Parser[], { asked: number; find?: Find }>();

/** The first of the parsers whose output a row may begin. */
export function findBeginning(text: string, parsers: readonly Parser[]): Parser | undefined {
  const index = indexes.get(parsers) ?? { asked: 0 };
  indexes.set(parsers, index);
  if (index.asked++ < FEW) return parsers.find(({ begins }) => begins.test(text));
  index.find ??= finderByLooks(parsers);
  return index.find(text);
}

/**
 * Most rows of a long text begin nothing: their first letter and the words in them tell which of all beginnings are to be
 * asked. What begins without any word that must be there (a table of numbers) is asked all at once.
 */
function finderByLooks(parsers: readonly Parser[]): Find {
  const beginnings = parsers.flatMap(beginningsOf);
  const byGram = beginningsByGram(beginnings);
  const wordless: (readonly RegExp[] | undefined)[] = [];
  let row = 0;
  return (text) => {
    const letter = letterOf(text);
    wordless[letter] ??= wordlessOf(letter, beginnings);
    if (wordless[letter].some((pattern) => pattern.test(text)))
      return parsers.find(({ begins }) => begins.test(text));
    row++;
    let first = parsers.length;
    for (let at = 0; at <= text.length - GRAM; at++)
      for (const beginning of byGram[codeAt(text, at)] ?? NONE) {
        if (beginning.askedBy === row) continue;
        beginning.askedBy = row;
        const { place, letters, pattern } = beginning;
        if (place < first && letters[letter] && pattern.test(text)) first = place;
      }
    return parsers[first];
  };
}

const NONE: readonly Beginning[] = [];

/** One of the ways in which a parser's output begins. */
type Beginning = {
  /** The parser's place among all. */
  readonly place: number;
  readonly pattern: RegExp;
  readonly letters: Letters;
  readonly grams: readonly string[] | undefined;
  /** The row that it was asked of last: a word that stands there a thousand times asks it once. */
  askedBy: number;
};

function beginningsOf({ begins }: Parser, place: number): Beginning[] {
  return allAlternativesIn(begins.source).map((source) => {
    const pattern = new RegExp(source, begins.flags);
    return { place, pattern, letters: firstLetters(pattern), grams: requiredGrams(pattern), askedBy: 0 };
  });
}

function beginningsByGram(beginnings: readonly Beginning[]): readonly (readonly Beginning[] | undefined)[] {
  // As long as it may become: V8 makes a slow table of an array with few places far apart.
  const found = Array.from<Beginning[] | undefined>({ length: CODES });
  for (const beginning of beginnings)
    for (const gram of beginning.grams ?? []) {
      const code = codeAt(gram, 0);
      found[code] = [...(found[code] ?? []), beginning];
    }
  return found;
}

/** The beginnings with this letter that no word gives away. */
function wordlessOf(letter: number, beginnings: readonly Beginning[]): readonly RegExp[] {
  const own = beginnings
    .filter(({ letters, grams }) => letters[letter] && !grams)
    .map(({ pattern }) => pattern);
  const plain = own.filter(({ flags }) => flags === '');
  return [...(plain.length > 0 ? [anyOf(plain)] : []), ...own.filter(({ flags }) => flags !== '')];
}
