// Reads: `arp -a`, `arp -an`, `arp 192.0.2.1`: the neighbours' addresses, MACs and how long they are kept.
// Printed by: usr.sbin/arp/arp.c print_entry() (FreeBSD 8 to 15, DragonFly), macOS arp (bytes without leading zero, ifscope).
// Fixtures: fixtures/outputs/freebsd-14.1/arp-a.txt, macos-14/arp-a.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { wholeMac } from '../whole-mac.ts';

const ROW =
  /^(\S{1,80}) \((\d{1,3}(?:\.\d{1,3}){3})\) at (\(incomplete\)|(?:[\da-f]{1,2}:){5}[\da-f]{1,2}) on ([\w.:-]{1,32})((?: (?:expires in \d{1,7} seconds|expired|permanent|ifscope|published|\(proxy only\)|\(weird\)|rejected|blackhole)){0,4})(?: \[(?:ethernet|vlan|bridge|firewire|token-ring|fddi|atm|lagg|[a-z0-9-]{2,12})\])?$/;
const NONE = /^\S{1,80} \(\d{1,3}(?:\.\d{1,3}){3}\) -- no entry$/;

export const freebsdArp: Parser = {
  kind: 'freebsd/arp',
  title: 'FreeBSD arp -a',
  commands: /^(?:\/usr\/sbin\/)?arp\b/,
  commandIsShared: true,
  begins: ROW,
  continues: NONE,
  read: readArp,
};

function readArp(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, , address, link = '', name, words = ''] = ROW.exec(row.text) ?? [];
    if (address === undefined || name === undefined) {
      if (!NONE.test(row.text)) notes.missed(row);
      continue;
    }
    const mac = link.startsWith('(') ? undefined : wholeMac(link);
    const state = mac === undefined ? 'incomplete' : / permanent/.test(words) ? 'permanent' : 'reachable';
    notes.say('neighbor', `${address} ${mac ?? ''}`.trim(), { interface: name, address, mac, state }, row);
  }
  return notes.done();
}
