// Reads: `options=HEX<NAMES>` and `capabilities=HEX<NAMES>`: the hex word decides, since old binaries lack newer names.
// Printed by: FreeBSD sbin/ifconfig/ifconfig.c (bits: sys/net/if.h, if_strings.h; DragonFly's own are the same up to 0x100),
// macOS ifconfig (bits: bsd/net/if.h). Fixtures: fixtures/outputs/{freebsd-*,dragonfly-6.4,macos-14}/ifconfig*.txt.

import type { Offload } from '../../model/sighting.ts';

type Table = readonly (readonly [name: string, bit: number, offload: Offload])[];

const FREEBSD: Table = [
  ['RXCSUM', 0x1, 'rx-checksum'],
  ['RXCSUM_IPV6', 0x200000, 'rx-checksum6'],
  ['TXCSUM', 0x2, 'tx-checksum'],
  ['TXCSUM_IPV6', 0x400000, 'tx-checksum6'],
  ['TSO4', 0x100, 'tso4'],
  ['TSO6', 0x200, 'tso6'],
  ['LRO', 0x400, 'lro'],
  ['VLAN_HWTAGGING', 0x10, 'vlan-tag'],
  ['VLAN_HWTSO', 0x40000, 'vlan-tso'],
  ['VLAN_HWFILTER', 0x10000, 'vlan-filter'],
  ['JUMBO_MTU', 0x20, 'jumbo-mtu'],
  ['NETMAP', 0x100000, 'netmap'],
  ['HWSTATS', 0x800000, 'hardware-statistics'],
];

const MACOS: Table = [
  ['RXCSUM', 0x1, 'rx-checksum'],
  ['TXCSUM', 0x2, 'tx-checksum'],
  ['TSO4', 0x20, 'tso4'],
  ['TSO6', 0x40, 'tso6'],
  ['LRO', 0x80, 'lro'],
  ['VLAN_HWTAGGING', 0x8, 'vlan-tag'],
  ['JUMBO_MTU', 0x10, 'jumbo-mtu'],
];

const OPTIONS = /^(options|capabilities)(?:=([0-9a-f]{1,16})| )(?:<?([A-Z0-9_,]{1,600})(>)?)?/;

export type Options = {
  readonly word: 'options' | 'capabilities';
  readonly offloads: readonly Offload[];
  readonly names: readonly string[];
};

/** Undefined where the row is none, or where neither its number nor its list of names is whole. */
export function readOptions(text: string, isMacos: boolean): Options | undefined {
  const [, word, hex, list, end] = OPTIONS.exec(text) ?? [];
  if (word === undefined || (hex === undefined && list === undefined)) return undefined;
  const table = isMacos ? MACOS : FREEBSD;
  const names = list?.split(',') ?? [];
  const has = (name: string, bit: number) =>
    hex === undefined ? names.includes(name) : (Number.parseInt(hex.slice(-8), 16) & bit) !== 0;
  if (hex === undefined && end === undefined && text.includes('<')) return undefined;
  const offloads = table.flatMap(([name, bit, offload]) => (has(name, bit) ? [offload] : []));
  return { word: word === 'options' ? 'options' : 'capabilities', offloads, names };
}
