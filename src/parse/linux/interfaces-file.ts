// Reads: /etc/network/interfaces (ifupdown, ifupdown2) and systemd's .network and .link files: name, MAC match, how it gets its address.
// Printed by: interfaces(5), systemd.network(5), systemd.link(5). Fixtures: fixtures/outputs/linux-6.1/interfaces.txt, networkd-files.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';

const AUTO = /^(?:auto|allow-hotplug|allow-auto)((?: [\w.:-]{1,20}){1,12})$/;
const IFACE = /^iface ([\w.:-]{1,20}) inet(6?) (dhcp|static|manual|loopback|auto|ppp)$/;
const OPTION =
  /^\s{0,12}(?:address|netmask|gateway|broadcast|network|hwaddress|mtu|dns-\w{1,12}|bridge[-_]\w{1,20}|vlan[-_]\w{1,20}|post-up|pre-up|up|down|pre-down|post-down|metric|bond[-_]\w{1,20}|accept_ra|source|source-directory|ovs_\w{1,20}|autoconf|privext|scope|pointopoint|hostname)\b.{0,200}$/;
const SECTION = /^\[(Match|Network|Link|DHCP|DHCPv4|DHCPv6|Address|Route|IPv6AcceptRA|NetDev)\]$/;
const KEY = /^([A-Z][A-Za-z0-9]{1,40})=(.{0,200})$/;

export const interfacesFile: Parser = {
  kind: 'linux/interfaces-file',
  title: 'network configuration of ifupdown or systemd-networkd',
  commands:
    /^(?:cat|less|more) (?:\S{0,60}\/)?(?:network\/interfaces\S{0,40}|interfaces\.d\/\S{1,40}|[\w.*-]{1,40}\.(?:network|link))/,
  begins: new RegExp(`${AUTO.source}|${IFACE.source}|^\\[(?:Match|NetDev)\\]$`),
  continues: new RegExp([OPTION, SECTION, KEY, /^#/].map(({ source }) => source).join('|')),
  read: readInterfaces,
};

type Draft = { name: string; row: Row; says: Partial<Things['interfaceFile']> };

function readInterfaces(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const drafts: Draft[] = [];
  const automatic = new Set<string>();
  let section = '';
  let isHost = false;
  for (const row of rows) {
    const heading = SECTION.exec(row.text)?.[1];
    const [, names] = AUTO.exec(row.text) ?? [];
    const [, name, , method] = IFACE.exec(row.text) ?? [];
    const [, key = '', value = ''] = KEY.exec(row.text) ?? [];
    if (heading !== undefined) {
      section = heading;
      if (heading === 'Match') drafts.push({ name: '', row, says: {} });
    } else if (names !== undefined) for (const one of names.trim().split(' ')) automatic.add(one);
    else if (name !== undefined && method !== undefined) {
      drafts.push({ name, row, says: { asks: asksOf(method), path: '/etc/network/interfaces' } });
      isHost ||= /^(?:vmbr|virbr)\d/.test(name);
    } else if (key !== '') readKey(drafts.at(-1), section, key, value, row);
    else if (OPTION.test(row.text)) readOption(drafts.at(-1), row);
    else if (!row.text.startsWith('#')) notes.missed(row);
  }
  const path = /(\S{1,100}\.(?:network|link))$/.exec(command)?.[1];
  for (const draft of drafts) sayDraft(draft, automatic, path, notes);
  return notes.done(isHost ? 'host' : undefined);
}

function asksOf(method: string): 'autoconf' | 'static' | 'nothing' {
  if (method === 'dhcp' || method === 'auto') return 'autoconf';
  return method === 'static' ? 'static' : 'nothing';
}

function readOption(draft: Draft | undefined, row: Row): void {
  if (!draft) return;
  const ports = /^\s{0,12}bridge[-_]ports (.{1,120})$/.exec(row.text)?.[1];
  if (ports !== undefined) {
    draft.says.members = ports.split(/\s+/).filter((port) => port !== 'none');
  }
  const mtu = /^\s{0,12}mtu (\d{2,5})$/.exec(row.text)?.[1];
  if (mtu) draft.says.mtu = Number(mtu);
  const aware = /^\s{0,12}bridge[-_]vlan[-_]aware (yes|no|1|0)$/.exec(row.text)?.[1];
  if (aware) draft.says.vlanAware = aware === 'yes' || aware === '1';
  const vlans = /^\s{0,12}bridge[-_]vids (\d[\d -]{0,200})$/.exec(row.text)?.[1];
  if (vlans) draft.says.vlans = vlans.trim();
  const ovsPorts = /^\s{0,12}ovs_ports (.{1,160})$/.exec(row.text)?.[1];
  if (ovsPorts) draft.says.members = ovsPorts.trim().split(/\s+/);
  // The row that says it is the evidence, beside the one that names the interface.
  if (aware ?? vlans) draft.row = { text: draft.row.text, at: [...draft.row.at, ...row.at] };
}

function readKey(draft: Draft | undefined, section: string, key: string, value: string, row: Row): void {
  if (!draft) return;
  if (section === 'Match' && key === 'Name') draft.name = value.trim();
  if (section === 'Match' && /^(?:Permanent)?MACAddress$/.test(key) && /^[\da-fA-F:]{17}$/.test(value)) {
    draft.says.mac = value.toLowerCase();
    draft.row = { text: row.text, at: [...draft.row.at, ...row.at] };
  }
  if (section === 'Link' && key === 'Name') draft.says.setName = value.trim();
  if (section === 'Network' && key === 'DHCP' && /^(?:yes|true|ipv4|both)$/.test(value))
    draft.says.asks = 'autoconf';
  if (section === 'Network' && key === 'Address') draft.says.asks ??= 'static';
}

/** `Name=en*` names no interface in particular. */
function sayDraft(
  draft: Draft,
  automatic: ReadonlySet<string>,
  path: string | undefined,
  notes: Notes,
): void {
  const name = draft.says.setName ?? draft.name;
  if (name === 'lo') return;
  const isPlain = /^[a-zA-Z][\w.-]{0,14}$/.test(name);
  if (!isPlain && draft.says.mac === undefined) return;
  const up = automatic.has(name) ? { up: true } : {};
  const id = isPlain ? name : `by ${draft.says.mac}`;
  notes.say('interfaceFile', id, { path: path ?? '.network', ...draft.says, ...up }, draft.row);
}
