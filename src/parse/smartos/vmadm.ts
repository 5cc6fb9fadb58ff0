// Reads: `vmadm get UUID`, whole or only its nics (`| json nics`): MAC, VLAN, model, and the spoofing that is allowed.
// Printed by: SmartOS src/vm/sbin/vmadm.js (JSON, one key a line); vmadm(8): allow_*_spoofing are false where they are not told.
// Fixtures: fixtures/outputs/smartos-2023/vmadm-*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const KEY = /^\s{0,24}"([\w.-]{1,60})": (.{1,400}?),?$/;
const BRACKET = /^\s{0,24}[[\]{}]{1,3},?$/;
const ITEM = /^\s{0,24}"[^"]{0,200}",?$/;

export const vmadm: Parser = {
  kind: 'smartos/vmadm',
  title: 'vmadm get',
  side: 'host',
  commands: /^vmadm get\b/,
  begins:
    /^\s{0,24}"(?:nic_tag": "[\w./]{1,40}"|interface": "net\d{1,3}"|nics": \[|zonepath": "|allow_(?:ip|mac|dhcp)_spoofing": )/,
  continues: new RegExp([KEY, BRACKET, ITEM].map(({ source }) => source).join('|')),
  leads: new RegExp(
    `${BRACKET.source}|^\\s{0,24}"(?:interface|mac|uuid|alias|brand|zonename|vlan_id|ip|model)": `,
  ),
  read: readVmadm,
};

type Draft = { values: Map<string, string>; row: Row };

function readVmadm(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let vm = '';
  let nic: Draft | undefined;
  for (const row of rows) {
    const [, key, value = ''] = KEY.exec(row.text) ?? [];
    if (/^\s{0,24}\{$/.test(row.text)) nic = { values: new Map(), row };
    else if (/^\s{0,24}\},?$/.test(row.text)) {
      if (nic) sayNic(vm, nic, notes);
      nic = undefined;
    } else if (key !== undefined) {
      const text = value.replace(/^"|"$/g, '');
      if (key === 'alias' || key === 'uuid') {
        vm = key === 'alias' || vm === '' ? text : vm;
        notes.say('vm', vm, { name: vm, manager: 'smartos' }, row);
      }
      nic?.values.set(key, text);
      if (nic && (key === 'mac' || key === 'interface')) nic.row = row;
    } else if (!BRACKET.test(row.text) && !ITEM.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

/** Only a NIC that was shown to its end can be said to allow nothing. */
function sayNic(vm: string, { values, row }: Draft, notes: Notes): void {
  const mac = values.get('mac')?.toLowerCase();
  if (mac === undefined || !/^(?:[\da-f]{2}:){5}[\da-f]{2}$/.test(mac)) return;
  const [, index] = /^net(\d{1,3})$/.exec(values.get('interface') ?? '') ?? [];
  const vlan = values.get('vlan_id');
  const mtu = values.get('mtu');
  notes.say(
    'vmNic',
    `smartos ${vm}/${mac}`,
    {
      vm: vm || undefined,
      manager: 'smartos',
      index: index === undefined ? undefined : Number(index),
      mac,
      model: values.get('model'),
      tag: vlan !== undefined && /^[1-9]\d{0,3}$/.test(vlan) ? Number(vlan) : undefined,
      mtu: mtu !== undefined && /^\d{2,5}$/.test(mtu) ? Number(mtu) : undefined,
      macGuard: !isOn(values.get('allow_mac_spoofing')),
      addressGuard: !isOn(values.get('allow_ip_spoofing')),
    },
    row,
  );
}

function isOn(value: string | undefined): boolean {
  return value === 'true' || value === '1';
}
