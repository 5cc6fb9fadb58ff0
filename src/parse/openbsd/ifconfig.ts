// Reads: `ifconfig`, `ifconfig -A`, one interface, `hwfeatures`, the boot ramdisk's short form; bridges with their members.
// Printed by: sbin/ifconfig/ifconfig.c 1.462 (7.3), 1.476 (7.7) and brconfig.c 1.31, 1.33; `priority: N` alone until 6.x.
// Fixtures: fixtures/outputs/openbsd-{5.7,6.5,7.3,7.8}/ifconfig*.txt.

import type { Side } from '../../model/capture.ts';
import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { interfaceBlocks, readFlagged } from '../flagged-interface.ts';
import { sayOnlyOwn } from '../only-loopback.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { bridgeRow, readBridgeRow, sayMembersListed } from './bridge-block.ts';
import { anyHead, foreignRow, foreignSystems, OWN } from './foreign-ifconfig.ts';
import { readInet, readInet6 } from './inet-line.ts';
import { readFlags } from './interface-flags.ts';

const HEAD =
  /^([a-z]{2,15}\d{1,5}): flags=([0-9a-f]{1,8})?(?:<([A-Z0-9_,]{0,300})>)?((?: (?:rdomain|metric|mtu) \d{1,6}){0,3})$/;
const BODY =
  /^\s{0,40}(?:lladdr |description: |index \d|priority:? \d|llprio \d|keepalive: |patch: |encap: |vlan: |parent: |carp: |carppeer |pfsync: |pflow: |mpls: |trunk: |trunk id: |trunkport |\([0-9A-Fa-f]{4},[0-9a-f]{2}:|groups: |media: |supported media:|media \w|status: |inet6? |hwfeatures=|tunnel: |wg[a-z]|tx: \d|last handshake: |dev: \S|sid: |PAD[IR] retries: |sppp: |ieee80211: |join |tpmr|state |balancing |advbase )/;
const MAC = /^lladdr ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})\b/;

export const ifconfig: Parser = {
  kind: 'openbsd/ifconfig',
  title: 'OpenBSD ifconfig',
  commands: /^(?:\/sbin\/)?ifconfig\b/,
  commandIsShared: true,
  begins: new RegExp(`${HEAD.source}|${anyHead.source}`),
  continues: new RegExp(
    `${BODY.source}|${foreignRow.source}|${bridgeRow.source}|^\\s{0,40}(?:priority \\d|static)`,
  ),
  signs: /^\s{0,40}(?:lladdr |index \d|priority: \d|llprio \d|encap: |hwfeatures=)/,
  // Wrapped by a mailer: the flags, or the mtu, stand on the next line.
  torn: /^[a-z]{2,15}\d{1,5}: flags=[0-9a-f]{1,8}(?:<[A-Z0-9_,]{0,300}(?:>(?: mtu)?)?)?$/,
  read: readIfconfig,
};

function readIfconfig(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  let isHost = false;
  let isGuest = false;
  let bridgesTap = false;
  const blocks = interfaceBlocks(rows, ifconfig.begins);
  const systems = foreignSystems(blocks);
  refuse(blocks, systems, notes);
  const own = rows.find(({ text }) => OWN.test(text));
  if (own) notes.say('system', '', { os: 'openbsd' }, own);
  for (const [index, [head, ...body]] of blocks.entries()) {
    const name = HEAD.exec(head?.text ?? '')?.[1];
    if (!head || name === undefined || systems[index] !== undefined) {
      for (const row of blocks[index] ?? []) notes.missed(row);
      continue;
    }
    notes.turnTo(sideOf(body));
    readHead(head, notes);
    let bridgePort = '';
    for (const row of body) {
      if (readBodyRow(name, row, notes)) continue;
      const port = readBridgeRow(name, bridgePort, row, notes);
      if (port === undefined) notes.missed(row);
      else bridgePort = port;
    }
    if (BRIDGES.test(name)) sayMembersListed(name, [head, ...body], index < blocks.length - 1, notes);
    isHost ||= body.some(({ text }) => OF_VMD.test(text));
    bridgesTap ||= BRIDGES.test(name) && body.some(({ text }) => /^\s{0,40}tap\d{1,5} flags=/.test(text));
    isGuest ||= name.startsWith('vio');
  }
  const names = blocks.map(([head]) => HEAD.exec(head?.text ?? '')?.[1]);
  notes.turnTo(undefined);
  if (systems.every((system) => system === undefined)) sayOnlyOwn(names, rows, command, notes);
  return notes.done(isHost ? 'host' : isGuest ? 'guest' : bridgesTap ? 'host' : undefined);
}

const BRIDGES = /^(?:bridge|veb|tpmr|switch)\d/;
/** Descriptions that vmd gives to taps and to the bridges of its switches. usr.sbin/vmd/priv.c */
const OF_VMD = /description: (?:vm\d{1,9}-if\d{1,3}|switch\d{1,6})-/;

/** vmd gives its guests fe:e1:bb and its taps a description: one paste may hold both ends. usr.sbin/vmd/priv.c, vm.c */
function sideOf(body: readonly Row[]): Side | undefined {
  if (body.some(({ text }) => /^\s{0,40}lladdr fe:e1:bb:/.test(text))) return 'guest';
  return body.some(({ text }) => /^\s{0,40}description: vm\d{1,9}-if\d{1,3}-/.test(text))
    ? 'host'
    : undefined;
}

/** Told once for all blocks of a system. */
function refuse(blocks: readonly (readonly Row[])[], systems: readonly (string | undefined)[], notes: Notes) {
  for (const system of new Set(systems)) {
    if (system === undefined) continue;
    const heads = blocks.flatMap(([head], index) => (head && systems[index] === system ? [head] : []));
    const says = `This is the ifconfig of ${system}, not OpenBSD's: it is not read yet.`;
    notes.problem('not-supported', says, heads);
  }
}

function readHead(row: Row, notes: Notes): void {
  const [, name = '', hex, names, rest = ''] = HEAD.exec(row.text) ?? [];
  const flags = readFlags(hex, names);
  const number = (word: string) => {
    const found = new RegExp(` ${word} (\\d+)`).exec(rest)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const own = {
    driver: /^[a-z]+/.exec(name)?.[0],
    ...readFlagged(name, flags, row, notes),
    lro: flags.has('LRO'),
    link0: flags.has('LINK0'),
    link1: flags.has('LINK1'),
    autoconf4: flags.has('AUTOCONF4'),
    mtu: number('mtu'),
    rdomain: number('rdomain'),
  };
  notes.say('interface', name, own, row);
  const driver = own.driver ?? '';
  if (driver === 'bridge' || driver === 'veb' || driver === 'tpmr' || driver === 'switch')
    notes.say('bridge', name, { driver }, row);
}

/** One line of an interface's block. False when it is none of these. */
function readBodyRow(name: string, row: Row, notes: Notes): boolean {
  const text = row.text.trim();
  const say: Say = (says) => notes.say('interface', name, says, row);
  const mac = MAC.exec(text)?.[1];
  if (mac) say({ mac });
  else if (/^llprio \d+$/.test(text)) notes.say('system', '', { ramdisk: true }, row);
  else if (text.startsWith('description: ')) say({ description: text.slice(13) });
  else if (text.startsWith('groups: ')) say({ groups: text.slice(8).split(' ') });
  else if (text.startsWith('media: ')) say({ media: text.slice(7) });
  else if (text.startsWith('status: ')) readStatus(text.slice(8), say);
  else if (text.startsWith('hwfeatures=')) return readFeatures(text, say);
  else if (/^(?:encap|vlan|carp|parent): /.test(text)) readParent(text, say);
  else if (text.startsWith('inet6 ')) return readInet6(name, text, row, notes);
  else if (text.startsWith('inet ')) return readInet(name, text, row, notes);
  else return BODY.test(row.text) && !/^\s{0,40}priority \d+ hellotime/.test(row.text);
  return true;
}

type Say = (says: Partial<Things['interface']>) => void;

function readStatus(word: string, say: Say): void {
  if (word === 'active') say({ link: 'active' });
  else if (word === 'no carrier') say({ link: 'no-carrier' });
  else if (word === 'master' || word === 'backup') say({ role: word });
}

/** A list that is cut says nothing: what it lacks may have stood behind the cut. */
function readFeatures(text: string, say: Say): boolean {
  const [, names, hardmtu] =
    /^hwfeatures=[0-9a-f]{1,8}<([A-Za-z0-9_,]{0,300})>(?: hardmtu (\d{1,6}))?/.exec(text) ?? [];
  if (names === undefined) return false;
  say({ features: names.split(',').filter(Boolean), ...(hardmtu && { maxMtu: Number(hardmtu) }) });
  return true;
}

/** `encap: vnetid 40 parent vio0 ...`; before 6.3 `vlan: 40 parent interface: vio0`; `carp: MASTER carpdev vio2 ...`. */
function readParent(text: string, say: Say): void {
  const vlan = /^(?:encap: vnetid|vlan:) (\d{1,8})\b/.exec(text)?.[1];
  const parent = /(?: parent(?: interface:)?| carpdev) ([a-z]{2,15}\d{1,5})\b/.exec(text)?.[1];
  const role = /^carp: (MASTER|BACKUP|INIT)\b/.exec(text)?.[1];
  if (vlan ?? parent ?? role)
    say({
      ...(vlan && { vlan: Number(vlan) }),
      ...(parent && { parent }),
      ...(role && { role: role.toLowerCase() }),
    });
}
