// Reads: `ifconfig`, `-a`, one interface, `-m`, `-v`, `-D`, CIDR style; bridges with their members, laggs, taps; grepped options; its refusals.
// Printed by: FreeBSD sbin/ifconfig/ifconfig.c (8 to 15; ifconfig_netlink.c from 14.0), DragonFly's of the same origin, macOS ifconfig.
// Fixtures: fixtures/outputs/freebsd-{9.1,10.1,11.2,12.1,13.2,14.1,15.0}/ifconfig*.txt, dragonfly-6.4, macos-14.

import type { Side } from '../../model/capture.ts';
import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { readFlagged } from '../flagged-interface.ts';
import { sayOnlyOwn } from '../only-loopback.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { readBridgeRow } from './bridge-member.ts';
import { readBodyRow } from './ifconfig-body.ts';
import { type Block, type Place, placeBlocks } from './ifconfig-listing.ts';
import { REFUSAL, readRefusal } from './ifconfig-refusal.ts';
import { readFlags } from './interface-flags.ts';
import { driverOfName } from './interface-name.ts';

const NAME = '[A-Za-z][\\w.:-]{0,31}';
const HEAD = new RegExp(
  `^\\s{0,4}(${NAME}): flags=([0-9a-f]{1,8})(?:<([A-Z0-9_,]{0,300})>)?(?: \\\\)?(?: ?(metric \\d{1,9}))? ?mtu (\\d{1,9})$`,
);
const OPTIONS =
  /^\s{0,40}(?:options|capabilities)=[0-9a-f]{1,16}<(?=RXCSUM|TXCSUM|VLAN_MTU|LINKSTATE|HWSTATS)[A-Z0-9_,]{1,600}(?:>|$)/;
/** `ifconfig bridge0 addr` prints nothing else. */
const CACHED = /^\s{0,40}(?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2} Vlan\d{1,4} [A-Za-z][\w.:-]{0,31} \d{1,9} flags=/;
const BODY =
  /^\s{0,40}(?:options[ =]|capabilities=|ether \S|hwaddr \S|inet6? \S|media: |media \w|status: |supported media:|nd6 options|description: |groups: |vlan: \d|carp: |vhid |peer \S|Opened by PID |member: \S|ifmaxaddr \d|hostfilter \d|role \w|id (?:[0-9a-f]{1,2}:){5}|priority \d{1,5} hellotime|maxage \d|root id |bridge flags=|laggproto |laggport: |lagg |laghash |lagghash |lag id: |flags=[0-9a-f]{1,4}<|flowid_shift|active ports|flapping|Configuration:|Address cache:|ipfilter |(?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2} (?:Vlan\d|[a-z]\w{1,15} \d)|epair|drivername: |plugged: |vendor: |module temperature: |lane \d|[RT]X: -?\d|tunnel |options: |tunnelfib|fib: |ssid |eflags=|xflags=|scheduler: |effective interface: )/;
/** Rows that only these systems print: an OpenBSD metric is shown only when it is not 0. */
const SIGNS = new RegExp(
  `^\\s{0,4}${NAME}: flags=[0-9a-f]{1,8}<[A-Z0-9_,]{0,300}>(?: \\\\)?(?: metric 0\\b|$)|^\\s{0,4}${NAME}: flags=[0-9a-f]{1,8}<[A-Z0-9_,]{0,200}\\b(?:SMART|LOWER_UP|DRV_OACTIVE|PPROMISC|STICKYARP)\\b|^\\s{0,40}(?:ether [0-9a-f]{2}:(?!.{0,40}txqueuelen)|hwaddr [0-9a-f]{2}:|options=[0-9a-f]|nd6 options|vlan: \\d{1,4}(?: vlanproto: \\S+)?(?: vlanpcp: \\d)? parent interface|member: \\S{1,32} flags=|laggp|ifmaxaddr |Opened by PID |Configuration:$|status: inactive$)`,
);

export const freebsdIfconfig: Parser = {
  kind: 'freebsd/ifconfig',
  title: 'ifconfig of FreeBSD, DragonFly or macOS',
  commands: /^(?:\/sbin\/)?ifconfig\b/,
  commandIsShared: true,
  begins: new RegExp(`${HEAD.source}|${OPTIONS.source}|${CACHED.source}|${REFUSAL.source}`),
  continues: BODY,
  signs: SIGNS,
  // Wrapped by a mailer or with a backslash: the rest of the flags, or metric and mtu, stand on the next line.
  torn: new RegExp(
    `^\\s{0,4}${NAME}: flags=[0-9a-f]{1,8}(?:<[A-Z0-9_,]{0,300}(?:>(?: \\\\| metric(?: \\d{1,9}(?: mtu)?)?)?)?)?$|^\\s{0,40}options=[0-9a-f]{1,8}<[A-Z0-9_,]{0,400}$`,
  ),
  // A listing whose line breaks were lost, and two fields that stand in one line.
  seam: {
    in: /^\s{0,40}(?:[A-Za-z][\w.:-]{0,31}: flags=[0-9a-f]{1,8}<[A-Z0-9_,]{0,300}> metric \d|hwaddr (?:[0-9a-f]{2}:){5}[0-9a-f]{2}\s)/,
    at: /(?<=\s)(?=(?:(?<!nd6 )options=[0-9a-f]{1,8}<|(?:ether|hwaddr) [0-9a-f]{2}:|inet6? [\da-f:.]{2,40}[ %/]|nd6 options=|media: [A-Z]|status: (?:active|no carrier)\b|groups: [a-z]|[A-Za-z][\w.:-]{0,31}: flags=[0-9a-f]{1,8}<))/g,
  },
  read: readIfconfig,
};

function readIfconfig(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const named =
    /^\S{0,12}ifconfig(?: -\S{1,20}(?: inet6?:cidr\S{0,20})?){0,4} ([A-Za-z][\w.:-]{0,31})\b/.exec(
      command,
    )?.[1];
  const blocks = blocksOf(rows, named ?? '');
  const places = placeBlocks(blocks, notes);
  for (const [index, block] of blocks.entries()) {
    const place = places[index];
    if (!place) continue;
    notes.turnTo(place.side);
    readBlock(block, place, notes);
    sayBridge(block, index < blocks.length - 1, notes);
  }
  notes.turnTo(undefined);
  if (blocks.every(({ head }) => head))
    sayOnlyOwn(
      blocks.map(({ name }) => name),
      rows,
      command,
      notes,
    );
  return notes.done(sideOf(places));
}

function blocksOf(rows: readonly Row[], named: string): Block[] {
  const blocks: (Block & { body: Row[] })[] = [];
  for (const row of rows) {
    const [, name, , flags = '', metric] = HEAD.exec(row.text) ?? [];
    if (name !== undefined)
      blocks.push({ name, head: row, flags, hasMetric: metric !== undefined, body: [] });
    else if (blocks.length === 0)
      blocks.push({ name: named, head: undefined, flags: '', hasMetric: true, body: [row] });
    else blocks.at(-1)?.body.push(row);
  }
  return blocks;
}

function readBlock({ name, head, body }: Block, place: Place, notes: Notes): void {
  if (head) readHead(head, place, notes);
  let member = '';
  for (const row of body) {
    if (readRefusal(name, row, notes)) continue;
    if (name === '') {
      notes.missed(row);
      continue;
    }
    const port = readBridgeRow(name, member, row, notes);
    if (port !== undefined) member = port;
    else if (!readBodyRow(name, row, place.isMacos, notes)) notes.missed(row);
  }
}

/**
 * A bridge's members stand below its `root id`, and are all listed where something else follows: the groups (from 12.1 on), or the
 * next interface. sbin/ifconfig/ifbridge.c, bridge_status().
 */
function sayBridge({ name, head, body }: Block, goesOn: boolean, notes: Notes): void {
  const root = body.findIndex(({ text }) => /^\s{0,40}root id /.test(text));
  const row = body[root];
  if (!head || !row) return;
  const isWhole = goesOn || body.slice(root + 1).some(({ text }) => /^\s{0,40}(?:groups: |nd6 )/.test(text));
  notes.say('bridge', name, { driver: 'bridge', membersListed: isWhole || undefined }, row);
}

function readHead(row: Row, { showsLowerUp }: Place, notes: Notes): void {
  const [, name = '', hex, names, , mtu] = HEAD.exec(row.text) ?? [];
  const flags = readFlags(hex, names);
  const own = {
    driver: driverOfName(name),
    ...readFlagged(name, flags, row, notes),
    lowerUp: showsLowerUp ? flags.has('LOWER_UP') : undefined,
    mtu: Number(mtu),
  };
  notes.say('interface', name, own, row);
  if (own.driver === 'bridge') notes.say('bridge', name, { driver: 'bridge' }, row);
}

function sideOf(places: readonly Place[]): Side | undefined {
  const sides = new Set(places.flatMap(({ side }) => (side === undefined ? [] : [side])));
  return sides.size === 1 ? [...sides][0] : undefined;
}
