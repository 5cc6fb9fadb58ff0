// Reads: `virsh domifstat VM TAP`, and the rows of interfaces in `virsh domstats`.
// Printed by: libvirt tools/virsh-domain-monitor.c (cmdDomIfstat, cmdDomstats); src/util/virnetdevtap.c: as the guest sees them, a tap's turned round.
// Fixtures: fixtures/outputs/libvirt-9.0/domifstat*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const STAT = /^ ?(\S{1,17}) (rx|tx)_(bytes|packets|errs|drop) (\d{1,20})$/;
const TAP = /^ ?(?:vnet|tap)\S{1,14} rx_bytes \d{1,20}$/;
const DOMAIN = /^Domain: '([\w.+@-]{1,80})'$/;
const NAME = /^\s{1,4}net\.(\d{1,3})\.name=([\w.-]{1,16})$/;
const OF_NET = /^\s{1,4}net\.(\d{1,3})\.(rx|tx)\.(bytes|pkts|errs|drop)=(\d{1,20})$/;
const OTHER = /^\s{1,4}[a-z][\w.-]{1,60}=.{0,200}$/;

export const domifstat: Parser = {
  kind: 'libvirt/domifstat',
  title: 'virsh domifstat',
  side: 'host',
  commands: /^virsh\b.{0,120}\b(?:domifstat|domstats)\b/,
  begins: new RegExp(`${TAP.source}|${DOMAIN.source}`),
  continues: new RegExp(`${STAT.source}|${OTHER.source}`),
  read: readStatistics,
};

function readStatistics(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let vm = '';
  let name: string | undefined;
  for (const row of rows) {
    const [, domain] = DOMAIN.exec(row.text) ?? [];
    const [, index, tap] = NAME.exec(row.text) ?? [];
    const [, of, way, counts, value] = STAT.exec(row.text) ?? [];
    const [, , theirs, kind, amount] = OF_NET.exec(row.text) ?? [];
    if (domain !== undefined) vm = domain;
    else if (tap !== undefined) {
      name = tap;
      const says = { vm: vm || undefined, manager: 'libvirt' as const, index: Number(index), tap };
      notes.say('vmNic', `libvirt ${vm}/${tap}`, says, row);
    } else if (of !== undefined) say(of, way, counts, value, row, notes);
    else if (theirs !== undefined) say(name, theirs, kind, amount, row, notes);
    else if (!OTHER.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

const COUNTS: Readonly<Record<string, string>> = {
  bytes: 'bytes',
  packets: 'packets',
  pkts: 'packets',
  errs: 'errors',
  drop: 'drops',
};

/** What the guest receives, its tap sends. A macvtap was turned round by old releases only: left out. */
function say(
  of: string | undefined,
  way: string | undefined,
  kind = '',
  value: string | undefined,
  row: Row,
  notes: Notes,
): void {
  if (of === undefined || !/^(?:vnet|tap)/.test(of) || COUNTS[kind] === undefined) return;
  const counts = `${way === 'rx' ? 'tx' : 'rx'}-${COUNTS[kind]}`;
  notes.say('counter', `${of} ${counts}`, { of, counts, value: Number(value) }, row);
}
