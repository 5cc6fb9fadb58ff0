// Reads: `nmcli device status`, `networkctl list`, and `ha network info` of Home Assistant OS: which connection each interface has.
// Printed by: NetworkManager src/nmcli/devices.c; systemd src/network/networkctl.c; home-assistant/cli (YAML).
// Fixtures: fixtures/outputs/linux-6.1/nmcli-device.txt, networkctl.txt, ha-network-info.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const NMCLI_HEAD = /^DEVICE\s{2,20}TYPE\s{2,20}STATE\s{2,40}CONNECTION$/;
const NMCLI =
  /^([a-zA-Z][\w.-]{0,14})\s{2,20}(ethernet|bridge|loopback|wifi|vlan|bond|tun|dummy|veth|wireguard)\s{2,20}(connected|disconnected|unavailable|unmanaged|connecting)(?: \(.{1,60}\))?\s{1,40}(\S.{0,60})$/;
const NETWORKCTL_HEAD = /^IDX LINK\s{1,20}TYPE\s{1,20}OPERATIONAL SETUP$/;
const NETWORKCTL =
  /^\s{0,5}\d{1,5} ([a-zA-Z][\w.-]{0,14})\s{1,20}(ether|loopback|bridge|vlan|bond|none)\s{1,20}(off|no-carrier|dormant|degraded-carrier|carrier|degraded|enslaved|routable|n\/a)\s{1,20}(configured|configuring|unmanaged|failed|pending|initialized|linger)$/;
const HA = /^\s{0,8}(?:- )?(connected|enabled|interface|mac|primary|type): {0,2}(\S{0,40})$/;
const HA_OTHER =
  /^\s{0,8}(?:- \S{1,60}|(?:docker|interfaces|ipv4|ipv6|wifi|vlan|dns|nameservers|address|gateway|host_internet|supervisor_internet|method|ready|addr_gen_mode|ip6_privacy|mdns|llmnr|route_metric): {0,2}.{0,80}|\d{1,4} links listed\.)$|^\s{0,8}(?:docker|interfaces|ipv4|ipv6|wifi|vlan|address|nameservers|dns):$/;

export const nmcli: Parser = {
  kind: 'linux/network-manager',
  title: 'nmcli, networkctl or ha network info',
  commands: /^(?:nmcli\b|networkctl(?: list| status)?$|ha network info\b)/,
  begins: new RegExp(
    `${NMCLI_HEAD.source}|${NETWORKCTL_HEAD.source}|^host_internet: |^- connected: (?:true|false)$|^\\s{2}interface: hassio$`,
  ),
  continues: new RegExp([NMCLI, NETWORKCTL, HA, HA_OTHER].map(({ source }) => source).join('|')),
  leads: /^docker:$|^\s{2}(?:address|dns|gateway): \S{1,40}$/,
  side: 'guest',
  read: readNetworkManager,
};

function readNetworkManager(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  let name = '';
  let held: { connected?: Row; enabled?: Row } = {};
  for (const row of rows) {
    const [, key, value = ''] = HA.exec(row.text) ?? [];
    if (/^\s{0,4}- /.test(row.text) && key !== undefined) {
      name = '';
      held = {};
    }
    if (key === 'connected' && value === 'false') held.connected = row;
    if (key === 'enabled' && value === 'false') held.enabled = row;
    if (key === 'interface' && value !== 'hassio') {
      name = value;
      notes.say('interface', name, {}, row);
      const idle = held.enabled ?? held.connected;
      if (idle) sayIdle(name, idle, notes);
    } else if (key === 'mac' && name !== '') notes.say('interface', name, { mac: value.toLowerCase() }, row);
    else if (key === undefined && !readListing(row, notes) && !HA_OTHER.test(row.text)) notes.missed(row);
  }
  return notes.done('guest');
}

/** No profile of the network manager fits this interface. */
function sayIdle(name: string, row: Row, notes: Notes): void {
  notes.say('message', `no-profile ${name}`, { code: 'no-profile', device: name, text: row.text }, row);
}

function readListing(row: Row, notes: Notes): boolean {
  const [, name, type, state, connection] = NMCLI.exec(row.text) ?? [];
  if (name !== undefined) {
    if (type === 'ethernet') notes.say('interface', name, {}, row);
    if (type === 'ethernet' && state === 'disconnected' && connection === '--') sayIdle(name, row, notes);
    return true;
  }
  const [, link, kind, operational, setup] = NETWORKCTL.exec(row.text) ?? [];
  if (link !== undefined) {
    const says = operational === 'off' ? { up: false } : operational === 'no-carrier' ? { up: true } : {};
    if (kind === 'ether') notes.say('interface', link, says, row);
    if (kind === 'ether' && setup === 'unmanaged' && operational === 'off') sayIdle(link, row, notes);
    return true;
  }
  return NMCLI_HEAD.test(row.text) || NETWORKCTL_HEAD.test(row.text);
}
