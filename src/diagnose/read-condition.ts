import type { Fact } from '../model/case.ts';
import type { Condition } from '../model/rule.ts';

/** A rule file that does not fit schema or grammar, with the path to the place inside the file. */
export class RuleError extends Error {
  readonly path: readonly (string | number)[];
  constructor(message: string, path: readonly (string | number)[]) {
    super(message);
    this.path = path;
  }
}

type Path = readonly (string | number)[];

/**
 * Reads `all` / `any` / `not` / `fact: word | [words]`; several keys of one map are meant together.
 * Throws RuleError for an unknown fact or word, naming the nearest one.
 */
export function readCondition(given: unknown, facts: ReadonlyMap<string, Fact>, path: Path): Condition {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new RuleError('a condition is a map: all, any, not, or fact: word', path);
  }
  const parts = Object.entries(given).map(([key, value]) => readPart(key, value, facts, [...path, key]));
  const [first, ...others] = parts;
  if (!first) throw new RuleError('an empty condition', path);
  return others.length === 0 ? first : { all: parts };
}

function readPart(key: string, value: unknown, facts: ReadonlyMap<string, Fact>, path: Path): Condition {
  if (key === 'not') return { not: readCondition(value, facts, path) };
  if (key === 'all' || key === 'any') {
    if (!Array.isArray(value) || value.length === 0)
      throw new RuleError(`${key} needs a list of conditions`, path);
    const parts = value.map((part, index) => readCondition(part, facts, [...path, index]));
    return key === 'all' ? { all: parts } : { any: parts };
  }
  const fact = facts.get(key);
  if (!fact) throw new RuleError(`no such fact: ${key}${nearest(key, [...facts.keys()])}`, path);
  const words = (Array.isArray(value) ? value : [value]).map(wordOf);
  for (const word of words) {
    if (!(word in fact.words)) {
      throw new RuleError(`${key} is never ${word}${nearest(word, Object.keys(fact.words))}`, path);
    }
  }
  return { fact: key, words };
}

/** YAML 1.2 core keeps yes, no, on and off as words; true and false are the only ones that may slip in. */
function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : String(value);
}

export function nearest(word: string, known: readonly string[]): string {
  const ranked = known
    .map((name) => ({ name, distance: distance(word, name) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(3, word.length / 2) ? `; did you mean ${best.name}?` : '';
}

/** Levenshtein, for names of some twenty letters. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
