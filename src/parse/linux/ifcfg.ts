// Reads: ifcfg-eth0 of Red Hat and SUSE, and udev's 70-persistent-net.rules: name, MAC, how it gets its address.
// Printed by: initscripts sysconfig.txt; ifcfg(5) of wicked; systemd rule_generator.functions (before 197). Fixtures: fixtures/outputs/linux-2.6/ifcfg*.txt, persistent-net.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';

const BEGINS = /^(?:DEVICE|HWADDR|BOOTPROTO|ONBOOT|STARTMODE)=["']?[\w.:-]{1,40}["']?$/;
const KEY =
  /^(?:#.{0,200}|([A-Z][A-Z0-9_]{1,30})=(?:"(.{0,200}?)"|'(.{0,200}?)'|(\S{0,200})))\s{0,4}(?:#.{0,200})?$/;
const UDEV =
  /^SUBSYSTEM=="net", .{0,200}?ATTR(?:S)?\{address\}=="((?:[\da-fA-F]{2}:){5}[\da-fA-F]{2})".{0,200}?NAME="([\w.-]{1,15})"$/;
const FILE = /^(?:\S{0,80}\/)?ifcfg-([\w.-]{1,15}):?$/;

export const ifcfg: Parser = {
  kind: 'linux/ifcfg',
  title: 'ifcfg file',
  commands: /^(?:cat|less|more) (?:\S{0,60}\/)?(?:ifcfg-[\w.*-]{1,20}|70-persistent-net\.rules)/,
  begins: new RegExp(`${BEGINS.source}|${UDEV.source}`),
  continues: KEY,
  read: readIfcfg,
};

function readIfcfg(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const named = FILE.exec(command.split(' ').at(-1) ?? '')?.[1] ?? '';
  let keys = new Map<string, { value: string; row: Row }>();
  for (const row of rows) {
    const [, mac, name] = UDEV.exec(row.text) ?? [];
    const [, key, ...values] = KEY.exec(row.text) ?? [];
    if (mac !== undefined && name !== undefined) {
      const says = { mac: mac.toLowerCase(), setName: name, path: '70-persistent-net.rules' };
      notes.say('interfaceFile', name, says, row);
    } else if (key !== undefined) {
      // The same key again begins the next file.
      if (keys.has(key) && (key === 'DEVICE' || key === 'BOOTPROTO')) {
        sayFile(keys, named, notes);
        keys = new Map();
      }
      keys.set(key, { value: values.find((value) => value !== undefined) ?? '', row });
    } else if (!row.text.startsWith('#')) notes.missed(row);
  }
  sayFile(keys, named, notes);
  return notes.done();
}

function sayFile(keys: ReadonlyMap<string, { value: string; row: Row }>, named: string, notes: Notes): void {
  const device = keys.get('DEVICE') ?? keys.get('NAME');
  const name = device?.value ?? named;
  const first = keys.get('HWADDR') ?? device ?? [...keys.values()][0];
  if (!/^[a-zA-Z][\w.-]{0,14}$/.test(name) || !first) return;
  if (/^(?:Bridge|Vlan|Bond)$/i.test(keys.get('TYPE')?.value ?? '')) return;
  const mac = (keys.get('HWADDR') ?? keys.get('MACADDR'))?.value.toLowerCase();
  const says: Partial<Things['interfaceFile']> = { path: `ifcfg-${name}`, asks: asked(keys) };
  if (mac && /^(?:[\da-f]{2}:){5}[\da-f]{2}$/.test(mac) && keys.has('HWADDR')) says.mac = mac;
  const start = keys.get('ONBOOT')?.value ?? keys.get('STARTMODE')?.value;
  if (start) says.up = /^(?:yes|auto|onboot|hotplug)$/i.test(start);
  const at = [...new Set([...first.row.at, ...(device?.row.at ?? [])])] as unknown as Row['at'];
  notes.say('interfaceFile', name, says, { text: first.row.text, at });
}

function asked(keys: ReadonlyMap<string, { value: string }>): 'autoconf' | 'static' | 'nothing' {
  if (/^(?:dhcp|bootp|dhcp4)/i.test(keys.get('BOOTPROTO')?.value ?? '')) return 'autoconf';
  return keys.has('IPADDR') || keys.has('IPADDR0') ? 'static' : 'nothing';
}
