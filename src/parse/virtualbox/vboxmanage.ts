// Reads: `VBoxManage showvminfo VM` (also --machinereadable) and `VBoxManage guestproperty enumerate VM`: each NIC's MAC, type, attachment, cable.
// Printed by: VirtualBox src/VBox/Frontends/VBoxManage/VBoxManageInfo.cpp, VBoxManageGuestProp.cpp; 5 to 7.
// Fixtures: fixtures/outputs/virtualbox-7.0/*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const NIC =
  /^NIC (\d{1,2}):\s{1,30}(?:disabled|MAC: ([\dA-F]{12}), Attachment: (.{1,80}?), Cable connected: (on|off),.{0,40}? Type: ([\w-]{1,20}),.{0,200})$/;
const SETTINGS = /^NIC \d{1,2} (?:Settings|Rule\(\d{1,3}\)):.{0,200}$/;
/** What else a VM has. */
const OTHER = /^[A-Z][\w ()/.-]{1,40}:(?:\s.{0,200})?$|^[a-zA-Z][\w.-]{1,40}=".{0,200}"$/;
const NAME = /^(?:Name:\s{1,30}|name=")(\S.{0,80}?)"?$/;
const PAIR =
  /^(nic|nictype|macaddress|cableconnected|bridgeadapter|hostonlyadapter|nicspeed|mtu|sockSnd|sockRcv|tcpWndSnd|tcpWndRcv|intnet|natnet)(\d{1,2})="?([^"]{0,80})"?$/;
const PROPERTY =
  /^(?:Name: )?\/VirtualBox\/(\S{1,100}?),?\s{1,40}(?:= '|value: )([^',]{0,200})(?:'\s{1,60}@ \S.{0,80}|, timestamp: .{1,120})$/;

export const vboxmanage: Parser = {
  kind: 'virtualbox/vboxmanage',
  title: 'VBoxManage',
  side: 'host',
  commands: /^(?:VBoxManage|vboxmanage) (?:showvminfo|guestproperty enumerate)\b/,
  begins: new RegExp(
    [NIC, PROPERTY, /^(?:nictype|macaddress|cableconnected)\d{1,2}="/].map(({ source }) => source).join('|'),
  ),
  continues: new RegExp([SETTINGS, PAIR, NAME, OTHER].map(({ source }) => source).join('|')),
  leads: NAME,
  read: readVboxmanage,
};

function readVboxmanage(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const [, asked] = /\b(?:showvminfo|enumerate) ["']?([\w.+-]{1,60})/.exec(command) ?? [];
  let vm = asked ?? '';
  const off = new Set(rows.flatMap(({ text }) => /^nic(\d{1,2})="none"$/.exec(text)?.[1] ?? []));
  for (const row of rows) {
    const [, name] = NAME.exec(row.text) ?? [];
    const [, number, mac, attachment, cable, model] = NIC.exec(row.text) ?? [];
    const [, key, unit = '', value = ''] = PAIR.exec(row.text) ?? [];
    const [, property, told = ''] = PROPERTY.exec(row.text) ?? [];
    if (name !== undefined && number === undefined) {
      vm = name;
      notes.say('vm', vm, { name, manager: 'virtualbox' }, row);
    } else if (number !== undefined) {
      if (mac === undefined) continue;
      const says = {
        ...attachmentOf(attachment ?? ''),
        mac: withColons(mac),
        linkDown: cable === 'off',
        model: modelOf(model ?? ''),
      };
      sayNic(vm, Number(number) - 1, says, row, notes);
    } else if (key !== undefined) {
      if (!off.has(unit)) sayNic(vm, Number(unit) - 1, pairSays(key, value), row, notes);
    } else if (property !== undefined) {
      const [, index] = /^GuestInfo\/Net\/(\d{1,2})\/MAC$/.exec(property) ?? [];
      if (index !== undefined && /^[\dA-F]{12}$/.test(told))
        sayNic(vm, Number(index), { mac: withColons(told) }, row, notes);
    } else if (!SETTINGS.test(row.text) && !OTHER.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

type Says = {
  mac?: string;
  model?: string;
  linkDown?: boolean;
  backend?: string;
  parent?: string | undefined;
};

function sayNic(vm: string, index: number, says: Says | undefined, row: Row, notes: Notes): void {
  if (says && index >= 0)
    notes.say(
      'vmNic',
      `virtualbox ${vm}/${index}`,
      { vm: vm || undefined, manager: 'virtualbox', index, ...says },
      row,
    );
}

function pairSays(key: string, value: string): Says | undefined {
  if (key === 'macaddress' && /^[\dA-F]{12}$/i.test(value)) return { mac: withColons(value) };
  if (key === 'nictype') return { model: modelOf(value) };
  if (key === 'cableconnected') return { linkDown: value === 'off' };
  if (key === 'bridgeadapter') return { backend: 'bridged', parent: value };
  return key === 'nic' && value === 'nat' ? { backend: 'user' } : undefined;
}

/** Its NAT is the hypervisor's own; a bridged NIC sits on the host's card through a filter driver. */
function attachmentOf(text: string): { backend?: string; parent?: string | undefined } {
  if (/^NAT(?: \(|$)/.test(text)) return { backend: 'user' };
  const [, parent] = /^Bridged Interface '([^']{1,40})'/.exec(text) ?? [];
  return parent === undefined ? {} : { backend: 'bridged', parent };
}

/** 82540EM, 82543GC and 82545EM are Intel's; Am79C97x is AMD's. */
function modelOf(text: string): string {
  if (/^8254/.test(text)) return 'e1000';
  return /^virtio/i.test(text) ? 'virtio' : text;
}

function withColons(mac: string): string {
  return (mac.toLowerCase().match(/../g) ?? []).join(':');
}
