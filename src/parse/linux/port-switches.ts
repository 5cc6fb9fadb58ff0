import type { Things } from '../../model/sighting.ts';

type Switch = 'learning' | 'flood' | 'isolated' | 'locked';
const SWITCHES: readonly Switch[] = ['learning', 'flood', 'isolated', 'locked'];

/** `learning on flood on ... isolated off locked off` of `bridge -d link` and `ip -d link` (iproute2 bridge/link.c, ip/iplink_bridge_slave.c). */
export function portSwitches(text: string): Partial<Pick<Things['port'], Switch>> {
  const found = SWITCHES.flatMap((name) => {
    const value = new RegExp(`(?:^|\\s)${name} (on|off)(?:\\s|$)`).exec(text)?.[1];
    return value === undefined ? [] : [[name, value === 'on'] as const];
  });
  return Object.fromEntries(found);
}
