import type { Side } from '../model/capture.ts';
import type { Line } from '../model/line.ts';
import type { Sighting, ThingKind } from '../model/sighting.ts';
import type { Sighted } from './join.ts';
import { isNicName } from './nic-names.ts';

/** What an output tells of the machine that printed it. */
export type Signs = {
  readonly name?: string;
  readonly os?: string;
  /** The MACs of its network cards, by their names. */
  readonly cards: ReadonlyMap<string, { readonly mac: string; readonly at: Line }>;
  /** Also those that the cards had before somebody changed them. */
  readonly macs: ReadonlySet<string>;
  /** The first IPv4 address of each card. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Where it says something of that. */
  readonly at?: Line;
  /** It tells of nothing but packets: who took them may be anybody. */
  readonly isOfWire: boolean;
};

const WIRE = new Set<ThingKind>(['claim', 'traffic', 'packetCapture', 'stream', 'tooBig', 'ping']);

/** The signs of one sample, as far as it is of this side. */
export function signsOf({ hostName, sightings }: Pick<Sighted, 'hostName' | 'sightings'>): Signs {
  const cards = new Map<string, { mac: string; at: Line }>();
  const macs = new Set<string>();
  const addresses = new Map<string, string>();
  let name = hostName;
  let os: string | undefined;
  let isOfWire = true;
  for (const { is, id, says, at } of sightings) {
    isOfWire &&= WIRE.has(is);
    if (is === 'system') {
      name ??= says.name;
      os ??= familyOf(says.os);
    }
    if (is === 'interface' && isCard(id)) {
      for (const mac of [says.mac, says.permanentMac]) if (mac && isOneOnly(mac)) macs.add(mac);
      if (says.mac && isOneOnly(says.mac)) cards.set(id, { mac: says.mac, at: at[0] });
    }
    if (is !== 'address' || says.family !== 'inet') continue;
    const { interface: card = '', address = '' } = says;
    if (isCard(card) && !addresses.has(card) && isOwn(address)) addresses.set(card, address);
  }
  const at =
    [...cards.values()][0]?.at ?? sightings.find(({ is }) => is === 'system')?.at[0] ?? sightings[0]?.at[0];
  return { ...(name && { name }), ...(os && { os }), cards, macs, addresses, ...(at && { at }), isOfWire };
}

/** Their outputs are read alike. */
function familyOf(os: string | undefined): string | undefined {
  return os === 'dragonfly' ? 'freebsd' : os;
}

/** Cards that hosts have and hypervisors do not emulate. */
const OF_HOSTS =
  /^(?:igb|ixl?v?|ixgbe|iavf|ice|bge|bnxt?|bce|bnx|msk|sk|alc|age|ale|nfe|nge|sis|vr|cas|gem|hme|mcx|mce|ena|ure|axen?|mvneta|dwge|dwqe|oce|cxgbe?|cxl|aq|rge|lem)\d{1,3}$/;

/** Bridges and taps, bonds and VLANs change their MACs by themselves, or have others'. */
function isCard(id: string): boolean {
  return isNicName(id) || OF_HOSTS.test(id) || /^Ethernet(?: \d{1,2})?$/.test(id);
}

/** Not QEMU's default (net/net.c), which any number of guests have, and none that members of a group share (RFC 9568, carp(4)). */
function isOneOnly(mac: string): boolean {
  return !/^(?:52:54:00:12:34:5[\da-f]|00:00:5e:00:0[12]:..|00:00:00:00:00:00|ff:ff:ff:ff:ff:ff)$/.test(mac);
}

/** Not what every guest behind QEMU's user network has (net/slirp.c), nor what a NIC gives itself. */
function isOwn(address: string): boolean {
  return !/^(?:10\.0\.2\.15|127\.|169\.254\.)/.test(address);
}

/** What a sample says of a side; a person who placed it outranks what it looks like. */
export function sightingsOf({ side: own, isPlaced, sightings }: Sighted, side: Side): readonly Sighting[] {
  if (isPlaced) return own === side ? sightings : [];
  return sightings.filter((sighting) => (sighting.side ?? own) === side);
}
