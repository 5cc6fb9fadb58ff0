import type { Case, Nic } from '../../model/case.ts';
import { firstKnown, valueIn } from '../../model/known.ts';
import type { Hop, Vanish } from '../../model/report.ts';
import { localInterface } from '../facts/host-path.ts';
import { bridgeNameOf, bridgeStation, userNetwork } from './bridge-stations.ts';
import { guestStations } from './guest-stations.ts';
import { outsideStations, parentStations, wayOut } from './outside-stations.ts';
import type { Station } from './station.ts';
import { isUserNetwork, tapStations } from './tap-stations.ts';
import { vanishOf } from './vanish.ts';

export type Path = { readonly hops: readonly Hop[]; readonly vanish: readonly Vanish[] };

/** The way of a packet from the guest to the uplink, each hop with what is known of it, and where packets get lost. */
export function pathOf(nic: Nic, kase: Case): Path {
  const stations = stationsOf(nic, kase);
  const hops = stations.map(
    ({ kind, name, state, says, counts, at }): Hop => ({ kind, name, state, says, counts, at }),
  );
  return { hops, vanish: vanishOf(stations, nic, kase) };
}

function stationsOf(nic: Nic, kase: Case): Station[] {
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
