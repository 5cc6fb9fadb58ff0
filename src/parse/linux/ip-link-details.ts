// Reads: what `ip -d link` prints below an interface's head: MAC, limits, its kind, bridge and bridge port settings.
// Printed by: iproute2 ip/ipaddress.c and the ip/iplink_*.c of each kind; captured with 6.1.
// Fixtures: fixtures/outputs/linux-6.1/ip-d-*.txt, linux-6.18/ip-d-*.txt.

import type { Row } from '../../model/line.ts';
import type { Things } from '../../model/sighting.ts';
import type { Notes } from '../reading.ts';
import type { IpLinkPlace } from './ip-link-place.ts';
import { portSwitches } from './port-switches.ts';

const KIND =
  /^(tun|bridge|veth|vlan|bond|dummy|macvlan|macvtap|ipvlan|ipvtap|vxlan|geneve|gre|gretap|ip6gre|ipip|sit|vti|wireguard|openvswitch|ifb|vrf|team|macsec|netkit)(?: (.*))?$/;
const SLAVE = /^(?:bridge|bond|team|vrf)_slave(?: |$)/;
/** Settings that every kind has; a terminal may have broken the line in front of any of them. */
const SETTING =
  /^(?:promiscuity|allmulti|minmtu|maxmtu|addrgenmode|num[tr]xqueues|[gt]so_|gro_|parentbus|parentdev|permaddr|brd [\da-f]{2}:) ?/;
const SILENT =
  /^(?:valid_lft |altname |link-netns|vf \d{1,4} |prog\/xdp |minmtu |RX: none|TX: none|\d{1,3} mac_|offload)/;
const ALIAS = /^alias (.{1,256})$/;
const LINK = /^link\/([a-z\d]{1,16})(?: (.{0,2000}))?$/;

/** Rows that belong below a head. */
export const detail =
  /^\s{0,8}(?:link\/[a-z\d]|alias |valid_lft |altname |link-netns|vf \d|prog\/xdp |(?:bridge|bond|team|vrf)_slave|promiscuity |allmulti |minmtu |maxmtu |addrgenmode |num[tr]xqueues |[gt]so_|gro_|parentbus |parentdev |permaddr |brd [\da-f]{2}:|tun type |bridge (?:forward_delay|hello_time|mcast|vlan|stp)|vlan protocol |bond mode |mac(?:vlan|vtap) +mode |vxlan id |(?:veth|dummy|openvswitch|wireguard|ifb)(?: addrgenmode|$))/;

export function readDetail(text: string, row: Row, place: IpLinkPlace, notes: Notes): boolean {
  if (place.name === '') return SILENT.test(text);
  const [, kind, settings = ''] = KIND.exec(text) ?? [];
  const [, alias] = ALIAS.exec(text) ?? [];
  if (alias !== undefined) notes.say('interface', place.name, { description: alias }, row);
  else if (LINK.test(text)) readAddressOfLink(text, row, place, notes);
  else if (kind !== undefined) readKind(kind, settings, row, place, notes);
  else if (SLAVE.test(text)) readSlave(text, row, place, notes);
  else if (!SETTING.test(text)) return SILENT.test(text);
  readSettings(text, row, place, notes);
  return true;
}

function readAddressOfLink(text: string, row: Row, place: IpLinkPlace, notes: Notes): void {
  const [, mac] = /^link\/ether ((?:[\da-f]{2}:){5}[\da-f]{2})(?: |$)/i.exec(text) ?? [];
  if (mac) notes.say('interface', place.name, { mac: mac.toLowerCase() }, row);
}

function readKind(kind: string, settings: string, row: Row, place: IpLinkPlace, notes: Notes): void {
  const says: Partial<Things['interface']> = {};
  // A tun without Ethernet belongs to a VPN, not to a VM.
  if (kind !== 'tun' || settings.startsWith('type tap')) says.driver = kind;
  const vnetHdr = wordOf(settings, 'vnet_hdr');
  if (vnetHdr) says.vnetHdr = vnetHdr === 'on';
  // Only a hypervisor asks the tap for virtio headers.
  if (says.vnetHdr) place.side = 'host';
  if (kind === 'vlan') {
    const id = wordOf(settings, 'id');
    if (id && /^\d{1,4}$/.test(id)) says.vlan = Number(id);
    if (place.peer && !/^if\d+$|^NONE$/.test(place.peer)) says.parent = place.peer;
  }
  notes.say('interface', place.name, says, row);
  if (kind === 'bridge') {
    const vlanFiltering = switchOf(settings, 'vlan_filtering');
    notes.say(
      'bridge',
      place.name,
      { driver: 'linux', vlanFiltering, stp: switchOf(settings, 'stp_state') },
      row,
    );
  }
}

function readSlave(text: string, row: Row, place: IpLinkPlace, notes: Notes): void {
  if (!text.startsWith('bridge_slave')) return;
  const { name, master } = place;
  if (master) notes.say('port', name, { bridge: master.name }, master.row);
  notes.say('port', name, { state: wordOf(text, 'state'), ...portSwitches(text) }, row);
}

/** The rest of a line of -d; `promiscuity` counts all who asked for it, packet sockets and bridges too. */
function readSettings(text: string, row: Row, place: IpLinkPlace, notes: Notes): void {
  const promiscuity = numberOf(text, 'promiscuity');
  const promisc = promiscuity === undefined ? undefined : promiscuity > 0;
  const maxMtu = numberOf(text, 'maxmtu') || undefined;
  const isVirtio = wordOf(text, 'parentbus') === 'virtio';
  const device = isVirtio ? wordOf(text, 'parentdev') : undefined;
  const driver = isVirtio ? 'virtio_net' : undefined;
  if (isVirtio) place.side ??= 'guest';
  if (promisc === undefined && maxMtu === undefined && !isVirtio) return;
  notes.say('interface', place.name, { promisc, maxMtu, driver, device }, row);
}

function switchOf(text: string, key: string): boolean | undefined {
  const value = wordOf(text, key);
  return value === undefined ? undefined : value !== '0';
}

function numberOf(text: string, key: string): number | undefined {
  const value = wordOf(text, key);
  return value !== undefined && /^\d{1,10}$/.test(value) ? Number(value) : undefined;
}

function wordOf(text: string, key: string): string | undefined {
  return new RegExp(`(?:^| )${key} {1,2}([^\\s]{1,60})(?: |$)`).exec(text)?.[1];
}
