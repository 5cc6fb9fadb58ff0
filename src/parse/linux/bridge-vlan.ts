// Reads: `bridge vlan show`: columns (5.7 and later), tabs (to 5.6), ranges (-compressvlans), -d and -s lines, one bare row.
// Printed by: iproute2 bridge/vlan.c; a pasted row without header is taken only with PVID or Egress Untagged in it.
// Fixtures: fixtures/outputs/linux-{5.4,6.1}/bridge-vlan*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEADER = /^port\s{1,20}vlan[- ]ids?\s*$/;
const ENTRY = /^([\w.-]{1,16})?\s{1,24}(\d{1,4})(?:-(\d{1,4}))?((?: PVID)?(?: Egress Untagged)?)\s*$/;
const BARE =
  /^(?:tap|veth|fwpr|fwln|fwbr|vmbr|vnet|virbr|en|eth|bond|br)\S{0,14}\s{1,24}\d{1,4}(?:-\d{1,4})?(?: PVID)?(?: Egress Untagged| PVID)\s*$/;
const NONE = /^([\w.-]{1,16})\s{1,20}None\s*$/;
/** The counters are zero unless vlan_stats_enabled is set: they say nothing. */
const DETAIL =
  /^\s{0,24}(?:state [a-z]{4,12}(?: (?:mcast|neigh)_\w{1,20} .{1,200})?|[RT]X: +\d{1,20} bytes +\d{1,20} packets)$/;
/** Rows whose indent was lost: a number alone. */
const ALONE = /^\s{0,24}(\d{1,4})(?:-(\d{1,4}))?((?: PVID)?(?: Egress Untagged)?)\s*$/;

export const bridgeVlan: Parser = {
  kind: 'linux/bridge-vlan',
  title: 'bridge vlan',
  side: 'host',
  commands: /^bridge (?:-\S{1,14} ){0,4}vlan\b/,
  begins: new RegExp(`${HEADER.source}|${BARE.source}`),
  continues: new RegExp([ENTRY, NONE, DETAIL, ALONE].map(({ source }) => source).join('|')),
  top: HEADER,
  read: readBridgeVlan,
};

function readBridgeVlan(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const hasHeader = rows.some(({ text }) => HEADER.test(text));
  let port = '';
  for (const row of rows) {
    if (HEADER.test(row.text) || DETAIL.test(row.text)) continue;
    const none = NONE.exec(row.text)?.[1];
    const [, name, from, to, words] = ENTRY.exec(row.text) ?? [];
    const alone = from === undefined ? ALONE.exec(row.text) : null;
    // Without the header a number alone may be anything: the answer to the next command, a step in a list.
    const isSure = hasHeader || BARE.test(row.text) || /^\s|PVID|Egress/.test(row.text);
    if (!isSure) notes.missed(row);
    else if (none !== undefined) port = none;
    else if (from !== undefined) {
      port = name ?? port;
      sayEntry(port, from, to, words ?? '', row, notes);
    } else if (alone && port) sayEntry(port, alone[1] ?? '', alone[2], alone[3] ?? '', row, notes);
    else notes.missed(row);
  }
  return notes.done();
}

export function sayEntry(
  port: string,
  from: string,
  to: string | undefined,
  words: string,
  row: Row,
  notes: Notes,
): void {
  if (!port || Number(from) < 1 || Number(to ?? from) > 4094) {
    notes.missed(row);
    return;
  }
  const says = {
    port,
    from: Number(from),
    to: Number(to ?? from),
    pvid: words.includes('PVID'),
    untagged: words.includes('Egress Untagged'),
  };
  notes.say('portVlan', `${port} ${says.from}-${says.to}`, says, row);
}
