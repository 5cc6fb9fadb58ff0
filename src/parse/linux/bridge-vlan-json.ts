// Reads: `bridge -j vlan show`, on one line or pretty (-p), with and without -compressvlans.
// Printed by: iproute2 bridge/vlan.c with lib/json_print.c. Read word by word, so that each VLAN keeps its own line.
// Fixtures: fixtures/outputs/linux-6.1/bridge-vlan-json*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { sayEntry } from './bridge-vlan.ts';

type Entry = { from: string; to?: string; words: string; row: Row };

const TOKEN =
  /"ifname": ?"([^"]{1,16})"|"vlan": ?(\d{1,4})(?!\d)|"vlanEnd": ?(\d{1,4})(?!\d)|"(PVID|Egress Untagged)"|([}])/g;
const FRAME = /^\s{0,60}[[\]{}, ]{1,20}$/;
const WORDS =
  /^\s{0,60}(?:"(?:ifname|vlans|vlan|vlanEnd|flags|state|mcast_router|neigh_suppress|mcast_group)": ?.{1,200}|"(?:PVID|Egress Untagged)",?)$/;
const WHOLE = /^\[ ?\{\s?"ifname":\s?"[^"]{1,16}",\s?"vlans":\s?\[/;

export const bridgeVlanJson: Parser = {
  kind: 'linux/bridge-vlan-json',
  title: 'bridge -j vlan',
  side: 'host',
  commands: /^bridge (?:-\S{1,14} ){0,4}-j\S{0,4} (?:-\S{1,14} ){0,4}vlan\b/,
  begins: new RegExp(`${WHOLE.source}|^\\s{0,40}"vlans": ?\\[`),
  continues: new RegExp(`${FRAME.source}|${WORDS.source}`),
  // What stands above `"vlans":` of the pretty form.
  leads: /^\s{0,40}(?:\[ ?\{?|\{|"ifname": ?"[^"]{1,16}",)$/,
  read: readBridgeVlanJson,
};

/** An entry counts once its brace is closed: one that is cut may have lost its flags. */
function readBridgeVlanJson(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let port = '';
  let entry: Entry | undefined;
  for (const row of rows) {
    for (const [, name, from, to, word, brace] of row.text.matchAll(TOKEN)) {
      if (name) port = name;
      else if (from) entry = { from, words: '', row };
      else if (to && entry) entry.to = to;
      else if (word && entry) entry.words += word;
      else if (brace && entry) {
        sayEntry(port, entry.from, entry.to, entry.words, entry.row, notes);
        entry = undefined;
      }
    }
    if (!bridgeVlanJson.begins.test(row.text) && !bridgeVlanJson.continues.test(row.text)) notes.missed(row);
  }
  const isCut = !/\]\s{0,4}$/.test(rows.at(-1)?.text ?? ']');
  if (isCut)
    notes.problem('sample-cut-short', 'The JSON of bridge vlan is cut; copy it whole.', rows.slice(-1));
  return notes.done();
}
