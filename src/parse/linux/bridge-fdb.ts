// Reads: `bridge fdb show`, whole, of one bridge or of one port (its rows leave the `dev` out), and `bridge monitor fdb`.
// Printed by: iproute2 bridge/fdb.c; `permanent` entries are the port's own addresses.
// Fixtures: fixtures/outputs/linux-6.1/bridge-fdb*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const ENTRY =
  /^(Deleted )?((?:[0-9a-f]{2}:){5}[0-9a-f]{2})(?: dev (\S{1,16}))?(?: vlan (\d{1,4}))?((?: \w+ \S+){0,4})((?: (?:self|permanent|static|stale|offload|extern_learn|sticky|dynamic|locked|router)){0,4})\s*$/;

export const bridgeFdb: Parser = {
  kind: 'linux/bridge-fdb',
  title: 'bridge fdb',
  side: 'host',
  commands: /^bridge (?:-\S{1,14} ){0,4}(?:monitor )?fdb\b/,
  begins: /^(?:Deleted )?(?:[0-9a-f]{2}:){5}[0-9a-f]{2} dev \S{1,16} (?:vlan|master|self|dst|via)\b/,
  continues: ENTRY,
  read: readBridgeFdb,
};

function readBridgeFdb(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const [, asked] = /\b(?:dev|brport) (\S{1,16})/.exec(command) ?? [];
  const [, askedBridge] = /\bbr (\S{1,16})/.exec(command) ?? [];
  for (const row of rows) {
    const [, deleted, mac, port = asked, vlan, words = ''] = ENTRY.exec(row.text) ?? [];
    if (mac === undefined || port === undefined) {
      notes.missed(row);
      continue;
    }
    if (deleted) continue;
    const own = /\bpermanent\b/.test(row.text);
    const bridge = /(?:^| )master (\S{1,16})/.exec(words)?.[1] ?? askedBridge;
    const says = { mac, port, bridge, ...(vlan && { vlan: Number(vlan) }), own };
    notes.say('fdb', `${mac} ${port} ${vlan ?? ''}`.trimEnd(), says, row);
  }
  return notes.done();
}
