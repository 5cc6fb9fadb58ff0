// Reads: netplan's YAML (`/etc/netplan/*.yaml`, `netplan get`) and cloud-init's network configuration, version 1 and 2: name, MAC match, addresses.
// Printed by: netplan's own reference (netplan.readthedocs.io, netplan-yaml); cloud-init docs, network-config-format-v1.
// Fixtures: fixtures/outputs/linux-6.1/netplan*.txt, cloud-network-v1.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';

const TOP =
  /^(?:network:(?: \{config: disabled\})?|\s{0,4}(?:ethernets|bridges|vlans|bonds):|config:|\s{0,4}renderer: (?:networkd|NetworkManager))$/;
const KEYS =
  'network|version|renderer|ethernets|bridges|vlans|bonds|wifis|config|match|macaddress|mac_address|name|driver|set-name|dhcp4|dhcp6|dhcp-identifier|dhcp4-overrides|dhcp6-overrides|accept-ra|addresses|gateway4|gateway6|routes|to|via|metric|on-link|nameservers|search|mtu|optional|wakeonlan|link-local|critical|interfaces|parameters|stp|forward-delay|id|link|type|subnets|address|netmask|gateway|dns_nameservers|dns_search|control|use-dns|use-routes|use-domains|route-metric|emit-lldp|mode|openvswitch|addressing|activation-mode|ipv6-privacy|virtualfunctions|receive-checksum-offload|transmit-checksum-offload|tcp-segmentation-offload|tcp6-segmentation-offload|generic-segmentation-offload|generic-receive-offload|large-receive-offload';
const KEY = new RegExp(`^(\\s{0,20})(- )?["']?(${KEYS})["']?:(?:\\s{1,4}(\\S.{0,200}))?$`);
/** A name of an interface, indented below its kind. */
const ENTRY = /^(\s{1,12})["']?([a-zA-Z][\w.-]{0,30})["']?:$/;
const ITEM = /^\s{0,20}- {1,4}["']?(?:[\da-fA-F.:]{2,45}(?:\/\d{1,3})?|[\w.-]{1,60})["']?:?$/;
const COMMENT = /^\s{0,20}#/;

export const netplan: Parser = {
  kind: 'linux/netplan',
  title: 'netplan or cloud-init network configuration',
  commands:
    /^(?:sudo )?(?:netplan get|(?:cat|less|more) (?:\S{0,60}\/)?(?:netplan\/\S{1,60}|network-config|network-data\S{0,10}|50-cloud-init\.yaml))/,
  begins: TOP,
  continues: new RegExp([KEY, ENTRY, ITEM, COMMENT].map(({ source }) => source).join('|')),
  top: /^network:/,
  read: readNetplan,
};

type Entry = { name: string; row: Row; indent: number; says: Partial<Things['interfaceFile']>; kind: string };

function readNetplan(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const path = /(\/etc\/netplan\/[\w.-]{1,60}|\/\S{0,60}network-(?:config|data)\S{0,10})/.exec(command)?.[1];
  const entries: Entry[] = [];
  let kind = '';
  let list = '';
  for (const row of rows) {
    const [, indent = '', dash, key = '', value = ''] = KEY.exec(row.text) ?? [];
    const entry = entries.at(-1);
    if (/^(?:ethernets|bridges|vlans|bonds|wifis)$/.test(key) && value === '') kind = key;
    else if (key === 'type' && dash && /^(?:physical|bridge|vlan|bond|nameserver|route)$/.test(value)) {
      entries.push({ name: '', row, indent: indent.length, says: {}, kind: value });
    } else if (key !== '') {
      list = value === '' ? key : '';
      readKey(entry, key, unquote(value), row);
    } else if (ITEM.test(row.text)) readItem(entry, list);
    else {
      const [, margin = '', name] = ENTRY.exec(row.text) ?? [];
      if (name !== undefined && kind !== '')
        entries.push({ name, row, indent: margin.length, says: {}, kind });
      else if (!COMMENT.test(row.text) && !TOP.test(row.text)) notes.missed(row);
    }
  }
  for (const entry of entries) sayEntry(entry, path, notes);
  return notes.done();
}

function readKey(entry: Entry | undefined, key: string, value: string, row: Row): void {
  if (!entry) return;
  const { says } = entry;
  if (key === 'macaddress' || key === 'mac_address') {
    if (/^(?:[\da-fA-F]{2}:){5}[\da-fA-F]{2}$/.test(value)) says.mac = value.toLowerCase();
    entry.row = { text: row.text, at: [...entry.row.at, ...row.at] };
  } else if (key === 'set-name') says.setName = value;
  else if (key === 'name' && entry.name === '') entry.name = value;
  else if (/^dhcp[46]$/.test(key) && /^(?:true|yes|on)$/.test(value)) says.asks = 'autoconf';
  else if (key === 'type' && /^dhcp[46]?$/.test(value)) says.asks = 'autoconf';
  else if (key === 'type' && /^static6?$/.test(value)) says.asks = 'static';
  else if (key === 'addresses' && value !== '' && value !== '[]') says.asks = 'static';
  else if (key === 'mtu' && /^\d{2,5}$/.test(value)) says.mtu = Number(value);
}

function readItem(entry: Entry | undefined, list: string): void {
  if (entry && list === 'addresses' && entry.says.asks === undefined) entry.says.asks = 'static';
}

function sayEntry({ name, says, kind, row }: Entry, path: string | undefined, notes: Notes): void {
  if (kind !== 'ethernets' && kind !== 'physical') return;
  const id = says.setName ?? name;
  if (id === '') return;
  const asks = says.asks ?? 'nothing';
  notes.say('interfaceFile', id, { up: true, ...says, asks, path: path ?? 'netplan' }, row);
}

function unquote(value: string): string {
  return value.replace(/^["'](.{0,200})["']$/, '$1').replace(/\s{1,4}#.{0,200}$/, '');
}
