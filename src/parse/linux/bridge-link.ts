// Reads: `bridge link show`, with and without -d.
// Printed by: iproute2 bridge/link.c; captured with 6.1, older ones print `eth1 state UP : <...>`; a port that left its bridge is absent.
// Fixtures: fixtures/outputs/linux-{5.4,6.1,6.18}/bridge-*link*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { portSwitches } from './port-switches.ts';

// What stands behind `@` is looked up in the wrong namespace and may be any name: it is not read.
const PORT =
  /^\d{1,6}: ([^:@\s]{1,16})(?:@[^:\s]{1,24})?(?: state [A-Z]{2,16})? ?: <([A-Z0-9_,-]{0,120})> mtu \d{1,6} master (\S{1,16}) state (\w{1,12})\b/;
const DETAIL =
  /^\s{0,12}(?:hairpin|guard|root_block|fastleave|learning|flood|mcast_\w{1,20}|bcast_flood|neigh_\w{1,20}|vlan_tunnel|isolated|locked|mab|backup_\w{1,20}) \S{1,20}(?: .{0,600})?$/;
/** A NIC with a switch of its own, listed although it is in no bridge. */
const OWN_SWITCH = /^\d{1,6}: [^:@\s]{1,16}(?:@[^:\s]{1,24})?: <[A-Z0-9_,-]{0,120}> mtu \d{1,6} hwmode \S+$/;

export const bridgeLink: Parser = {
  kind: 'linux/bridge-link',
  title: 'bridge link',
  side: 'host',
  commands: /^bridge (?:-\S{1,14} ){0,4}link\b/,
  begins: new RegExp(`${PORT.source} priority `),
  continues: new RegExp(`${DETAIL.source}|${OWN_SWITCH.source}`),
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
    if (OWN_SWITCH.test(row.text)) name = '';
    const switches = portSwitches(row.text);
    if (name && Object.keys(switches).length > 0) notes.say('port', name, switches, row);
    if (!bridgeLink.continues.test(row.text)) notes.missed(row);
  }
  return notes.done();
}
