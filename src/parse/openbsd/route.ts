// Reads: `route -n show`, `netstat -rn` (routing tables), and `route -n monitor` (messages of the routing socket).
// Printed by: sbin/route/show.c and usr.bin/netstat/show.c p_rtentry(); sbin/route/route.c print_rtmsg() (7.3;
// older ones print `name: vio0` and no mtu). Fixtures: fixtures/outputs/openbsd-7.8/route-*.txt, openbsd-7.3/netstat-rn.txt, openbsd-4.9/route-monitor.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEADER =
  /^Destination\s{1,60}Gateway\s{1,60}Flags\s{1,9}Refs\s{1,9}Use\s{1,9}Mtu\s{1,9}Prio\s{1,3}(?:Iface|Interface)(?: Label)?$/;
// Flags may be gone altogether: a route that had only U prints none when the link is down.
const ROUTE =
  /^(default|[\da-fA-F:][\w.:/%-]{0,60})\s{1,50}(\S{1,60})\s{1,50}(?:([A-Za-z1-3]{1,12})\s{1,12})?(\d{1,10})\s{1,12}(\d{1,20})\s{1,9}(?:-|\d{1,6})\s{1,6}(?:L\s{1,4})?(\d{1,3}) {1,4}([a-z]{1,12}\d{1,6})(?: \S{1,40})?$/;
const MESSAGE = /^got message of size \d{1,6} on [A-Z][a-z]{2} .{15,40}$/;
const IFINFO =
  /^RTM_IFINFO: iface status change: len \d{1,6}, if# \d{1,6}, name:? ([a-z]{1,12}\d{1,6}), link: (active|no carrier|[\w #[\]]{1,30}),(?: mtu: \d{1,7},)? flags:/;
const OTHER_MESSAGE = /^(?:RTM_[A-Z0-9]{2,20}|\[rtm_type \d{1,4} out of range\]): .{1,300}$/;
const MESSAGE_PART =
  /^(?:sockaddrs: <|flags:<|fmask:|use: |locks: |proposals: <|pid: ).{0,300}$|^ (?=.{0,80}(?:\d|default))[\da-z.:%/#]{1,60}(?: [\da-z.:%/#]{1,60}){0,8}$/;
const TITLE = /^(?:Routing tables|Internet6?:|Encap:|MPLS:|Protocol Family \d{1,4}:)$/;

export const route: Parser = {
  kind: 'openbsd/route',
  title: 'OpenBSD route',
  commands:
    /^(?:\/sbin\/)?route\s(?:-\w{1,10}\s){0,4}(?:show|monitor)\b|^netstat\s(?:-\w{1,10}\s){0,4}-\w{0,6}r/,
  // Not `Routing tables`: FreeBSD and NetBSD begin so too.
  begins: new RegExp([HEADER, ROUTE, MESSAGE, IFINFO].map(({ source }) => `(?:${source})`).join('|')),
  commandIsShared: true,
  continues: new RegExp([TITLE, OTHER_MESSAGE, MESSAGE_PART].map(({ source }) => `(?:${source})`).join('|')),
  read: readRoute,
};

function readRoute(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const ids = new Set<string>();
  for (const row of rows) {
    if (sayRoute(row, ids, notes) || sayLinkEvent(row, notes)) continue;
    if (HEADER.test(row.text) || MESSAGE.test(row.text) || route.continues.test(row.text)) continue;
    notes.missed(row);
  }
  return notes.done();
}

/** When the kernel takes the link for down, the interface's routes lose U (sys/net/route.c rt_if_linkstate_change). */
function sayRoute(row: Row, ids: Set<string>, notes: Notes): boolean {
  const [, destination, gateway, flags = '', , , , name] = ROUTE.exec(row.text) ?? [];
  if (!destination || !gateway || !name) return false;
  const id = freeId(destination, gateway, name, ids);
  notes.say('route', id, { interface: name, gateway, flags, isUp: flags.includes('U') }, row);
  return true;
}

/** Several routes may have one destination: IPv4's and IPv6's default, multipath, the same network on two NICs. */
function freeId(destination: string, gateway: string, name: string, ids: Set<string>): string {
  const isIpv6Default = destination === 'default' && gateway.includes(':');
  const first = isIpv6Default ? 'default inet6' : destination;
  const id = ids.has(first) ? `${first} ${gateway} ${name}` : first;
  ids.add(id);
  return id;
}

function sayLinkEvent(row: Row, notes: Notes): boolean {
  const [, device] = IFINFO.exec(row.text) ?? [];
  if (!device) return false;
  notes.say('message', `link-event ${device}`, { code: 'link-event', device, text: row.text }, row);
  return true;
}
