// Reads: the words between < and > of `ip link` and `ip -br link`.
// Printed by: iproute2 ip/ipaddress.c; captured with 6.1.
// Fixtures: fixtures/outputs/linux-6.1/ip-*.txt, linux-6.18/ip-*.txt.

export type LinkFlags = { up: boolean; lowerUp: boolean; link?: 'active' | 'no-carrier'; promisc?: true };

/**
 * NO-CARRIER is only printed for an interface that is up, so one that is down says nothing of its link. It stands for "not running":
 * beside LOWER_UP the carrier is there already, and the operational state follows (net/core/dev.c dev_get_flags()).
 * PROMISC only shows what was set by hand (net/core/dev.c dev_get_flags()): its absence says nothing either.
 */
export function linkFlags(words: string): LinkFlags {
  const flags = words.split(',');
  const lowerUp = flags.includes('LOWER_UP');
  const link = lowerUp ? 'active' : flags.includes('NO-CARRIER') ? 'no-carrier' : undefined;
  return {
    up: flags.includes('UP'),
    lowerUp,
    ...(link && { link }),
    ...(flags.includes('PROMISC') && { promisc: true }),
  };
}
