import { BSD_BITS, type Flags, readFlagWord, wordsOf } from '../flag-word.ts';

/** Bits of `flags=` as OpenBSD prints them: if_flags, and if_xflags shifted by 16. sys/net/if.h, sbin/ifconfig/ifconfig.c */
const BITS: Readonly<Record<string, number>> = {
  ...BSD_BITS,
  STATICARP: 0x20,
  AUTOCONF6TEMP: 0x40000,
  MPLS: 0x80000,
  WOL: 0x100000,
  AUTOCONF6: 0x200000,
  INET6_NOSOII: 0x400000,
  AUTOCONF4: 0x800000,
  MONITOR: 0x1000000,
  LRO: 0x2000000,
};

/** 0x40000 was INET6_PRIVACY, then INET6_NOPRIVACY, before it was AUTOCONF6TEMP (sys/net/if.h): its name is not judged. */
const JUDGED = Object.keys(BITS).filter((name) => name !== 'AUTOCONF6TEMP');

/** Names that OpenBSD gave the same bit in other releases: TSO in 7.2 and 7.3, NOTRAILERS up to 5.5. */
const FORMER: Readonly<Record<string, string>> = { TSO: 'LRO', NOTRAILERS: 'STATICARP' };

/** include/uapi/linux/if.h; net-tools 2 prints the sum in decimal. */
const LINUX_BITS: Readonly<Record<string, number>> = {
  UP: 0x1,
  BROADCAST: 0x2,
  DEBUG: 0x4,
  LOOPBACK: 0x8,
  POINTOPOINT: 0x10,
  NOTRAILERS: 0x20,
  RUNNING: 0x40,
  NOARP: 0x80,
  PROMISC: 0x100,
  ALLMULTI: 0x200,
  MASTER: 0x400,
  SLAVE: 0x800,
  MULTICAST: 0x1000,
  PORTSEL: 0x2000,
  AUTOMEDIA: 0x4000,
  DYNAMIC: 0x8000,
};

/** `flags=HEX<NAMES>`; either half may be missing in a cut line. */
export function readFlags(hex: string | undefined, names: string | undefined): Flags {
  return readFlagWord(hex, names, BITS, JUDGED, FORMER);
}

/** The number fits the names when taken for Linux's, in decimal: `flags=4163<UP,BROADCAST,RUNNING,MULTICAST>`. */
export function fitsLinux(digits: string, names: string): boolean {
  if (!/^\d{1,5}$/.test(digits)) return false;
  const words = wordsOf(names);
  if (words.some((word) => LINUX_BITS[word] === undefined)) return false;
  return words.reduce((sum, word) => sum | (LINUX_BITS[word] ?? 0), 0) === Number(digits);
}
