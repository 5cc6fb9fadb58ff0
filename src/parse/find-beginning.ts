import type { Parser } from '../model/sample.ts';
import { firstLetters, letterOf } from './first-letters.ts';

/** From so many rows on it pays to know with which letters the beginnings of each output begin. */
const FEW = 500;

type Index = { asked: number; readonly byLetter: (readonly Parser[] | undefined)[]; letters?: Uint8Array[] };

const indexes = new WeakMap<readonly Parser[], Index>();

/** The first of the parsers whose output a row may begin. */
export function findBeginning(text: string, parsers: readonly Parser[]): Parser | undefined {
  const index = indexes.get(parsers) ?? { asked: 0, byLetter: [] };
  indexes.set(parsers, index);
  index.asked++;
  const candidates = index.asked < FEW ? parsers : candidatesFor(letterOf(text), parsers, index);
  return candidates.find(({ begins }) => begins.test(text));
}

function candidatesFor(letter: number, parsers: readonly Parser[], index: Index): readonly Parser[] {
  index.letters ??= parsers.map(({ begins }) => firstLetters(begins));
  const letters = index.letters;
  const candidates = index.byLetter[letter] ?? parsers.filter((_, place) => letters[place]?.[letter]);
  index.byLetter[letter] = candidates;
  return candidates;
}
