import type { Case, Nic, Thing } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { localInterface, readGateway } from '../facts/host-path.ts';
import { readForwarding } from '../facts/machine.ts';
import { readNat, readRoutesGuest } from '../facts/routed.ts';
import { readNetwork } from '../facts/switch.ts';
import { readVlanUplink } from '../facts/vlan.ts';
import { findThing } from '../look-up.ts';
import { gatewaysOf, segmentOf } from '../segment.ts';
import { countsOf } from './counts.ts';
import { hostMap } from './host-map.ts';
import { note, type Station, sign, station } from './station.ts';
import { uplinksOf } from './uplinks.ts';

/** From the bridge to the world: an uplink, below a VLAN or a bond, or the host's own address and the way on from there. */
export function outsideStations(nic: Nic, bridge: string | undefined, kase: Case): Station[] {
  const gateway = gatewayOf(nic, bridge, kase);
  if (gateway) {
    const isEnd = valueIn(readNetwork(nic, kase)) === 'isolated';
    return [gatewayStation(nic, gateway, kase), ...(isEnd ? [] : wayOut(nic, kase))];
  }
  const uplinks = bridge === undefined ? [] : uplinksOf(bridge, nic, kase);
  const [uplink] = uplinks;
  return uplink ? uplinkStations(uplink.name, nic, kase) : [none(nic, bridge, kase)];
}

/** What a macvtap sits on. */
export function parentStations(nic: Nic, parent: string, kase: Case): Station[] {
  return uplinkStations(parent, nic, kase);
}

/** From the host's routes. */
export function wayOut(nic: Nic, kase: Case): Station[] {
  const out = hostMap(kase).wayOut;
  return out ? uplinkStations(out.name, nic, kase) : [station({ kind: 'uplink', name: 'uplink ?' }, [])];
}

/**
 * The interface of the host that guests of a network without uplink use as their gateway: of vmd, the tap itself or a vether(4) or vport(4);
 * of libvirt and of a Linux bridge, the bridge.
 */
function gatewayOf(nic: Nic, bridge: string | undefined, kase: Case): string | undefined {
  const local = localInterface(nic, kase);
  if (local.state === 'known') return nic.host?.tapName ?? 'tap ?';
  const segment = segmentOf(nic, kase);
  if (segment) {
    const [gateway] = gatewaysOf(segment);
    return uplinksOf(segment.name, nic, kase).length > 0 ? undefined : gateway?.name;
  }
  if (bridge === undefined) return undefined;
  const network = valueIn(readNetwork(nic, kase));
  if (network === 'nat' || network === 'routed' || network === 'isolated') return bridge;
  const routes = valueIn(readRoutesGuest(nic, kase)) === 'yes';
  const isAlone = uplinksOf(bridge, nic, kase).length === 0 && hostMap(kase).addresses.has(bridge);
  return routes || (isAlone && /^virbr\d/.test(bridge)) ? bridge : undefined;
}

function none(nic: Nic, bridge: string | undefined, kase: Case): Station {
  const isWhole =
    bridge === undefined ? undefined : findThing(kase, 'host', 'bridge', bridge)?.says.membersListed;
  return station({ kind: 'uplink', name: 'uplink ?', points: [] }, [
    note(
      mapKnown(isWhole, (is) => is || undefined),
      'none in the bridge',
    ),
    sign(readNetwork(nic, kase), { isolated: ['unknown', 'isolated network'] }),
  ]);
}

function gatewayStation(nic: Nic, name: string, kase: Case): Station {
  const address = hostMap(kase).addresses.get(name);
  const isTap = name === nic.host?.tapName;
  const given = {
    kind: 'gateway' as const,
    name: isTap ? (valueIn(address?.says.address) ?? name) : name,
    points: isTap ? [] : [name],
    counts: isTap ? [] : countsOf(kase, 'host', name, 'outward'),
  };
  const network = valueIn(readNetwork(nic, kase));
  return station(given, [
    sign(readGateway(nic, kase), {
      present: ['ok', ''],
      missing: ['broken', 'has no address'],
      down: ['broken', 'not UP'],
    }),
    sign(network === 'isolated' ? unknown : readForwarding(kase, 'host'), {
      no: ['broken', 'the host does not forward'],
      yes: ['unknown', 'forwards'],
    }),
    sign(network === 'isolated' ? unknown : readNat(nic, kase), {
      present: ['unknown', 'NAT'],
      missing: ['unknown', 'no NAT'],
      'not-for-guest': ['unknown', 'no NAT for this NIC'],
      refused: ['broken', 'NAT refused'],
    }),
    sign(readNetwork(nic, kase), {
      isolated: ['unknown', 'isolated network'],
      inactive: ['broken', 'network does not run'],
    }),
    note(address?.says.address, isTap ? 'address of the tap' : (valueIn(address?.says.address) ?? '')),
  ]);
}

const MOST_LAYERS = 4;

/** A vlan(4) or eno1.40 is a hop of its own above its parent. */
function uplinkStations(name: string, nic: Nic, kase: Case): Station[] {
  const stations: Station[] = [];
  let at: string | undefined = name;
  while (at !== undefined && stations.length < MOST_LAYERS) {
    const below: string | undefined = parentOf(at, kase);
    stations.push(below === undefined ? uplink(at, nic, kase) : vlan(at, kase));
    at = below;
  }
  return stations;
}

function parentOf(name: string, kase: Case): string | undefined {
  const shown = findThing(kase, 'host', 'interface', name)?.says.parent;
  const file = findThing(kase, 'host', 'interfaceFile', name)?.says.parent;
  const told = valueIn(firstKnown(shown, file));
  // Linux's usual names; ifupdown and netplan make them so.
  const byName = /^([a-z]\w{1,14})\.\d{1,4}$/.exec(name)?.[1];
  const parent = told ?? byName;
  return parent === name ? undefined : parent;
}

function vlan(name: string, kase: Case): Station {
  const shown = findThing(kase, 'host', 'interface', name);
  const file = findThing(kase, 'host', 'interfaceFile', name);
  const tag = firstKnown(shown?.says.vlan, file?.says.vlan);
  return station({ kind: 'vlan', name, counts: countsOf(kase, 'host', name, 'inward') }, [
    ...linkSigns(shown),
    note(tag, `VLAN ${valueIn(tag)}`),
  ]);
}

function uplink(name: string, nic: Nic, kase: Case): Station {
  const shown = findThing(kase, 'host', 'interface', name);
  const port = findThing(kase, 'host', 'port', name);
  const hang = findThing(kase, 'host', 'message', `host-nic-hang ${name}`);
  const [first, ...more] = hostMap(kase).members.get(name) ?? [];
  return station({ kind: 'uplink', name, counts: countsOf(kase, 'host', name, 'inward') }, [
    ...linkSigns(shown),
    sign(port?.says.state, {
      forwarding: [valueIn(shown?.says.up) === true ? 'ok' : 'unknown', 'port forwarding'],
      blocking: ['broken', 'port blocking'],
      listening: ['broken', 'port listening'],
      learning: ['broken', 'port learning'],
      disabled: ['broken', 'port disabled'],
    }),
    note(port?.says.error, 'Open vSwitch could not open it'),
    sign(isOf(nic, name, kase) ? readVlanUplink(nic, kase) : unknown, {
      missing: ['broken', 'does not carry its VLAN'],
      carried: ['unknown', 'carries its VLAN'],
    }),
    hang ? { state: 'broken', says: 'hangs', at: hang.at } : undefined,
    first
      ? note(known(true, first.at), `of ${[first, ...more].map((one) => one.name).join(', ')}`)
      : undefined,
  ]);
}

function isOf(nic: Nic, name: string, kase: Case): boolean {
  const bridge = valueIn(findThing(kase, 'host', 'port', name)?.says.bridge);
  const own = valueIn(nic.host?.port?.says.bridge) ?? valueIn(nic.host?.tap?.says.master);
  return bridge === undefined || own === undefined || bridge === own;
}

function linkSigns(shown: Thing<'interface'> | undefined) {
  const { up, link } = shown?.says ?? {};
  const isUp: Known<boolean> = up ?? unknown;
  return [
    sign(isUp, { true: ['unknown', 'up'], false: ['broken', 'not UP'] }),
    sign(link, {
      active: [valueIn(isUp) === true ? 'ok' : 'unknown', 'active'],
      'no-carrier': ['broken', 'no carrier'],
    }),
  ];
}
