// Reads: `netstat -rn`, `netstat -r`: destinations with their gateway, flags and interface.
// Printed by: usr.bin/netstat/route.c (FreeBSD up to 9 and DragonFly with Refs and Use; 10 and later without; -W adds Nhop# or Use, and Mtu), macOS netstat.
// Fixtures: fixtures/outputs/freebsd-14.1/netstat-rn*.txt, dragonfly-6.4/netstat-rn.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEADER =
  /^Destination\s{1,60}Gateway\s{1,60}Flags(?:\s{1,12}(?:Refs|Use|Nhop#|Mtu)){0,3}\s{1,12}Netif(?:\s{1,8}Expire)?$/;
const ROUTE =
  /^(default|[\da-fA-F:][\w.:/%&-]{0,60}|[A-Za-z][\w.-]{1,40})\s{1,60}([\w.:%#/-]{1,60})\s{1,40}([A-Za-z][A-Za-z1-3]{0,11})(?:\s{1,16}\d{1,20}){0,3}\s{1,16}([A-Za-z][\w.:-]{0,31}?)(?:\s{1,12}(?:\d{1,9}|!|=>|-))?(?: =>)?$/;
const TITLE = /^(?:Routing tables(?: \(fib: .{1,20}\))?|Internet6?:)$/;

export const netstatR: Parser = {
  kind: 'freebsd/netstat-r',
  title: 'FreeBSD netstat -r',
  commands: /^(?:\/usr\/bin\/)?netstat\s(?:-\w{1,10}\s){0,4}-\w{0,6}r/,
  commandIsShared: true,
  begins: HEADER,
  continues: new RegExp(`${TITLE.source}|${ROUTE.source}`),
  leads: TITLE,
  read: readRoutes,
};

function readRoutes(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const ids = new Set<string>();
  for (const row of rows) {
    const [, destination, gateway, flags, name] = ROUTE.exec(row.text) ?? [];
    if (destination !== undefined && gateway !== undefined && flags !== undefined && name !== undefined) {
      if (HEADER.test(row.text)) continue;
      sayRoute(destination, gateway, flags, name, ids, row, notes);
    } else if (!HEADER.test(row.text) && !TITLE.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

/** IPv4's and IPv6's default, and one network on two interfaces, have one destination. */
function sayRoute(
  destination: string,
  gateway: string,
  flags: string,
  name: string,
  ids: Set<string>,
  row: Row,
  notes: Notes,
): void {
  const first = destination === 'default' && gateway.includes(':') ? 'default inet6' : destination;
  const id = ids.has(first) ? `${first} ${gateway} ${name}` : first;
  ids.add(id);
  notes.say('route', id, { interface: name, gateway, flags, isUp: flags.includes('U') }, row);
}
