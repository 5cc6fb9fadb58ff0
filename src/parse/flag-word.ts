export type Flags = {
  /** Yes, no, or undefined where hex and names say different things. */
  readonly has: (name: string) => boolean | undefined;
  /** Names of bits on which hex and words differ. */
  readonly disagree: readonly string[];
};

/**
 * `HEX<NAMES>` as every BSD prints a word of flags; either half may be missing in a cut line. `bits` is the system's own table,
 * `judged` the names that stand for the same bit in all its releases, `former` what a name was called before.
 */
export function readFlagWord(
  hex: string | undefined,
  names: string | undefined,
  bits: Readonly<Record<string, number>>,
  judged: readonly string[],
  former: Readonly<Record<string, string>> = {},
): Flags {
  const word = hex === undefined ? undefined : Number.parseInt(hex, 16);
  const told = names === undefined ? undefined : new Set(wordsOf(names).map((name) => former[name] ?? name));
  const byHex = (name: string) => (word === undefined ? undefined : (word & (bits[name] ?? 0)) !== 0);
  const byName = (name: string) => told?.has(name);
  const disagree = word === undefined || !told ? [] : judged.filter((name) => byHex(name) !== byName(name));
  return {
    disagree,
    has: (name) => (disagree.includes(name) ? undefined : (byName(name) ?? byHex(name))),
  };
}

export function wordsOf(names: string): string[] {
  return names.split(',').filter(Boolean);
}
