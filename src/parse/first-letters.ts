/** By the code of a letter, all from 128 on together: whether a text that an expression matches can begin with it. */
export type Letters = Uint8Array;

const OTHERS = 128;
const TERM =
  /\\(?:u[\da-f]{4}|x[\da-f]{2}|[\s\S])|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|[\s\S]/iy;
const TIMES = /(?:\{(\d+)(?:,\d*)?\}|[?*+])\??/y;
const BOUND = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[()|]/g;
const IS_WIDTH_LESS = /^(?:\^|\\b|\\B|\(\?(?:[=!]|<[=!]))/;

/** What the texts that an expression matches can begin with. Of an expression that is not anchored, or may match nothing: all. */
export function firstLetters({ source, flags }: RegExp): Letters {
  const letters = new Uint8Array(OTHERS + 1);
  const isCaseless = flags.includes('i');
  const isOpen = !isAnchored(source) || /[msuvy]/.test(flags) || addAlternatives(source, isCaseless, letters);
  return isOpen ? letters.fill(1) : letters;
}

export function letterOf(text: string): number {
  return Math.min(text.charCodeAt(0), OTHERS);
}

/** `^a|^b`, `(?:^a)|(?:^b)`. */
function isAnchored(source: string): boolean {
  return alternativesIn(source).every(
    (one) => one.startsWith('^') || (one.startsWith('(?:') && isWhole(one) && isAnchored(one.slice(3, -1))),
  );
}

function isWhole(group: string): boolean {
  return endOfGroup(group, 0) === group.length;
}

/** Adds what each alternative can begin with; true where one of them can be empty. */
function addAlternatives(source: string, isCaseless: boolean, letters: Letters): boolean {
  let isEmpty = false;
  for (const one of alternativesIn(source)) if (addSequence(one, isCaseless, letters)) isEmpty = true;
  return isEmpty;
}

/** Up to the first term that must be there. */
function addSequence(source: string, isCaseless: boolean, letters: Letters): boolean {
  for (let at = 0; at < source.length; ) {
    const term = matchAt(TERM, source, at)?.[0] ?? source.slice(at);
    if (term === '$') return true;
    let end = at + term.length;
    let isEmpty = false;
    if (term.startsWith('(')) {
      const close = endOfGroup(source, at);
      if (!IS_WIDTH_LESS.test(term))
        isEmpty = addAlternatives(source.slice(end, close - 1), isCaseless, letters);
      end = close;
    } else if (!IS_WIDTH_LESS.test(term)) add(term, isCaseless, letters);
    const times = matchAt(TIMES, source, end);
    end += times?.[0].length ?? 0;
    const isOptional = times !== null && (/^[?*]/.test(times[0]) || times[1] === '0');
    if (!IS_WIDTH_LESS.test(term) && !isEmpty && !isOptional) return false;
    at = end;
  }
  return true;
}

function add(term: string, isCaseless: boolean, letters: Letters): void {
  for (const letter of lettersOf(term, isCaseless)) letters[letter] = 1;
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

/** What stands between the bars outside of groups. */
export function alternativesIn(source: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  BOUND.lastIndex = 0;
  for (const { 0: bound, index } of source.matchAll(BOUND)) {
    if (bound === '(') depth++;
    else if (bound === ')') depth--;
    else if (bound === '|' && depth === 0) {
      found.push(source.slice(from, index));
      from = index + 1;
    }
  }
  return [...found, source.slice(from)];
}

/** Behind the bracket that closes what opens here. */
function endOfGroup(source: string, at: number): number {
  let depth = 0;
  BOUND.lastIndex = at;
  for (let bound = BOUND.exec(source); bound; bound = BOUND.exec(source)) {
    if (bound[0] === '(') depth++;
    else if (bound[0] === ')' && --depth === 0) return bound.index + 1;
  }
  return source.length;
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}
