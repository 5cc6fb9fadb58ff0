// Reads: `bridge link show`, with and without -d.
// Printed by: iproute2 bridge/link.c; a port that has left its bridge is simply absent.
// Fixtures: fixtures/outputs/linux-6.1/bridge-link*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const PORT =
  /^\d{1,6}: ([^:@\s]{1,16})(?:@\S{1,24})?: <([A-Z0-9_,-]{0,120})> mtu \d{1,6} master (\S{1,16}) state (\w{1,12})\b/;
const DETAIL = /^\s{2,12}(?:hairpin|guard|mcast_|neigh_suppress|vlan_tunnel|isolated|locked)\b.{0,300}$/;

export const bridgeLink: Parser = {
  kind: 'linux/bridge-link',
  title: 'bridge link',
  side: 'host',
  commands: /^bridge (?:-\S{1,14} ){0,4}link\b/,
  begins: new RegExp(`${PORT.source} priority `),
  continues: DETAIL,
  read: readBridgeLink,
};

function readBridgeLink(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let name = '';
  for (const row of rows) {
    const [, port, flags = '', bridge, state] = PORT.exec(row.text) ?? [];
    if (port !== undefined) {
      name = port;
      const words = new Set(flags.split(','));
      notes.say('port', port, { bridge, state }, row);
      notes.say(
        'interface',
        port,
        { master: bridge, up: words.has('UP'), lowerUp: words.has('LOWER_UP') },
        row,
      );
      continue;
    }
    const learning = /\blearning (on|off)\b/.exec(row.text)?.[1];
    if (learning && name) notes.say('port', name, { learning: learning === 'on' }, row);
    if (!DETAIL.test(row.text)) notes.missed(row);
  }
  return notes.done();
}
