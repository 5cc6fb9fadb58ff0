import type { Case, Nic, Thing } from '../model/case.ts';
import { firstKnown, type Known, valueIn } from '../model/known.ts';
import type { Line } from '../model/line.ts';
import type { Hop } from '../model/report.ts';
import { allThings, findThing } from './look-up.ts';

/** The stations of a packet from the guest to the uplink, each with what is known of it. */
export function pathOf(nic: Nic, kase: Case): Hop[] {
  return [
    guestNic(nic),
    virtqueues(nic),
    tap(nic),
    ...firewallBridge(nic, kase),
    ...bridgeAndUplink(nic, kase),
  ];
}

function guestNic(nic: Nic): Hop {
  const { up, link } = nic.guest?.says ?? {};
  const isBroken = valueIn(up) === false || valueIn(link) === 'no-carrier';
  const isFine = valueIn(up) === true && valueIn(link) === 'active';
  const says = [
    valueIn(up) === false ? 'not UP' : '',
    valueIn(link) === 'no-carrier' ? 'no carrier' : (valueIn(link) ?? ''),
  ];
  return {
    kind: 'guest-nic',
    name: nic.guest ? nic.name : '?',
    state: isBroken ? 'broken' : isFine ? 'ok' : 'unknown',
    says: says.filter(Boolean).join(', ') || 'not seen',
    counts: [],
    at: linesOf(up, link),
  };
}

function virtqueues(nic: Nic): Hop {
  const mode = firstKnown<string>(nic.virtio?.says.interrupt, nic.guest?.says.interrupt);
  const { broken, status } = nic.host?.qemu?.says ?? {};
  const isBroken = valueIn(broken) === true || valueIn(status)?.includes('NEEDS_RESET');
  const runs = valueIn(status)?.includes('DRIVER_OK');
  return {
    kind: 'virtqueues',
    name: nic.virtio?.id ?? valueIn(nic.guest?.says.device) ?? 'device',
    state: isBroken ? 'broken' : runs ? 'ok' : 'unknown',
    says: isBroken ? 'needs reset' : (valueIn(mode) ?? (runs ? 'running' : 'not seen')),
    counts: [],
    at: linesOf(mode, status, broken),
  };
}

function tap(nic: Nic): Hop {
  const { up, link } = nic.host?.tap?.says ?? {};
  const isBroken = valueIn(up) === false || valueIn(link) === 'no-carrier';
  const says =
    valueIn(up) === false
      ? 'down'
      : valueIn(link) === 'no-carrier'
        ? 'nobody holds it'
        : valueIn(up)
          ? 'up'
          : 'not seen';
  return {
    kind: 'tap',
    name: nic.host?.tapName ?? 'tap ?',
    state: isBroken ? 'broken' : valueIn(up) === true ? 'ok' : 'unknown',
    says,
    counts: [],
    at: linesOf(up, link),
  };
}

/** Proxmox with firewall=1: tap, fwbr, fwln and fwpr before the bridge. */
function firewallBridge(nic: Nic, kase: Case): Hop[] {
  if (!nic.host?.portName?.startsWith('fwpr')) return [];
  const bridge = `fwbr${nic.host.vm}i${nic.host.index}`;
  const port = nic.host.tapName === undefined ? undefined : findThing(kase, 'host', 'port', nic.host.tapName);
  const state = port?.says.state;
  return [portHop('firewall-bridge', bridge, state)];
}

function portHop(kind: Hop['kind'], name: string, state: Known<string> | undefined): Hop {
  const word = valueIn(state);
  const isBroken = word === 'disabled' || word === 'blocking';
  return {
    kind,
    name,
    state: word === 'forwarding' ? 'ok' : isBroken ? 'broken' : 'unknown',
    says: word === undefined ? 'not seen' : `port ${word}`,
    counts: [],
    at: linesOf(state),
  };
}

function bridgeAndUplink(nic: Nic, kase: Case): Hop[] {
  const port = nic.host?.port;
  const bridge = firstKnown(
    nic.host?.portName?.startsWith('fwpr') ? port?.says.bridge : nic.host?.tap?.says.master,
    port?.says.bridge,
    nic.host?.vmNic?.says.bridge,
    nic.host?.typedNic?.says.bridge,
  );
  const name = valueIn(bridge);
  const isOutside = nic.host?.tap?.says.operstate?.state === 'known' && name === undefined;
  const middle = portHop('bridge', name ?? 'bridge ?', port?.says.state);
  const hop = isOutside ? { ...middle, state: 'broken' as const, says: 'tap is in no bridge' } : middle;
  return [{ ...hop, at: hop.at.length > 0 ? hop.at : linesOf(bridge) }, uplink(name, kase)];
}

function uplink(bridge: string | undefined, kase: Case): Hop {
  const ports = allThings(kase, 'port', 'host').filter(
    ({ id, says }) => valueIn(says.bridge) === bridge && /^(?:en|eth|bond|em|igb|ix|re|bge|veth\d)/.test(id),
  );
  const only: Thing<'port'> | undefined = bridge !== undefined && ports.length === 1 ? ports[0] : undefined;
  return portHop('uplink', only?.id ?? 'uplink ?', only?.says.state);
}

function linesOf(...values: readonly (Known<unknown> | undefined)[]): Line[] {
  return values.flatMap((value) => (value?.state === 'known' ? value.at.slice(0, 1) : []));
}
