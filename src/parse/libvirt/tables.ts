// Reads: `virsh domiflist`, `list`, `net-list`, `net-dhcp-leases`, `domifaddr`, and the answer of `domif-getlink`.
// Printed by: libvirt tools/virsh-domain-monitor.c, virsh-network.c, vsh-table.c (since 4.8, a blank in front); older ones pad with printf.
// Fixtures: fixtures/outputs/libvirt-9.0/*.txt, libvirt-1.3/*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const MAC = '(?:[\\da-f]{2}:){5}[\\da-f]{2}';
const HEAD =
  /^ ?(?:Interface +Type +Source +Model +MAC|Id +Name +State|Name +State +Autostart(?: +Persistent)?|Name +MAC address +Protocol +Address|Expiry Time +MAC address +Protocol +IP address.{0,80})$/;
const RULER = /^-{20,200}$/;
const INTERFACE = new RegExp(
  `^ ?(\\S{1,40}) {1,40}(bridge|network|user|ethernet|direct|hostdev|vhostuser|vdpa|server|client|mcast|udp|internal|null|vds) {1,40}(\\S{1,80}) {1,40}([\\w-]{1,30}) {1,40}(${MAC})$`,
);
const DOMAIN =
  /^ ?(\d{1,6}|-) {1,20}(\S{1,80}) {1,80}(running|idle|paused|in shutdown|shut off|crashed|pmsuspended|no state|dying)$/;
const NETWORK = /^ ?(\S{1,60}) {1,60}(active|inactive) {1,20}(yes|no|no autostart)(?: {1,20}(yes|no))?$/;
const LEASE = new RegExp(
  `^ ?(?:\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d {1,20})?(${MAC}) {1,20}(?:ipv4|ipv6) {1,20}([\\da-f.:]{3,45})\\/\\d{1,3} {1,40}\\S.{0,160}$`,
);
const ADDRESS = new RegExp(
  `^ ?(\\S{1,20}) {1,20}(${MAC}|-) {1,20}(?:ipv4|ipv6|N/A) {1,20}([\\da-f.:]{3,45}|N/A)(?:\\/\\d{1,3})?$`,
);
const LINK = new RegExp(`^ ?(\\S{1,16}|${MAC}) (up|down|default)$`);
/** Without the command above it only a name that libvirt gives is sure to be an answer. */
const BARE_LINK = /^ ?vnet\d{1,5} (?:up|down)$/;

export const virshTables: Parser = {
  kind: 'libvirt/tables',
  title: 'virsh',
  side: 'host',
  commands: /^virsh\b.{0,120}\b(?:domiflist|domif-getlink|domifaddr|list|net-list|net-dhcp-leases)\b/,
  begins: new RegExp([HEAD, INTERFACE, BARE_LINK].map(({ source }) => source).join('|')),
  continues: new RegExp([RULER, DOMAIN, NETWORK, LEASE, ADDRESS, LINK].map(({ source }) => source).join('|')),
  top: HEAD,
  read: readTables,
};

function readTables(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const [, vm = ''] =
    /\b(?:domiflist|domif-getlink)(?: --?[a-z]{1,20}){0,3} ([a-zA-Z_][\w.+@-]{0,79})/.exec(command) ?? [];
  const isSaved = /--(?:config|persistent)\b/.test(command);
  for (const row of rows) {
    const isRead =
      readInterface(row, vm, notes) ||
      readLink(row, vm, isSaved, notes) ||
      readOther(row, notes) ||
      HEAD.test(row.text);
    if (!isRead && !RULER.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

/** A VM that does not run has no interface: `-`. */
function readInterface(row: Row, vm: string, notes: Notes): boolean {
  const [, name, type, source = '-', model = '-', mac] = INTERFACE.exec(row.text) ?? [];
  if (name === undefined || mac === undefined) return false;
  const says = {
    vm: vm || undefined,
    manager: 'libvirt' as const,
    backend: type === 'vhostuser' ? 'vhost-user' : type,
    tap: name === '-' ? undefined : name,
    model: model === '-' ? undefined : model,
    mac,
    ...(source !== '-' && sourceOf(type ?? '', source)),
  };
  notes.say('vmNic', `libvirt ${vm}/${mac}`, says, row);
  return true;
}

function sourceOf(type: string, source: string) {
  if (type === 'bridge') return { bridge: source };
  if (type === 'network') return { network: source };
  return type === 'direct' ? { parent: source } : type === 'vhostuser' ? { socket: source } : {};
}

/** What a saved configuration says is not yet so: it is left out. */
function readLink(row: Row, vm: string, isSaved: boolean, notes: Notes): boolean {
  const [, name, state] = LINK.exec(row.text) ?? [];
  if (name === undefined) return false;
  if (isSaved) return true;
  const isMac = /^(?:[\da-f]{2}:){5}/.test(name);
  const says = { ...(isMac ? { mac: name } : { tap: name }), linkDown: state === 'down', isLive: true };
  notes.say('vmNic', `libvirt ${vm}/${name}`, { vm: vm || undefined, manager: 'libvirt', ...says }, row);
  return true;
}

function readOther(row: Row, notes: Notes): boolean {
  const [, , name, status] = DOMAIN.exec(row.text) ?? [];
  if (name !== undefined) {
    notes.say('vm', name, { name, status, manager: 'libvirt' }, row);
    return true;
  }
  const [, network, state, autostart] = NETWORK.exec(row.text) ?? [];
  if (network !== undefined) {
    notes.say('virtualNetwork', network, { active: state === 'active', autostart: autostart === 'yes' }, row);
    return true;
  }
  const [, mac, address] = LEASE.exec(row.text) ?? [];
  if (mac !== undefined && address !== undefined) {
    notes.say('dhcpLease', `${mac} ${address}`, { mac, address, offered: true, accepted: true }, row);
    return true;
  }
  const [, tap, guest, at] = ADDRESS.exec(row.text) ?? [];
  if (tap === undefined) return false;
  if (guest !== '-' && at !== 'N/A')
    notes.say('neighbor', `${at} ${guest}`, { interface: tap, address: at, mac: guest }, row);
  return true;
}
