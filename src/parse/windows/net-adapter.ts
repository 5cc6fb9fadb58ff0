// Reads: PowerShell's Get-NetAdapter (table, and `| fl`), Get-NetAdapterStatistics, Get-NetAdapterAdvancedProperty.
// Printed by: the NetAdapter module of Windows 8 to 11 and Server 2012 to 2025; the display names of netkvm's settings: virtio-win
// NetKVM/netkvm-base.txt. Fixtures: fixtures/outputs/windows-11/get-netadapter*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Offload, Things } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { driverOfModel, macOfWindows } from './adapter-model.ts';

const HEADER =
  /^Name\s{1,60}(?:InterfaceDescription\s{1,40}ifIndex\s{1,10}Status\s{1,14}MacAddress\s{1,20}LinkSpeed|ReceivedBytes\s{1,20}ReceivedUnicastPackets\s{1,20}SentBytes\s{1,20}SentUnicastPackets|DisplayName\s{1,60}DisplayValue\s{1,40}RegistryKeyword\s{1,20}RegistryValue)$/;
const DASHES = /^-{4}\s{1,60}-{4,30}(?:\s{1,60}-{4,30}){1,4}$/;
const STATUS = '(Up|Disconnected|Disabled|Not Present)';
const LISTED = new RegExp(
  `^(\\S.{0,60}?)\\s{2,60}(\\S.{2,80}?)\\s{1,30}\\d{1,5}\\s{1,8}${STATUS}\\s{1,14}((?:[\\dA-F]{2}-){5}[\\dA-F]{2}|\\s)\\s{0,20}(\\d[\\d.,]{0,6} [GMKT]?bps)?$`,
);
const COUNTED = /^(\S.{0,60}?)\s{1,60}(\d{1,20})\s{1,30}(\d{1,20})\s{1,30}(\d{1,20})\s{1,30}(\d{1,20})$/;
const PROPERTY =
  /^(\S.{0,40}?)\s{1,40}(Init\.[\w.]{3,30}|Offload\.[\w.]{3,30}|Fast Initialization|Jumbo Packet|VLan ID|Priority and VLAN tagging|Large Send Offload V2 \(IPv[46]\)|(?:TCP|UDP) Checksum Offload \(IPv[46]\)|IPv4 Checksum Offload|Mergeable Rx Buffers|Recv Segment Coalescing \(IPv[46]\)|Receive Side Scaling|Logging\.\w{4,8}|Assign MAC)\s{1,60}(\S.{0,40}?)\s{1,40}\S{1,40}\s{1,30}\{.{0,60}\}?$/;
/** A setting that is of no use here. */
const OTHER_PROPERTY = /^\S.{10,160}\s{1,30}\{.{0,60}\}?$/;
const FIELD =
  /^(Name|InterfaceAlias|InterfaceDescription|Status|MacAddress|MediaConnectionState|ifOperStatus|AdminStatus|LinkSpeed|DriverVersion|DriverFileName|DriverInformation|DriverDate|DriverProvider|MtuSize|VlanID|PermanentAddress|InterfaceIndex|ifIndex|[A-Z][\w()]{3,40})\s{0,40}: ?(.{0,200})$/;
const FIRST_FIELD =
  /^(?:Name\s{10,40}|(?:InterfaceDescription|InterfaceAlias|DriverFileName|MediaConnectionState)\s{1,40}): \S/;

export const netAdapter: Parser = {
  kind: 'windows/net-adapter',
  title: 'Get-NetAdapter of Windows',
  commands: /^(?:powershell(?:\.exe)? -Command ['"]?)?Get-NetAdapter(?:Statistics|AdvancedProperty|Rsc)?\b/i,
  begins: new RegExp(`${HEADER.source}|${FIRST_FIELD.source}`),
  continues: new RegExp(
    [DASHES, LISTED, COUNTED, PROPERTY, FIELD, /^\s{20,60}\S/, OTHER_PROPERTY]
      .map(({ source }) => source)
      .join('|'),
  ),
  top: HEADER,
  read: readNetAdapter,
};

type State = { name: string; offloads: Map<string, Offload[]> };

function readNetAdapter(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const state: State = { name: '', offloads: new Map() };
  const [first] = rows;
  if (first && netAdapter.begins.test(first.text)) notes.say('system', '', { os: 'windows' }, first);
  for (const row of rows) {
    if (HEADER.test(row.text) || DASHES.test(row.text)) continue;
    if (
      !sayListed(row, notes) &&
      !sayCounted(row, notes) &&
      !sayProperty(row, state, notes) &&
      !sayField(row, state, notes)
    )
      notes.missed(row);
  }
  return notes.done();
}

function sayListed(row: Row, notes: Notes): boolean {
  const [, name, model, status, mac = ''] = LISTED.exec(row.text) ?? [];
  if (name === undefined || model === undefined || status === undefined) return false;
  // A long description ends in dots.
  const says = { model, driver: driverOfModel(model), mac: macOfWindows(mac) };
  notes.say('interface', name, { ...says, ...stateOf(status) }, row);
  return true;
}

/** `Not Present`: a device that is gone, of which only the settings are left. */
function stateOf(status: string): Partial<Things['interface']> {
  if (status === 'Up') return { up: true, link: 'active' };
  if (status === 'Disconnected') return { up: true, link: 'no-carrier' };
  return status === 'Disabled' ? { up: false } : {};
}

function sayCounted(row: Row, notes: Notes): boolean {
  const [, of, ...values] = COUNTED.exec(row.text) ?? [];
  if (of === undefined) return false;
  for (const [index, counts] of ['rx-bytes', 'rx-packets', 'tx-bytes', 'tx-packets'].entries())
    notes.say('counter', `${of} ${counts}`, { of, counts, value: Number(values[index]) }, row);
  return true;
}

const OFFLOADS: readonly (readonly [RegExp, readonly Offload[]])[] = [
  [/^Offload\.Tx\.Checksum$/, ['tx-checksum']],
  [/^Offload\.Rx\.Checksum$/, ['rx-checksum']],
  [/^(?:Offload\.Tx\.LSO|Large Send Offload V2 \(IPv4\))$/, ['tso4']],
  [/^Large Send Offload V2 \(IPv6\)$/, ['tso6']],
  [/^Recv Segment Coalescing/, ['lro']],
  [/^(?:TCP|UDP) Checksum Offload \(IPv4\)$/, ['rx-checksum', 'tx-checksum']],
  [/^(?:TCP|UDP) Checksum Offload \(IPv6\)$/, ['rx-checksum6', 'tx-checksum6']],
];

function sayProperty(row: Row, { offloads }: State, notes: Notes): boolean {
  const [, name, setting, value = ''] = PROPERTY.exec(row.text) ?? [];
  if (name === undefined || setting === undefined) return false;
  notes.say('setting', setting, { value }, row);
  const of = OFFLOADS.find(([shape]) => shape.test(setting))?.[1];
  if (of === undefined) return true;
  const on = offloads.get(name) ?? [];
  offloads.set(name, on);
  if (!/^(?:Disabled|0)$/i.test(value)) for (const offload of of) if (!on.includes(offload)) on.push(offload);
  notes.say('interface', name, { offloads: [...on] }, row);
  return true;
}

function sayField(row: Row, state: State, notes: Notes): boolean {
  const [, field = '', value = ''] = FIELD.exec(row.text) ?? [];
  if (field === '') return /^\s{20,60}\S/.test(row.text) || OTHER_PROPERTY.test(row.text);
  if (field === 'Name' || field === 'InterfaceAlias') state.name = value.trim();
  if (state.name === '') return true;
  const says = saysOf(field, value.trim());
  if (says) notes.say('interface', state.name, says, row);
  return true;
}

function saysOf(field: string, value: string): Partial<Things['interface']> | undefined {
  if (field === 'Name') return {};
  if (field === 'InterfaceDescription') {
    const driver = driverOfModel(value);
    return { model: value, ...(driver !== undefined && { driver }) };
  }
  if (field === 'DriverFileName' && /^netkvm\.sys$/i.test(value)) return { driver: 'netkvm' };
  if (field === 'MacAddress') {
    const mac = macOfWindows(value);
    return mac === undefined ? undefined : { mac };
  }
  if (field === 'Status') return stateOf(value);
  if (field === 'MtuSize' && /^\d{2,6}$/.test(value)) return { mtu: Number(value) };
  return undefined;
}
