// Reads: `ovs-vsctl list port|interface|bridge [NAME]`: tag, trunks, vlan_mode, error, link, MAC, counters, fail_mode.
// Printed by: Open vSwitch lib/table.c (style list: `column              : value`); ovs-vswitchd.conf.db(5).
// Fixtures: fixtures/outputs/openvswitch-3.1/ovs-vsctl-list-*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { sayAccess, sayTrunk, vlansOf } from './port-vlans.ts';

const COLUMN = /^([a-z_]{2,30}) {0,24}: (.{0,1500})$/;
/** Records are apart by an empty row; each begins with its _uuid. */
const FIRST = /^_uuid {0,20}: [\da-f-]{36}$/;

export const ovsList: Parser = {
  kind: 'openvswitch/list',
  title: 'ovs-vsctl list',
  side: 'host',
  commands:
    /^(?:\/usr\/bin\/)?ovs-vsctl (?:-{1,2}\S{1,30} ){0,4}list (?:[Pp]ort|[Ii]nterface|[Bb]ridge|[Bb]r)\b/,
  begins: FIRST,
  continues: /^[a-z_]{2,30} {1,24}: .{0,1500}$/,
  top: FIRST,
  read: readList,
};

type Columns = Map<string, { value: string; row: Row }>;

function readList(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const records: Columns[] = [];
  for (const row of rows) {
    const [, column, value = ''] = COLUMN.exec(row.text) ?? [];
    if (column === undefined) notes.missed(row);
    else if (column === '_uuid' || records.length === 0) records.push(new Map([[column, { value, row }]]));
    else records.at(-1)?.set(column, { value, row });
  }
  for (const record of records) sayRecord(record, notes);
  return notes.done();
}

function sayRecord(record: Columns, notes: Notes): void {
  const name = textIn(record, 'name');
  const row = record.get('name')?.row;
  if (name === undefined || row === undefined) return;
  if (record.has('vlan_mode') || record.has('trunks')) sayPort(name, record, notes);
  if (record.has('mac_in_use') || record.has('link_state')) sayInterface(name, record, notes);
  if (record.has('fail_mode')) {
    const mode = textIn(record, 'fail_mode');
    notes.say(
      'bridge',
      name,
      { driver: 'ovs', failMode: mode === 'secure' ? 'secure' : 'standalone' },
      record.get('fail_mode')?.row ?? row,
    );
  }
}

/** ovs-vswitchd.conf.db(5): with a tag and no mode `access`, without both `trunk`; native-* take the tag for untagged frames. */
function sayPort(name: string, record: Columns, notes: Notes): void {
  const tag = record.get('tag');
  const trunks = record.get('trunks');
  const mode = textIn(record, 'vlan_mode');
  const vlan = /^\d{1,4}$/.test(tag?.value ?? '') ? Number(tag?.value) : undefined;
  if (tag && vlan !== undefined && (mode === undefined || mode === 'access'))
    sayAccess(name, vlan, tag.row, notes);
  else if (trunks) {
    const isNative = mode === 'native-untagged' || mode === 'native-tagged';
    sayTrunk(name, vlansOf(trunks.value), trunks.row, notes, isNative ? (vlan ?? 0) : 0);
  }
}

function sayInterface(name: string, record: Columns, notes: Notes): void {
  const link = record.get('link_state');
  const up = record.get('admin_state');
  const mtu = record.get('mtu');
  const error = textIn(record, 'error');
  const statistics = record.get('statistics');
  const guest = record.get('external_ids');
  const number = record.get('ofport');
  if (number && /^\d{1,5}$/.test(number.value.trim()))
    notes.say('port', name, { number: Number(number.value) }, number.row);
  if (link && textIn(record, 'link_state'))
    notes.say(
      'interface',
      name,
      { link: textIn(record, 'link_state') === 'up' ? 'active' : 'no-carrier' },
      link.row,
    );
  if (up && textIn(record, 'admin_state'))
    notes.say('interface', name, { up: textIn(record, 'admin_state') === 'up' }, up.row);
  if (mtu && /^\d{2,5}$/.test(mtu.value)) notes.say('interface', name, { mtu: Number(mtu.value) }, mtu.row);
  if (error !== undefined)
    notes.say(
      'port',
      name,
      { error },
      record.get('error')?.row ?? (record.values().next().value as { row: Row }).row,
    );
  if (statistics) sayCounters(name, statistics.value, statistics.row, notes);
  const [, mac] = /attached-mac="?((?:[\da-f]{2}:){5}[\da-f]{2})/i.exec(guest?.value ?? '') ?? [];
  if (mac !== undefined && guest)
    notes.say(
      'vmNic',
      `libvirt /${mac.toLowerCase()}`,
      { manager: 'libvirt', mac: mac.toLowerCase(), tap: name },
      guest.row,
    );
}

const COUNTERS: Readonly<Record<string, string>> = {
  rx_packets: 'rx-packets',
  tx_packets: 'tx-packets',
  rx_errors: 'rx-errors',
  tx_errors: 'tx-errors',
  rx_dropped: 'rx-drops',
  tx_dropped: 'tx-drops',
};

function sayCounters(of: string, text: string, row: Row, notes: Notes): void {
  for (const [, key = '', value] of text.matchAll(/\b([a-z_]{4,24})=(\d{1,18})/g)) {
    const counts = COUNTERS[key];
    if (counts !== undefined)
      notes.say('counter', `${of} ${counts}`, { of, counts, value: Number(value) }, row);
  }
}

/** A value without its quotes; `[]` is none. */
function textIn(record: Columns, column: string): string | undefined {
  const value = record.get(column)?.value.trim().replace(/^"|"$/g, '');
  return value === undefined || value === '' || value === '[]' ? undefined : value;
}
