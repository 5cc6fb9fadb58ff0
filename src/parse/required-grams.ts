import { alternativesIn, type Term, termsIn } from './expression.ts';

/** Three letters one behind the other. */
export const GRAM = 3;
/** Of letters that stand in prose, the frequent ones first; all others are rarer. */
const FREQUENT = ' etaoinsrhldcumfpgwybvkxjqz';

/**
 * Three letters each, of which at least one gram stands in every text that an expression matches: a text without any of them
 * need not be asked. Of several choices the rarest ones. Undefined if there are none: a table of numbers has no words.
 */
export function requiredGrams({ source, flags }: RegExp): readonly string[] | undefined {
  return flags.includes('i') ? undefined : gramsOfAny(source);
}

function gramsOfAny(source: string): string[] | undefined {
  const all: string[] = [];
  for (const one of alternativesIn(source)) {
    const grams = gramsOfSequence(termsIn(one));
    if (!grams) return undefined;
    all.push(...grams);
  }
  return all;
}

function gramsOfSequence(terms: readonly Term[]): string[] | undefined {
  const choices: string[][] = [];
  let run = '';
  for (const term of [...terms, END]) {
    if (term.is === 'place' && term !== END) continue;
    const letter = literalOf(term);
    if (!term.isOptional) run += letter;
    if (letter !== '' && !term.isOptional && !term.isRepeated) continue;
    if (run.length >= GRAM) choices.push([rarestIn(run)]);
    run = '';
    const inner = term.is === 'group' && !term.isOptional ? gramsOfAny(term.source) : undefined;
    if (inner) choices.push(inner);
  }
  return choices.sort((a, b) => rarity(b) - rarity(a))[0];
}

const END: Term = { is: 'place', source: '', isOptional: false, isRepeated: false };

/** How many numbers `codeAt` gives. */
export const CODES = 2 ** 15;

/** A number for three letters of a text, almost always another for others. */
export function codeAt(text: string, at: number): number {
  const letters = (text.charCodeAt(at) << 10) ^ (text.charCodeAt(at + 1) << 5) ^ text.charCodeAt(at + 2);
  return letters & (CODES - 1);
}

/** What the term stands for, if that is one letter only. */
function literalOf({ is, source }: Term): string {
  if (is !== 'letter' || source === '.') return '';
  return source.length === 1 ? source : (/^\\([^\w])$/.exec(source)?.[1] ?? '');
}

function rarestIn(run: string): string {
  const grams = Array.from({ length: run.length - GRAM + 1 }, (_, at) => run.slice(at, at + GRAM));
  return grams.reduce((best, gram) => (rarity([gram]) > rarity([best]) ? gram : best));
}

/** Of several, that of the most frequent. */
function rarity(grams: readonly string[]): number {
  return Math.min(...grams.map((gram) => [...gram].reduce((sum, letter) => sum + rank(letter), 0)));
}

function rank(letter: string): number {
  const place = FREQUENT.indexOf(letter);
  return place < 0 ? FREQUENT.length : place;
}
