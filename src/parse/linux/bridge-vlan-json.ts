// Reads: `bridge -j vlan show`, on one line or pretty (-p), with and without -compressvlans.
// Printed by: iproute2 bridge/vlan.c with lib/json_print.c.
// Fixtures: fixtures/outputs/linux-6.1/bridge-vlan-json.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { sayEntry } from './bridge-vlan.ts';

type Entry = { ifname?: unknown; vlans?: { vlan?: unknown; vlanEnd?: unknown; flags?: unknown }[] };

export const bridgeVlanJson: Parser = {
  kind: 'linux/bridge-vlan-json',
  title: 'bridge -j vlan',
  side: 'host',
  commands: /^bridge (?:-\S{1,14} ){0,4}-j\S{0,4} (?:-\S{1,14} ){0,4}vlan\b/,
  begins: /^\[ ?\{\s?"ifname":\s?"[^"]{1,16}",\s?"vlans":\s?\[|^\s{0,40}"vlans": ?\[/,
  continues: /^\s*[[\]{}",]/,
  // What stands above `"vlans":` of the pretty form.
  leads: /^\s{0,40}(?:\[ ?\{?|\{|"ifname": ?"[^"]{1,16}",)$/,
  read: readBridgeVlanJson,
};

function readBridgeVlanJson(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const [first] = rows;
  const ports = parsed(rows.map(({ text }) => text).join('\n'));
  if (!first || !ports) {
    for (const row of rows) notes.missed(row);
    notes.problem('sample-cut-short', 'The JSON of bridge vlan is cut; copy it whole.', rows.slice(0, 1));
    return notes.done();
  }
  for (const { ifname, vlans } of ports) {
    if (typeof ifname !== 'string' || !Array.isArray(vlans)) continue;
    const row = rows.find(({ text }) => text.includes(`"${ifname}"`)) ?? first;
    for (const { vlan, vlanEnd, flags } of vlans) {
      const words = Array.isArray(flags) ? flags.join(' ') : '';
      if (typeof vlan === 'number')
        sayEntry(
          ifname,
          String(vlan),
          typeof vlanEnd === 'number' ? String(vlanEnd) : undefined,
          words,
          row,
          notes,
        );
    }
  }
  return notes.done();
}

function parsed(text: string): Entry[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value)
      ? value.filter((one): one is Entry => typeof one === 'object' && one !== null)
      : undefined;
  } catch {
    return undefined;
  }
}
