// Reads: `ifconfig`, `-a`, one interface, `-m`, `-v`, the installer's short form; vlan(4); with and without `0x` before the flags (from 8 on: with).
// Printed by: sbin/ifconfig/ifconfig.c, ether.c, media.c (1.4 of 2010, 1.14 of 2022), af_inetany.c, vlan.c; util.c print_link_addresses().
// Fixtures: fixtures/outputs/netbsd-{7.2,9.3,10.1,11}/ifconfig*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { BSD_BITS, readFlagWord } from '../flag-word.ts';
import { interfaceBlocks, readFlagged } from '../flagged-interface.ts';
import { sayOnlyOwn } from '../only-loopback.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { BODY, readBodyRow } from './ifconfig-body.ts';

const HEAD =
  /^\s{0,4}([a-z]{2,15}\d{1,5}): flags=(?:0x)?([0-9a-f]{1,8})(?:<([A-Z0-9_,]{0,300})>)?(?: metric \d{1,6})?(?: mtu (\d{1,6}))?$/;
const SIGNS =
  /^\s{0,4}[a-z]{2,15}\d{1,5}: flags=0x|^\s{0,40}(?:ec_(?:capabilities|enabled)=|(?:capabilities|enabled)=(?:0x|\d*<(?:TSO|IP4CSUM|TCP4CSUM)|0$)|address: (?:[0-9a-fx*]{2}:){5}|linkstr: |vlan: \d{1,4} parent: |inet6? \S{1,60} (?:broadcast \S{1,15} )?flags (?:0\b|0x))/i;

/** An author left rows out here. */
const CUT = /^\s{0,40}\[?\s?\.{2,}/;

export const netbsdIfconfig: Parser = {
  kind: 'netbsd/ifconfig',
  title: 'NetBSD ifconfig',
  commands: /^(?:\/sbin\/)?ifconfig\b/,
  commandIsShared: true,
  begins: HEAD,
  continues: BODY,
  signs: SIGNS,
  torn: /^\s{0,4}[a-z]{2,15}\d{1,5}: flags=0x[0-9a-f]{1,8}(?:<[A-Z0-9_,]{0,300}(?:>(?: mtu)?)?)?$/,
  read: readIfconfig,
};

function readIfconfig(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const own = rows.find(({ text }) => SIGNS.test(text));
  if (own) notes.say('system', '', { os: 'netbsd' }, own);
  let isGuest = false;
  const blocks = interfaceBlocks(rows, HEAD);
  for (const [index, [head, ...body]] of blocks.entries()) {
    const name = head && HEAD.exec(head.text)?.[1];
    if (!head || name === undefined) {
      for (const row of blocks[index] ?? []) notes.missed(row);
      continue;
    }
    isGuest ||= name.startsWith('vioif');
    readHead(head, name, notes);
    const offloads = { on: [], possible: [] };
    const isWhole = index < blocks.length - 1 && !body.some(({ text }) => CUT.test(text));
    for (const row of body) if (!readBodyRow(name, row, { offloads, isWhole }, notes)) notes.missed(row);
  }
  const names = blocks.map(([head]) => HEAD.exec(head?.text ?? '')?.[1]);
  sayOnlyOwn(names, rows, command, notes);
  return notes.done(isGuest ? 'guest' : undefined);
}

function readHead(row: Row, name: string, notes: Notes): void {
  const [, , hex, names, mtu] = HEAD.exec(row.text) ?? [];
  const flags = readFlagWord(hex, names, BSD_BITS, Object.keys(BSD_BITS));
  const own = {
    driver: /^[a-z]+/.exec(name)?.[0],
    ...readFlagged(name, flags, row, notes),
    mtu: mtu === undefined ? undefined : Number(mtu),
  };
  notes.say('interface', name, own, row);
  if (own.driver === 'bridge') notes.say('bridge', name, { driver: 'bridge' }, row);
}
