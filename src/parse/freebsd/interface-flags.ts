import { type Flags, readFlagWord } from '../flag-word.ts';

/** Bits of `flags=` as FreeBSD, DragonFly and macOS print them. sys/net/if.h; sbin/ifconfig/ifconfig.c and ifconfig_netlink.c, IFFBITS */
const BITS: Readonly<Record<string, number>> = {
  UP: 0x1,
  BROADCAST: 0x2,
  LOOPBACK: 0x8,
  POINTOPOINT: 0x10,
  RUNNING: 0x40,
  PROMISC: 0x100,
  ALLMULTI: 0x200,
  OACTIVE: 0x400,
  SIMPLEX: 0x800,
  MULTICAST: 0x8000,
  PPROMISC: 0x20000,
  LOWER_UP: 0x1000000,
};

/** LOWER_UP has its name from 14.0 on only. */
const JUDGED = Object.keys(BITS).filter((name) => name !== 'LOWER_UP' && name !== 'PPROMISC');

/** ifconfig_netlink.c (14.0) names the driver's own bits otherwise. */
const FORMER: Readonly<Record<string, string>> = { DRV_OACTIVE: 'OACTIVE', DRV_RUNNING: 'RUNNING' };

export function readFlags(hex: string | undefined, names: string | undefined): Flags {
  return readFlagWord(hex, names, BITS, JUDGED, FORMER);
}
