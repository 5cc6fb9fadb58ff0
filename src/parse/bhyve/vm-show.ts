// Reads: `vm info` and `vm switch info` of vm-bhyve: each VM's NICs, and each switch's ports.
// Printed by: vm-bhyve lib/vm-info, info::guest_show() and info::switch_show() (1.1 to 1.6).
// Fixtures: fixtures/outputs/bhyve-1.6/vm-info*.txt, vm-switch-info.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const TITLE = /^\s{0,8}Virtual (Machine|Switch): ([\w.-]{1,64})$/;
const RULE = /^\s{0,8}-{24}$/;
const BLOCK =
  /^\s{0,8}(network-interface|virtual-port|virtual-disk|console-ports|snapshots|clone-origin|virtual-console)$/;
/** A key of any block; what is printed of NICs and ports is read. */
const KEY =
  /^\s{0,12}(state|datastore|loader|uuid|cpu|cpu-topology|memory|memory-resident|number|emulation|virtual-switch|fixed-mac-address|fixed-device|active-device|desc|mtu|bridge|bytes-in|bytes-out|type|ident|vlan|nat|physical-ports|device|vm|device-type|options|system-path|bytes-size|bytes-used|com\d|vnc|vtcon\d):\s{0,4}(.{0,300})$/;
const OF_NICS = /^\s{0,12}(?:fixed-mac-address|active-device|physical-ports|virtual-switch): /;

export const vmShow: Parser = {
  kind: 'bhyve/vm-info',
  title: 'vm-bhyve vm info',
  side: 'host',
  commands: /^(?:\/usr\/local\/sbin\/)?vm (?:info|switch info)\b/,
  begins: new RegExp(`${TITLE.source}|^\\s{0,8}network-interface$|${OF_NICS.source}`),
  continues: new RegExp(`${RULE.source}|${BLOCK.source}|${KEY.source}|^\\s{0,8}\\S{1,200}@\\S{1,80}\\s`),
  leads: RULE,
  read: readVmShow,
};

type At = { block: string; vm: string; switch: string; index: number; bridge: string; hasTap: boolean };

function readVmShow(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  if (rows[0]) notes.say('system', '', { os: 'freebsd' }, rows[0]);
  const at: At = { block: '', vm: '', switch: '', index: 0, bridge: '', hasTap: true };
  for (const row of rows) {
    const [, kind, name = ''] = TITLE.exec(row.text) ?? [];
    const block = BLOCK.exec(row.text)?.[1];
    const [, key, value = ''] = KEY.exec(row.text) ?? [];
    if (kind === 'Machine') Object.assign(at, { block: 'vm', vm: name, switch: '', bridge: '' });
    else if (kind === 'Switch') Object.assign(at, { block: 'switch', vm: '', switch: name, bridge: '' });
    else if (block !== undefined) at.block = block;
    else if (key !== undefined) readKey(key, value.trim(), at, row, notes);
    else if (!RULE.test(row.text) && !vmShow.continues.test(row.text)) notes.missed(row);
  }
  return notes.done('host');
}

function readKey(key: string, value: string, at: At, row: Row, notes: Notes): void {
  if (at.block === 'network-interface' || (at.block === '' && OF_NICS.test(row.text)))
    readNic(key, value, at, row, notes);
  else if (at.block === 'switch' || at.block === 'virtual-port') readSwitch(key, value, at, row, notes);
  else if (at.block === 'vm' && key === 'state') {
    // `running (4711)`, `stopped`, `locked (host)`
    const status = /^[a-z]{1,12}/.exec(value)?.[0];
    notes.say('vm', at.vm, { name: at.vm, manager: 'bhyve', status }, row);
  }
}

/** `-` stands for nothing. `active-device` is printed for a running VM only; without one, mtu and bridge below it mean nothing. */
function readNic(key: string, value: string, at: At, row: Row, notes: Notes): void {
  if (key === 'number') {
    at.index = /^\d{1,3}$/.test(value) ? Number(value) : 0;
    at.hasTap = true;
  }
  if (key === 'active-device') at.hasTap = value !== '-';
  const id = `${at.vm}/net${at.index}`;
  const own = { manager: 'bhyve' as const, index: at.index, ...(at.vm && { vm: at.vm }) };
  const isSet = value !== '' && value !== '-';
  if (key === 'emulation' && isSet) notes.say('vmNic', id, { ...own, model: value }, row);
  else if (key === 'fixed-mac-address' && /^(?:[\da-f]{2}:){5}[\da-f]{2}$/i.test(value))
    notes.say('vmNic', id, { ...own, mac: value.toLowerCase() }, row);
  else if (key === 'virtual-switch' && isSet) notes.say('vmNic', id, { ...own, switch: value }, row);
  else if (key === 'bridge' && isSet && at.hasTap) notes.say('vmNic', id, { ...own, bridge: value }, row);
  else if (key === 'mtu' && at.hasTap && /^\d{3,5}$/.test(value))
    notes.say('vmNic', id, { ...own, mtu: Number(value) }, row);
  else if (key === 'active-device' && isSet)
    notes.say('vmNic', id, { ...own, tap: value, attached: true }, row);
  else if (key === 'active-device') notes.say('vmNic', id, { ...own, attached: false }, row);
}

function readSwitch(key: string, value: string, at: At, row: Row, notes: Notes): void {
  if (key === 'ident' && value !== '-') {
    at.bridge = value;
    notes.say('vmSwitch', at.switch, { bridge: value }, row);
    notes.say('bridge', value, { driver: 'bridge', membersListed: true }, row);
  } else if (key === 'physical-ports' && value !== '-' && at.bridge !== '') {
    for (const port of value.split(/[ ,]{1,4}/).filter(Boolean))
      notes.say('port', port, { bridge: at.bridge }, row);
  } else if (key === 'device' && value !== '-' && at.bridge !== '')
    notes.say('port', value, { bridge: at.bridge }, row);
  else if (/^bytes-(?:in|out)$/.test(key)) {
    const counted = /^\d{1,18}/.exec(value)?.[0];
    const counts = key === 'bytes-in' ? 'rx-bytes' : 'tx-bytes';
    if (counted !== undefined && at.bridge !== '')
      notes.say('counter', `${at.bridge} ${counts}`, { of: at.bridge, counts, value: Number(counted) }, row);
  }
}
