import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { allThings, findThing, thingsWith } from '../look-up.ts';
import { isOutOfListed } from './bridge.ts';

/** Whether the tap is a port of a bridge, and whether the bridge forwards for it. */
export const bridgePortFacts: readonly Fact[] = [
  {
    name: 'host.bridge-port',
    asks: 'Is the tap of {nic} a port of a bridge?',
    words: {
      member: 'the tap of {nic} is a port of a bridge',
      missing: 'the tap of {nic} is in no bridge',
      unopened: 'Open vSwitch lists the port of {nic}, but could not open it',
      'cut-off':
        'the tap of {nic} is in the bridge of its firewall, but the port that leads on from there is in no bridge',
      'not-shown': 'a bridge is listed with its ports, and the port of {nic} is not among them',
    },
    read: readBridgePort,
  },
  {
    name: 'host.bridge-set',
    asks: "Does the VM's configuration put {nic} into a bridge?",
    words: {
      yes: "the VM's configuration puts {nic} into a bridge",
      no: "the VM's configuration names no bridge for {nic}",
    },
    read: ({ host }) =>
      firstKnown(
        mapKnown(firstKnown(host?.vmNic?.says.bridge, host?.vmNic?.says.network), () => 'yes'),
        mapKnown(host?.vmNic?.says.options, () => 'no'),
        mapKnown(firstKnown(host?.vmNic?.says.backend, host?.qemu?.says.backend), backendWord),
      ),
  },
  {
    name: 'host.port-state',
    asks: 'Does the bridge forward for the port of {nic}?',
    words: {
      forwarding: 'the bridge forwards for the port of {nic}',
      waiting: 'the bridge port of {nic} is still listening or learning (spanning tree)',
      blocked: 'the bridge port of {nic} is blocking or disabled',
      idle: 'the bridge port of {nic} is off because nobody holds its tap open',
    },
    read: readPortState,
  },
  {
    name: 'host.bpdu-guard',
    asks: 'Did a BPDU from {nic} close its bridge port (guard on)?',
    words: { tripped: 'the guest sent a BPDU, and the guard of its bridge port closed the port' },
    read: ({ host }, kase) => {
      const name = host?.portName ?? host?.tapName;
      const blocked = name && findThing(kase, 'host', 'message', `bpdu-blocked ${name}`);
      return blocked ? known('tripped', blocked.at) : unknown;
    },
  },
];

/** A tap listed in full without a master is in no bridge; a bridge listing that lacks it may just be cut. */
export function readBridgePort(nic: Nic, kase: Case): Known<string> {
  const name = nic.host?.tapName;
  if (name === undefined) return unknown;
  const port = findThing(kase, 'host', 'port', name);
  if (port?.says.error?.state === 'known') return known('unopened', port.says.error.at);
  const master = firstKnown(nic.host?.port?.says.bridge, port?.says.bridge, nic.host?.tap?.says.master);
  if (master.state === 'known') return behindFirewall(nic, master, kase) ?? known('member', master.at);
  const filtered = allThings(kase, 'portVlan', 'host').find(({ says }) => valueIn(says.port) === name);
  if (filtered) return known('member', filtered.at);
  const outside = isOutOfListed(nic, kase);
  if (outside.state === 'known') return known('missing', outside.at);
  const shown = mapKnown(nic.host?.tap?.says.hasMaster, (hasMaster) => (hasMaster ? 'member' : 'missing'));
  return shown.state === 'known' ? shown : readAbsence(nic, name, kase);
}

/**
 * Proxmox VE with firewall=1: from the tap's own bridge fwbr<VMID>i<N> a veth pair leads on, whose end fwpr<VMID>p<N> is the port in the
 * bridge proper (PVE/Network.pm, create_firewall_bridge_linux()). With a tag, and a bridge that does not filter VLANs, that is another
 * one, vmbr<N>v<TAG> (activate_bridge_vlan()): then a listing of vmbr<N> says nothing.
 */
function behindFirewall(nic: Nic, master: Known<string>, kase: Case): Known<string> | undefined {
  const { vm, index, vmNic } = nic.host ?? {};
  if (master.state !== 'known' || master.value !== `fwbr${vm}i${index}`) return undefined;
  const name = `fwpr${vm}p${index}`;
  const end = findThing(kase, 'host', 'interface', name)?.says;
  if (end?.master?.state === 'known') return known('member', end.master.at);
  if (end?.hasMaster?.state === 'known' && !end.hasMaster.value)
    return known('cut-off', [end.hasMaster.at[0], master.at[0]]);
  if (findThing(kase, 'host', 'port', name)?.says.bridge?.state === 'known') return undefined;
  const wanted = valueIn(vmNic?.says.bridge) ?? '';
  const bridge = findThing(kase, 'host', 'bridge', wanted)?.says;
  if (valueIn(vmNic?.says.tag) !== undefined && valueIn(bridge?.vlanFiltering) !== true) return undefined;
  const listed = bridge?.membersListed;
  if (valueIn(listed) && listed?.state === 'known') return known('cut-off', [listed.at[0], master.at[0]]);
  const [port] = thingsWith(kase, 'port', 'host', 'bridge', wanted);
  return port && known('not-shown', [port.at[0], master.at[0]]);
}

/** A tap that exists, beside a list of the ports of its bridge without it: the list may be cut, so that this proves nothing. */
function readAbsence(nic: Nic, tap: string, kase: Case): Known<string> {
  const wanted = valueIn(nic.host?.vmNic?.says.bridge);
  const ports = allThings(kase, 'port', 'host').filter(({ says }) => says.bridge?.state === 'known');
  const bridges = [...new Set(ports.map(({ says }) => valueIn(says.bridge)))];
  const listed = ports.find(({ says }) => valueIn(says.bridge) === (wanted ?? bridges[0]));
  const isSeen = nic.host?.tap !== undefined || valueIn(nic.host?.vmNic?.says.attached) === true;
  const isOne = wanted !== undefined || bridges.length === 1;
  const isPort = ports.some(({ id }) => id === tap || id === nic.host?.portName);
  if (!listed || !isSeen || !isOne || isPort) return unknown;
  return known('not-shown', [listed.at[0], ...(nic.host?.tap?.at.slice(0, 1) ?? [])]);
}

/** A tap alone may be put into a bridge by a script. */
function backendWord(backend: string): string | undefined {
  if (backend === 'bridge' || backend === 'network') return 'yes';
  return backend === 'user' || backend === 'direct' || backend === 'none' ? 'no' : undefined;
}

/** The port of a tap that nobody holds open is disabled as a matter of course. */
export function readPortState({ host }: Nic): Known<string> {
  const state = host?.port?.says.state;
  const { lowerUp, link } = host?.tap?.says ?? {};
  const isHeld = valueIn(lowerUp) ?? (valueIn(link) === undefined ? undefined : valueIn(link) === 'active');
  return mapKnown(state, (word) => {
    if (word === 'forwarding') return 'forwarding';
    if (word === 'listening' || word === 'learning') return 'waiting';
    if (word === 'blocking') return 'blocked';
    if (word !== 'disabled' || isHeld === undefined) return undefined;
    return isHeld ? 'blocked' : 'idle';
  });
}
