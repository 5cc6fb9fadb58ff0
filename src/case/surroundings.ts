import type { Case, HostEnd, Nic } from '../model/case.ts';
import { firstKnown, valueIn } from '../model/known.ts';
import { groupBy } from './group-by.ts';
import { allThings, findThing } from './look-up.ts';
import { oncePerCase } from './once-per-case.ts';
import { bridgesOf, gatewaysOf, segmentOf, uplinksOf, vlanMembersOf, vlansOn } from './segment.ts';

type Things = Pick<Case, 'things'>;

/** A NIC with the names on the host that commands need: its bridge, what leads out of it, the card that a message is about. */
export function withSurroundings(nic: Nic, kase: Things): Nic {
  const around = { ...aroundOf(nic, kase), ...cardOf(kase) };
  return Object.keys(around).length > 0 ? { ...nic, host: { ...nic.host, ...around } } : nic;
}

function aroundOf(nic: Nic, kase: Things): HostEnd {
  const segment = segmentOf(nic, kase);
  if (!segment) return { ...linuxUplink(nic, kase), ...onlyBridge(kase) };
  const [uplink] = uplinksOf(segment);
  const [gateway] = gatewaysOf(segment);
  const vlan = vlanMembersOf(segment)[0] ?? vlansOn(segment, kase)[0];
  return {
    bridgeName: segment.name,
    ...(uplink && { uplinkName: uplink.name }),
    ...(gateway && { gatewayName: gateway.name }),
    ...(vlan && { vlanName: vlan.name }),
  };
}

/** A tap that is in no bridge of a FreeBSD host can be meant for the only one there is. */
const onlyBridge = oncePerCase((kase: Things): HostEnd => {
  const [bridge, ...more] = bridgesOf(kase);
  const isFreebsd = valueIn(findThing(kase, 'host', 'system', '')?.says.os) === 'freebsd';
  return bridge && isFreebsd && more.length === 0 ? { bridgeName: bridge.name } : {};
});

/** The one card, or trunk of cards, among the ports of the bridge. */
function linuxUplink({ host }: Nic, kase: Things): HostEnd {
  const { port, tap, vmNic } = host ?? {};
  const bridge = valueIn(firstKnown(port?.says.bridge, tap?.says.master, vmNic?.says.bridge));
  const [uplink, ...more] = new Set(bridge === undefined ? [] : cardsByBridge(kase).get(bridge));
  return uplink !== undefined && more.length === 0 ? { uplinkName: uplink } : {};
}

const cardsByBridge = oncePerCase((kase: Things) => {
  const members = [
    ...allThings(kase, 'port', 'host').map(({ id, says }) => ({ id, bridge: valueIn(says.bridge) })),
    ...allThings(kase, 'interface', 'host').map(({ id, says }) => ({ id, bridge: valueIn(says.master) })),
  ].filter(({ id }) => /^(?:en[opsx]|eth\d|bond\d)/.test(id));
  const byBridge = groupBy(members, ({ bridge }) => [bridge]);
  return new Map([...byBridge].map(([bridge, own]) => [bridge, own.map(({ id }) => id)]));
});

const OF_CARDS = new Set(['host-nic-hang', 'uplink-flapped']);

const cardOf = oncePerCase((kase: Things): HostEnd => {
  const said = allThings(kase, 'message').find(({ says }) => OF_CARDS.has(valueIn(says.code) ?? ''));
  const device = valueIn(said?.says.device);
  return device ? { cardName: device } : {};
});
