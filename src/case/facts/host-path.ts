import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { findThing, thingsWith } from '../look-up.ts';
import { bridgeOf, gatewaysOf, segmentOf, uplinksOf } from '../segment.ts';
import { everyBridgeIsListed, isHeld } from './bridge.ts';
import { readHostKind } from './host-kind.ts';
import { readRoutesGuest } from './routed.ts';

/** How the host of vmd(8) or bhyve(8) connects a NIC: which bridge, what else is in it, and whether the host takes part. */
export const hostPathFacts: readonly Fact[] = [
  {
    name: 'host.path',
    asks: 'How does the host connect {nic}?',
    words: {
      local: '{nic} is a local interface of vmd: the host routes for it',
      bridged: 'the bridge of {nic} leads out of the host',
      routed: 'the bridge of {nic} ends at the host, which must route for it',
      isolated: 'the bridge of {nic} has neither an uplink nor an interface of the host',
      switched: "the VM's configuration puts {nic} into a bridge, whose members were not seen",
      alone: 'the tap of {nic} is in no bridge and is no local interface',
    },
    read: readHostPath,
  },
  {
    name: 'host.gateway',
    asks: 'Has the host an address in the network of {nic}?',
    words: {
      present: 'the host has an address in the network of {nic}',
      missing: "the host's interface in the bridge of {nic} has no address",
      down: "the host's interface in the bridge of {nic} is not up",
    },
    read: readGateway,
  },
];

export function readHostPath(nic: Nic, kase: Case): Known<string> {
  const local = localInterface(nic, kase);
  if (local.state === 'known') return local;
  const segment = segmentOf(nic, kase);
  if (!segment) return readAlone(nic, kase);
  const [uplink] = uplinksOf(segment);
  if (uplink) return known('bridged', uplink.at);
  const [gateway] = gatewaysOf(segment);
  if (gateway && segment.isWhole) return known('routed', gateway.at);
  if (segment.isWhole) return known('isolated', segment.at);
  return nic.host?.vmNic?.says.bridge ? known('switched', segment.at) : unknown;
}

/** By its address of 100.64.0.0/10, or by the configuration. */
export function localInterface(nic: Nic, kase: Case): Known<string> {
  const { vmNic, typedNic, tapName } = nic.host ?? {};
  const kind = valueIn(readHostKind(nic, kase));
  if (kind !== undefined && kind !== 'vmd') return unknown;
  const address = [
    ...thingsWith(kase, 'address', 'guest', 'interface', nic.name),
    ...thingsWith(kase, 'address', 'host', 'interface', tapName),
  ].find(({ says }) => isSharedSpace(valueIn(says.address) ?? ''));
  if (address) return known('local', address.at);
  return firstKnown(
    mapKnown(vmNic?.says.local, (local) => (local ? 'local' : undefined)),
    mapKnown(typedNic?.says.local, (local) => (local ? 'local' : undefined)),
  );
}

/** 100.64.0.0/10, RFC 6598: what vmd(8) takes for `local interface`. */
export function isSharedSpace(address: string): boolean {
  const [first, second] = address.split('.').map(Number);
  return first === 100 && second !== undefined && second >= 64 && second <= 127;
}

/** A tap of a VM that ifconfig listed to its end, in no bridge and without address. */
function readAlone(nic: Nic, kase: Case): Known<string> {
  const { tap, tapName } = nic.host ?? {};
  if (!tap || !isHeld(tap) || tap.says.link?.state !== 'known' || bridgeOf(nic, kase).state === 'known')
    return unknown;
  const hasAddress = thingsWith(kase, 'address', 'host', 'interface', tapName).length > 0;
  return hasAddress || !everyBridgeIsListed(kase) ? unknown : mapKnown(tap.says.link, () => 'alone');
}

/** An interface that was listed with its groups, and no address below them, has none. */
export function readGateway(nic: Nic, kase: Case): Known<string> {
  const segment = segmentOf(nic, kase);
  const gateways = segment ? gatewaysOf(segment) : [];
  const answers = gateways.map(({ name }) => gatewayState(name, kase));
  const other = firstKnown(localInterface(nic, kase), readRoutesGuest(nic, kase));
  if (other.state === 'known' && other.value !== 'no') return known('present', other.at);
  return (
    answers.find((answer) => valueIn(answer) === 'present') ??
    answers.find((answer) => answer.state === 'known') ??
    unknown
  );
}

function gatewayState(name: string, kase: Case): Known<string> {
  const shown = findThing(kase, 'host', 'interface', name);
  const address = thingsWith(kase, 'address', 'host', 'interface', name).find(
    ({ says }) => valueIn(says.family) === 'inet',
  );
  if (shown?.says.up?.state === 'known' && !shown.says.up.value) return known('down', shown.says.up.at);
  if (address) return known('present', address.at);
  if (shown?.says.groups?.state === 'known') return known('missing', shown.says.groups.at);
  const file = findThing(kase, 'host', 'interfaceFile', name);
  if (file?.says.address?.state === 'known') return known('present', file.says.address.at);
  return mapKnown(file?.says.up, () => (file?.says.asks ? 'present' : 'missing'));
}
