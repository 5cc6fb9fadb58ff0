export type Flags = {
  /** Yes, no, or undefined where hex and names say different things. */
  readonly has: (name: string) => boolean | undefined;
  /** Names of bits on which hex and words differ. */
  readonly disagree: readonly string[];
};

/** if_flags as 4.4BSD left them, and NetBSD and OpenBSD have them. sys/net/if.h, sbin/ifconfig/ifconfig.c */
export const BSD_BITS: Readonly<Record<string, number>> = {
  UP: 0x1,
  BROADCAST: 0x2,
  DEBUG: 0x4,
  LOOPBACK: 0x8,
  POINTOPOINT: 0x10,
  RUNNING: 0x40,
  NOARP: 0x80,
  PROMISC: 0x100,
  ALLMULTI: 0x200,
  OACTIVE: 0x400,
  SIMPLEX: 0x800,
  LINK0: 0x1000,
  LINK1: 0x2000,
  LINK2: 0x4000,
  MULTICAST: 0x8000,
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
