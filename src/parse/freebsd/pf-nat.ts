// Reads: the translation rules of FreeBSD's PF, which stand apart from its filter rules: `pfctl -sn`, `-vvsn`, in pf.conf; what it says of ALTQ.
// Printed by: sbin/pfctl/pfctl_parser.c print_rule() (FreeBSD: nat, rdr and binat with `->`, as OpenBSD had them up to 4.6).
// Fixtures: fixtures/outputs/freebsd-14.1/pfctl-sn*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const RULE =
  /^\s{0,8}(?:@\d{1,6} )?(no )?(nat|rdr|binat)(?: pass)?(?: log(?: ?\([^)]{1,60}\))?)?(?: on (! ?)?(\{[^}]{1,200}\}|[\w$.-]{1,64}))?(?: inet6?)?(?: proto (?:\{[^}]{1,100}\}|[\w$-]{1,32}))?(?: (?:all|from .{1,300}))(?: -> (\{[^}]{1,200}\}|\S{1,100})(?: port .{1,60})?(?: .{1,200})?)?$/;
const ARROW = / -> (\{[^}]{1,200}\}|\S{1,100})/;
const FROM = / from ((?:! ?)?(?:\{[^}]{1,200}\}|\S{1,100}))/;
const ANCHOR = /^\s{0,8}(?:@\d{1,6} )?(?:nat|rdr|binat)-anchor (?:"[^"]{1,100}"|\S{1,100})(?: .{1,120})?$/;
/** sbin/pfctl/pfctl.c, pfctl_add_altq(): ENODEV. */
const NO_ALTQ = /^pfctl: ([A-Za-z][\w.-]{0,31}): driver does not support altq$/;
const COUNTERS = /^\s{0,8}\[ (?:Evaluations|Inserted|Last Active Time): .{0,200}\]$/;

export const pfNat: Parser = {
  kind: 'freebsd/pf-nat',
  title: "translation rules of FreeBSD's PF",
  commands: /^(?:\/sbin\/)?pfctl\s(?:.{0,80}\s)?-\w{0,6}s ?n/,
  begins: new RegExp(`${RULE.source}|${ANCHOR.source}|${NO_ALTQ.source}`),
  continues: COUNTERS,
  read: readPfNat,
};

/** `to` is the address that the source is translated to; rdr leaves the source alone. */
function readPfNat(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    if (sayNoAltq(row, notes)) continue;
    const [, no, word, not, on] = RULE.exec(row.text) ?? [];
    if (word === undefined) {
      if (!ANCHOR.test(row.text) && !COUNTERS.test(row.text)) notes.missed(row);
      continue;
    }
    const to = ARROW.exec(row.text)?.[1];
    if (no !== undefined || word === 'rdr' || to === undefined) continue;
    const from = FROM.exec(row.text)?.[1] ?? 'any';
    const rule = row.text.replace(/^\s{0,8}(?:@\d{1,6} )?/, '');
    notes.say('natRule', rule, { on: on && `${not ? '!' : ''}${on}`, from, to }, row);
  }
  return notes.done();
}

function sayNoAltq(row: Row, notes: Notes): boolean {
  const device = NO_ALTQ.exec(row.text)?.[1];
  if (device === undefined) return false;
  const message = { code: 'altq-unsupported', device, text: row.text };
  notes.say('message', `altq-unsupported ${device}`, message, row);
  return true;
}
