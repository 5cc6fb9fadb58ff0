import type { Case, Nic, Thing } from '../../model/case.ts';
import { firstKnown, mapKnown, valueIn } from '../../model/known.ts';
import { readTap } from '../facts/host.ts';
import { readPlugged, readVmFirewall } from '../facts/hypervisor.ts';
import { readRefusal } from '../facts/refusal.ts';
import { findThing } from '../look-up.ts';
import { countsOf } from './counts.ts';
import { note, type Station, sign, station } from './station.ts';

/** What a NIC is plugged into: nothing of the host's kernel with QEMU's own network, else tap, macvtap or a vhost-user socket. */
export function tapStations(nic: Nic, kase: Case): Station[] {
  return isUserNetwork(nic) ? [] : [tap(nic, kase), ...firewall(nic, kase)];
}

/** QEMU itself answers, translates and forwards: slirp, passt, and VirtualBox's nat. */
export function isUserNetwork({ host }: Nic): boolean {
  return /^(?:user|passt|nat)$/.test(backendOf(host) ?? '');
}

function backendOf(host: Nic['host']): string | undefined {
  return valueIn(firstKnown(host?.vmNic?.says.backend, host?.qemu?.says.backend));
}

function tap(nic: Nic, kase: Case): Station {
  const { tap, tapName, vmNic, qemu } = nic.host ?? {};
  const socket = valueIn(firstKnown(qemu?.says.socket, vmNic?.says.socket));
  const name = tapName ?? socket?.slice(socket.lastIndexOf('/') + 1) ?? 'tap ?';
  const vhost = firstKnown(qemu?.says.vhostStarted, qemu?.says.vhost);
  const isUp = valueIn(tap?.says.up);
  const given = {
    kind: 'tap' as const,
    name,
    // As in facts/wire.ts: a file that is called tap.pcap does not say which tap.
    points: kase.nics.length === 1 ? [name, 'tap'] : [name],
    isOwn: true,
    counts: countsOf(kase, 'host', tapName, 'outward'),
  };
  return station(given, [
    sign(tap?.says.up, { true: ['unknown', 'up'] }),
    sign(readTap(nic, kase), {
      held: [isUp === undefined ? 'unknown' : 'ok', isUp === undefined ? 'held open' : ''],
      'nobody-holds': ['broken', 'nobody holds it'],
      down: ['broken', 'down'],
    }),
    sign(readPlugged(nic, kase), {
      no: ['broken', 'plugged into nothing'],
      'no-tap': ['broken', 'not there'],
      shared: ['broken', 'another VM has its socket'],
    }),
    sign(readRefusal(nic, kase), {
      'tap-busy': ['broken', 'held by another process'],
      'tap-refused': ['broken', 'refused to the hypervisor'],
      'not-plugged': ['broken', 'plugged into nothing'],
      'backend-refused': ['broken', 'could not be opened'],
    }),
    note(
      mapKnown(vhost, (is) => is || undefined),
      'vhost',
    ),
    /^macvtap\d/.test(name) ? note(tap?.says.up, 'macvtap') : undefined,
  ]);
}

/**
 * Proxmox VE with firewall=1: the tap is in a bridge of its own, fwbr<VMID>i<N>, from which a veth pair (fwln, fwpr) leads to the bridge
 * proper (PVE/Network.pm tap_plug()).
 */
function firewall(nic: Nic, kase: Case): Station[] {
  const { host } = nic;
  const id = host?.vm === undefined || host.index === undefined ? undefined : `${host.vm}i${host.index}`;
  if (host === undefined || id === undefined) return [];
  const seen = findThing(kase, 'host', 'interface', `fwbr${id}`);
  const asks = host.vmNic?.says.firewall;
  const isThere = seen ?? host.portName?.startsWith('fwpr') ?? false;
  const isBare = valueIn(host.tap?.says.master)?.startsWith('fwbr') === false;
  if (!isThere && (isBare || valueIn(asks) !== true)) return [];
  return [
    firewallBridge(`fwbr${id}`, seen, nic, kase),
    firewallPort(`fwpr${host.vm}p${host.index}`, id, kase),
  ];
}

function firewallBridge(name: string, seen: Thing<'interface'> | undefined, nic: Nic, kase: Case): Station {
  const ports = [nic.host?.tapName ?? '', name.replace('fwbr', 'fwln')];
  return station({ kind: 'firewall-bridge', name, isOwn: true }, [
    sign(seen?.says.up, { true: ['unknown', 'up'], false: ['broken', 'not UP'] }),
    sign(nic.host?.tap?.says.master, { [name]: ['ok', ''] }),
    ...ports.map((port) => sign(findThing(kase, 'host', 'port', port)?.says.state, PORT_STATES)),
    sign(readVmFirewall(nic, kase), {
      off: ['unknown', 'firewall off'],
      'drops-incoming': ['unknown', 'drops what no rule lets in'],
      acts: ['unknown', 'firewall on'],
    }),
  ]);
}

function firewallPort(name: string, id: string, kase: Case): Station {
  const own = countsOf(kase, 'host', name, 'outward');
  const counts = own.length > 0 ? own : countsOf(kase, 'host', `fwln${id}`, 'inward');
  const shown = findThing(kase, 'host', 'interface', name);
  return station({ kind: 'bridge-port', name, points: [name, `fwln${id}`], isOwn: true, counts }, [
    sign(shown?.says.up, { true: ['unknown', 'up'], false: ['broken', 'down'] }),
    sign(shown?.says.hasMaster, { false: ['broken', 'in no bridge'] }),
    sign(findThing(kase, 'host', 'port', name)?.says.state, PORT_STATES),
  ]);
}

/** Spanning tree's, as the bridges of all systems name them. */
const PORT_STATES = {
  forwarding: ['ok', 'port forwarding'],
  listening: ['broken', 'port listening'],
  learning: ['broken', 'port learning'],
  blocking: ['broken', 'port blocking'],
  disabled: ['unknown', 'port disabled'],
} as const;
