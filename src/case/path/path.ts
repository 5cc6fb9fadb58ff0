import type { Case, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, unknown, valueIn } from '../../model/known.ts';
import type { Direction, Hop, Vanish } from '../../model/report.ts';
import { localInterface } from '../facts/host-path.ts';
import { oncePerCase } from '../once-per-case.ts';
import { bridgeNameOf, bridgeStation, userNetwork } from './bridge-stations.ts';
import { guestStations } from './guest-stations.ts';
import { type NextPoint, nextPoint } from './next-point.ts';
import { outsideStations, parentStations, wayOut } from './outside-stations.ts';
import type { Station } from './station.ts';
import { isUserNetwork, tapStations } from './tap-stations.ts';
import { measuredLoss, vanishOf } from './vanish.ts';

export type Path = {
  readonly hops: readonly Hop[];
  readonly vanish: readonly Vanish[];
  /** Where a capture would tell most of what is open: in the middle of the part in which packets get lost. */
  readonly next: NextPoint | undefined;
};

/** The way of a packet from the guest to the uplink, each hop with what is known of it, and where packets get lost. */
export function pathOf(nic: Nic, kase: Case): Path {
  const stations = stationsOf(nic, kase);
  const hops = stations.map(
    ({ kind, name, state, says, counts, at }): Hop => ({
      kind,
      name,
      state,
      says,
      counts: counts.map(({ read: _, ...count }) => count),
      at,
    }),
  );
  const vanish = vanishOf(stations, nic, kase);
  return { hops, vanish, next: nextPoint(stations, vanish, nic, kase) };
}

/** Which part of the path loses packets of a direction, as counters and captures tell; states of hops left aside. */
export function lostPart(nic: Nic, direction: Direction, kase: Case): Known<'guest' | 'host' | 'outside'> {
  const stations = stationsOf(nic, kase);
  const loss = measuredLoss(stations, direction, nic, kase);
  const [first, ...more] = loss?.at ?? [];
  if (!loss || !first) return unknown;
  const tap = stations.findIndex(({ kind }) => kind === 'tap');
  const [from, to] = loss.span;
  const part = to >= stations.length ? 'outside' : to <= tap ? 'guest' : from >= tap ? 'host' : undefined;
  return part === undefined ? unknown : known(part, [first, ...more]);
}

/** Asked for by facts and by the summary. */
function stationsOf(nic: Nic, kase: Case): Station[] {
  const made = stationsByNic(kase);
  const stations = made.get(nic) ?? allStations(nic, kase);
  made.set(nic, stations);
  return stations;
}

const stationsByNic = oncePerCase((_: Case) => new Map<Nic, Station[]>());

function allStations(nic: Nic, kase: Case): Station[] {
  return [...guestStations(nic, kase), ...tapStations(nic, kase), ...beyondTap(nic, kase)];
}

function beyondTap(nic: Nic, kase: Case): Station[] {
  if (isUserNetwork(nic)) return [userNetwork(nic), ...wayOut(nic, kase)];
  const parent = parentOfMacvtap(nic);
  if (parent !== undefined) return parentStations(nic, parent, kase);
  // A local interface of vmd is in no bridge: the tap has the host's address itself.
  if (localInterface(nic, kase).state === 'known') return outsideStations(nic, undefined, kase);
  const bridge = bridgeNameOf(nic, kase);
  return [bridgeStation(nic, bridge, kase), ...outsideStations(nic, valueIn(bridge), kase)];
}

/** libvirt's `direct` interface, and a macvtap of the kernel: no bridge is between it and the card. */
function parentOfMacvtap({ host }: Nic): string | undefined {
  const isDirect = valueIn(host?.vmNic?.says.backend) === 'direct' || /^macvtap\d/.test(host?.tapName ?? '');
  const parent = firstKnown(host?.tap?.says.parent, host?.vmNic?.says.parent);
  return isDirect ? (valueIn(parent) ?? 'uplink ?') : undefined;
}
