// Reads: the flags of Linux's ifconfig, as words: `UP BROADCAST RUNNING MULTICAST`, `ACTIVO DIFUSIÓN FUNCIONANDO MULTICAST`.
// Printed by: net-tools lib/interface.c, ife_print_long() and ife_print_short(), translated by po/*.po (some translations lack a blank).
// Fixtures: fixtures/outputs/linux-2.6/ifconfig-*.txt.

/** Other languages' words where they differ. */
const ALSO: Readonly<Record<string, string>> = {
  ACTIVO: 'UP',
  ATIVO: 'UP',
  FUNCIONANDO: 'RUNNING',
  RODANDO: 'RUNNING',
  PROMISCUO: 'PROMISC',
  PROMISCUOUS: 'PROMISC',
  DIFUSIÓN: 'BROADCAST',
  BUCLE: 'LOOPBACK',
};
const KNOWN =
  /^(?:UP|BROADCAST|DEBUG|LOOPBACK|POINTOPOINT|NOTRAILERS|RUNNING|NOARP|PROMISC|ALLMULTI|MASTER|SLAVE|MULTICAST|DYNAMIC|PORTSEL|AUTOMEDIA|NO FLAGS)$/;

export type IfconfigFlags = {
  up?: boolean;
  promisc?: boolean;
  allmulti?: boolean;
  running?: boolean;
  link?: 'active' | 'no-carrier';
};

/**
 * IFF_RUNNING of Linux follows the operational state (net/core/dev.c dev_get_flags()): an interface that is up without it has
 * no carrier. A word of a language that is not known leaves what is absent unknown.
 */
export function readIfconfigFlags(text: string): IfconfigFlags {
  const words = text
    .replace(/BROADCASTRUNNING/, 'BROADCAST RUNNING')
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => ALSO[word] ?? word);
  const isWhole = words.every((word) => KNOWN.test(word));
  const has = (word: string) => (words.includes(word) ? true : isWhole ? false : undefined);
  const up = has('UP');
  const running = has('RUNNING');
  const link = up && running !== undefined ? (running ? 'active' : 'no-carrier') : undefined;
  return Object.fromEntries(
    Object.entries({ up, running, promisc: has('PROMISC'), allmulti: has('ALLMULTI'), link }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}
