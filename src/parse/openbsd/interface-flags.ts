/** Bits of `flags=` as OpenBSD prints them: if_flags, and if_xflags shifted by 16. sys/net/if.h, sbin/ifconfig/ifconfig.c */
const BITS: Record<string, number> = {
  UP: 0x1,
  BROADCAST: 0x2,
  DEBUG: 0x4,
  LOOPBACK: 0x8,
  POINTOPOINT: 0x10,
  STATICARP: 0x20,
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
  AUTOCONF6TEMP: 0x40000,
  MPLS: 0x80000,
  WOL: 0x100000,
  AUTOCONF6: 0x200000,
  INET6_NOSOII: 0x400000,
  AUTOCONF4: 0x800000,
  MONITOR: 0x1000000,
  TSO: 0x2000000,
  LRO: 0x2000000,
};

/** Older releases: the upper half held other things (NOINET6, INET6_NOPRIVACY, ...), whose names are simply not judged. */
const LOWER_HALF = 0xffff;

export type Flags = {
  /** Yes, no, or undefined where hex and names say different things. */
  readonly has: (name: string) => boolean | undefined;
  /** Names of bits on which hex and words differ. */
  readonly disagree: readonly string[];
};

/** `flags=HEX<NAMES>`; either half may be missing in a cut line. */
export function readFlags(hex: string | undefined, names: string | undefined): Flags {
  const bits = hex === undefined ? undefined : Number.parseInt(hex, 16);
  const words = names === undefined ? undefined : new Set(names.split(',').filter(Boolean));
  const byHex = (name: string) => (bits === undefined ? undefined : (bits & (BITS[name] ?? 0)) !== 0);
  const byName = (name: string) => words?.has(name);
  const judged = Object.keys(BITS).filter((name) => (BITS[name] ?? 0) <= LOWER_HALF);
  const disagree = bits === undefined || !words ? [] : judged.filter((name) => byHex(name) !== byName(name));
  return {
    disagree,
    has: (name) => {
      if (disagree.includes(name)) return undefined;
      if (name === 'LRO') return words ? words.has('LRO') || words.has('TSO') : byHex('LRO');
      return byName(name) ?? byHex(name);
    },
  };
}
