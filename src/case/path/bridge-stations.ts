import type { Case, Nic, Thing } from '../../model/case.ts';
import { firstKnown, type Known, valueIn } from '../../model/known.ts';
import { vlanChildren } from '../facts/addressing.ts';
import { readBridgeState } from '../facts/bridge.ts';
import { readBridgePort, readPortState } from '../facts/bridge-port.ts';
import { readFilter } from '../facts/filter.ts';
import { readMacFilter, readPortLearning } from '../facts/mac-filter.ts';
import { readPfTraffic } from '../facts/pf.ts';
import { readRefusal } from '../facts/refusal.ts';
import { readVlanFit, readVlanLearned, readVlanPort } from '../facts/vlan.ts';
import { readVlanClash, readVlanPath } from '../facts/vlan-path.ts';
import { findThing } from '../look-up.ts';
import { bridgeOf } from '../segment.ts';
import { hostMap } from './host-map.ts';
import { BOTH, note, type Sign, type Station, sign, station } from './station.ts';

/** The bridge that a NIC is in, or is meant to be in. */
export function bridgeNameOf(nic: Nic, kase: Case): Known<string> {
  const { tap, port, portName, vmNic, typedNic, qemu } = nic.host ?? {};
  const network = valueIn(vmNic?.says.network);
  const isBehindFirewall = portName?.startsWith('fwpr');
  return firstKnown(
    isBehindFirewall ? findThing(kase, 'host', 'interface', portName ?? '')?.says.master : undefined,
    ...[tap?.says.master, port?.says.bridge].filter((shown) => !isOfFirewall(shown)),
    bridgeOf(nic, kase),
    vmNic?.says.bridge,
    network === undefined ? undefined : findThing(kase, 'host', 'virtualNetwork', network)?.says.bridge,
    qemu?.says.bridge,
    typedNic?.says.bridge,
  );
}

/** Proxmox VE puts it between the tap and the bridge proper. */
function isOfFirewall(bridge: Known<string> | undefined): boolean {
  return valueIn(bridge)?.startsWith('fwbr') ?? false;
}

export function bridgeStation(nic: Nic, name: Known<string>, kase: Case): Station {
  const id = valueIn(name) ?? '';
  const bridge = findThing(kase, 'host', 'bridge', id);
  const shown = findThing(kase, 'host', 'interface', id);
  const member = readBridgePort(nic, kase);
  const state = readPortState(nic);
  return station({ kind: 'bridge', name: id || networkOf(nic) || 'bridge ?' }, [
    sign(member, {
      missing: ['broken', 'the tap is in no bridge'],
      unopened: ['broken', 'could not open the tap'],
      'cut-off': ['broken', 'the firewall is not joined to it'],
      'not-shown': ['unknown', 'port not listed'],
      member: [isProven(bridge, shown) ? 'ok' : 'unknown', state.state === 'known' ? '' : 'tap is a member'],
    }),
    sign(state, {
      forwarding: ['ok', 'port forwarding'],
      waiting: ['broken', 'port is waiting (spanning tree)'],
      blocked: ['broken', 'port blocking or disabled'],
      idle: ['unknown', 'port disabled'],
    }),
    sign(readBridgeState(nic, kase), {
      down: ['broken', 'not UP'],
      'set-down': ['broken', 'not brought up'],
      absent: ['broken', 'not there'],
    }),
    sign(shown?.says.up, { false: ['broken', 'not UP'] }),
    sign(readRefusal(nic, kase), {
      'bridge-missing': ['broken', 'not there'],
      'bridge-refused': ['broken', 'did not take the tap'],
      'network-inactive': ['broken', 'network does not run'],
    }),
    ...gates(nic, kase),
    sign(readVlanPort(nic, kase), { trunk: ['unknown', 'VLAN trunk'] }),
    accessVlan(nic, kase),
    sign(bridge?.says.failMode, { secure: ['unknown', 'forwards by flows alone'] }),
    valueIn(bridge?.says.driver) === 'ovs' ? note(bridge?.says.driver, 'Open vSwitch') : undefined,
    note(name, ''),
  ]);
}

/** Without spanning tree a member of a bridge that is up forwards; Linux shows a state of the port in any case. */
function isProven(bridge: Thing<'bridge'> | undefined, shown: Thing<'interface'> | undefined): boolean {
  const driver = valueIn(bridge?.says.driver);
  return driver === 'ovs' || (driver !== undefined && driver !== 'linux' && valueIn(shown?.says.up) === true);
}

/** What the bridge does not let pass at this port. */
function gates(nic: Nic, kase: Case): (Sign | undefined)[] {
  return [
    sign(readPfTraffic(nic, kase), {
      blocks: ['broken', 'PF blocks what the guest sends', ['from-guest']],
      partly: ['unknown', 'PF blocks a part'],
    }),
    ...tagGates(nic, kase),
    sign(readMacFilter(nic, kase), {
      refuses: ['broken', 'refuses its MAC', ['from-guest']],
      drops: ['unknown', 'has dropped other MACs'],
      guarded: ['unknown', 'lets only its MAC pass'],
    }),
    sign(readPortLearning(nic, kase), {
      closed: ['broken', 'knows no MAC behind the port', ['to-guest'], 'part'],
      locked: ['broken', 'port is locked', ['from-guest']],
    }),
    sign(readVlanLearned(nic, kase), { other: ['broken', 'in another VLAN than its peers', ['to-guest']] }),
    sign(readFilter(nic, kase), { 'drops-nic': ['unknown', 'a rule drops some'] }),
    sign(readVlanFit(nic, kase), {
      'guest-tags-access-port': ['broken', 'drops its tagged frames', ['from-guest'], 'part'],
      'no-pvid': ['broken', 'takes tagged frames only', ['from-guest']],
      'differs-from-configuration': ['unknown', 'another VLAN than configured'],
    }),
  ];
}

/** OpenBSD's bridges: of matter to a guest that tags its frames. */
function tagGates(nic: Nic, kase: Case): (Sign | undefined)[] {
  const bad = vlanChildren(nic, kase).length > 0 ? 'broken' : 'unknown';
  return [
    sign(readVlanPath(nic, kase), {
      'dropped-by-veb': [bad, 'drops tagged frames', BOTH, 'part'],
      'child-bridged': [bad, 'tagged frames end here', BOTH, 'part'],
      loop: ['unknown', 'a VLAN and its parent are members'],
    }),
    sign(readVlanClash(nic, kase), { same: ['broken', 'the host takes its VLAN', ['to-guest'], 'part'] }),
  ];
}

function accessVlan(nic: Nic, kase: Case): Sign | undefined {
  const { vmNic, typedNic, portName } = nic.host ?? {};
  const entries = hostMap(kase).vlans.get(portName ?? '') ?? [];
  const pvid = entries.find(({ says }) => valueIn(says.pvid));
  // Beside tagged VLANs the untagged one says little.
  if (entries.length > 1) return undefined;
  const tag = firstKnown(pvid?.says.from, vmNic?.says.tag, typedNic?.says.tag);
  return note(tag, `VLAN ${valueIn(tag)}`);
}

function networkOf({ host }: Nic): string | undefined {
  return valueIn(host?.vmNic?.says.network);
}

/** QEMU's own network, in place of tap and bridge. */
export function userNetwork(nic: Nic): Station {
  const backend = firstKnown(nic.host?.vmNic?.says.backend, nic.host?.qemu?.says.backend);
  return station({ kind: 'bridge', name: valueIn(backend) ?? 'user', points: [] }, [
    backend.state === 'known'
      ? { state: 'ok', says: 'NAT inside the hypervisor', at: backend.at }
      : undefined,
  ]);
}
