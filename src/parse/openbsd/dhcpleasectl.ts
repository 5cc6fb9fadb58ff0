// Reads: `dhcpleasectl -l vio0` (and what a request prints): how far DHCP got on an interface, and its lease.
// Printed by: usr.sbin/dhcpleasectl/dhcpleasectl.c show_interface_msg(): 1.3 of 6.9 (`[Bound]:`, `server: A`), later `[Bound]`,
// `inet A netmask M`. Fixtures: fixtures/outputs/openbsd-6.9/dhcpleasectl.txt, openbsd-7.3/dhcpleasectl.txt, openbsd-7.8/dhcpleasectl.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEAD = /^([a-z]{1,12}\d{1,6}) \[(Down|Init|Requesting|Bound|Renewing|Rebinding|Rebooting)\]:?$/;
const LEASE =
  /^\s*(?:inet (\d{1,3}(?:\.\d{1,3}){3}) netmask |IP: (\d{1,3}(?:\.\d{1,3}){3})\/)(\d{1,3}(?:\.\d{1,3}){3})$/;
const OTHER =
  /^\s*(?:default gateway |route \S{1,30} gateway |nameservers |lease \d{1,10} |dhcp server |server: |router: |DNS: |lease: ).{1,200}$/;
const REFUSED = /^dhcpleasectl: non-autoconf interface ([a-z]{1,12}\d{1,6})$/;

export const dhcpleasectl: Parser = {
  kind: 'openbsd/dhcpleasectl',
  title: 'OpenBSD dhcpleasectl',
  commands: /^(?:\/usr\/sbin\/)?dhcpleasectl\b/,
  begins: new RegExp(`${HEAD.source}|${REFUSED.source}`),
  continues: new RegExp(`${LEASE.source}|${OTHER.source}|^\\.{1,60}$`),
  read: readDhcpleasectl,
};

function readDhcpleasectl(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let device = '';
  let state = '';
  for (const row of rows) {
    const head = HEAD.exec(row.text);
    if (head) {
      [, device = '', state = ''] = head;
      sayState(`dhcp-${state.toLowerCase()}`, device, row, notes);
      continue;
    }
    const refused = REFUSED.exec(row.text)?.[1];
    if (refused) sayState('dhcp-off', refused, row, notes);
    else if (LEASE.test(row.text)) sayLease(device, state, row, notes);
    else if (!dhcpleasectl.continues.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

function sayState(code: string, device: string, row: Row, notes: Notes): void {
  notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
}

/** While it still asks, the address is the one of an old lease, and not on the interface. */
function sayLease(device: string, state: string, row: Row, notes: Notes): void {
  const [, inet, ip, mask = ''] = LEASE.exec(row.text) ?? [];
  const address = inet ?? ip;
  if (!address || !device || !/^(?:Bound|Renewing|Rebinding)$/.test(state)) return;
  const says = { interface: device, family: 'inet', address, prefix: prefixOf(mask), dynamic: true } as const;
  notes.say('address', `${device} ${address}`, says, row);
}

function prefixOf(mask: string): number | undefined {
  const parts = mask.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => part > 255)) return undefined;
  const bits = parts.map((part) => part.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits) ? bits.replace(/0/g, '').length : undefined;
}
