import { allAlternativesIn, alternativesIn, termsIn } from './expression.ts';

/** By the code of a letter, all from 128 on together: whether a text that an expression matches can begin with it. */
export type Letters = Uint8Array;

const OTHERS = 128;

/** What the texts that an expression matches can begin with. Of an expression that is not anchored, or may match nothing: all. */
export function firstLetters({ source, flags }: RegExp): Letters {
  const letters = new Uint8Array(OTHERS + 1);
  const isCaseless = flags.includes('i');
  const isAnchored = allAlternativesIn(source).every((one) => one.startsWith('^'));
  const isOpen = !isAnchored || /[msuvy]/.test(flags) || addAlternatives(source, isCaseless, letters);
  return isOpen ? letters.fill(1) : letters;
}

export function letterOf(text: string): number {
  return Math.min(text.charCodeAt(0), OTHERS);
}

/** Adds what each alternative can begin with; true where one of them can be empty. */
function addAlternatives(source: string, isCaseless: boolean, letters: Letters): boolean {
  let isEmpty = false;
  for (const one of alternativesIn(source)) if (addSequence(one, isCaseless, letters)) isEmpty = true;
  return isEmpty;
}

/** Up to the first term that must be there. */
function addSequence(sequence: string, isCaseless: boolean, letters: Letters): boolean {
  for (const { is, source, isOptional } of termsIn(sequence)) {
    if (source === '$') return true;
    if (is === 'place') continue;
    const isEmpty = is === 'group' && addAlternatives(source, isCaseless, letters);
    if (is === 'letter') for (const letter of lettersOf(source, isCaseless)) letters[letter] = 1;
    if (!isEmpty && !isOptional) return false;
  }
  return true;
}

const known = new Map<string, readonly number[]>();

/** A letter, an escape or a class: asked of V8 itself. Other letters than ASCII's it may always stand for. */
function lettersOf(term: string, isCaseless: boolean): readonly number[] {
  const key = `${isCaseless}${term}`;
  const before = known.get(key);
  if (before) return before;
  const one = new RegExp(term, isCaseless ? 'i' : '');
  const letters = [OTHERS];
  for (let code = 0; code < OTHERS; code++) if (one.test(String.fromCharCode(code))) letters.push(code);
  known.set(key, letters);
  return letters;
}
