// What regular expressions are made of, as far as this tells what the texts that they match look like.

const TERM =
  /\\(?:u[\da-f]{4}|x[\da-f]{2}|[\s\S])|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|[\s\S]/iy;
const TIMES = /(?:\{(\d+)(?:,\d*)?\}|[?*+])\??/y;
const BOUND = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[()|]/g;
const IS_PLACE = /^(?:\^|\$|\\b|\\B|\(\?(?:[=!]|<[=!]))/;

export type Term = {
  /** A letter, an escape or a class; of a group what stands in it. A place has no width: `^`, `\b`, a look around. */
  readonly is: 'letter' | 'group' | 'place';
  readonly source: string;
  readonly isOptional: boolean;
  /** `{2}`, `+` and the like behind it. */
  readonly isRepeated: boolean;
};

/** What stands one behind the other in an expression without alternatives. */
export function termsIn(source: string): Term[] {
  const terms: Term[] = [];
  for (let at = 0; at < source.length; ) {
    const begin = matchAt(TERM, source, at)?.[0] ?? source.slice(at);
    const isGroup = begin.startsWith('(');
    const end = isGroup ? endOfGroup(source, at) : at + begin.length;
    const times = matchAt(TIMES, source, end);
    terms.push({
      is: IS_PLACE.test(begin) ? 'place' : isGroup ? 'group' : 'letter',
      source: isGroup ? source.slice(at + begin.length, end - 1) : begin,
      isOptional: times !== null && (/^[?*]/.test(times[0]) || times[1] === '0'),
      isRepeated: times !== null,
    });
    at = end + (times?.[0].length ?? 0);
  }
  return terms;
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

/** The same, with those of alternatives that are a group as a whole: `(?:^a|^b)|^c`. */
export function allAlternativesIn(source: string): string[] {
  return alternativesIn(source).flatMap((one) =>
    one.startsWith('(?:') && endOfGroup(one, 0) === one.length ? allAlternativesIn(one.slice(3, -1)) : [one],
  );
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
