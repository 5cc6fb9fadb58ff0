// Reads: the dialogue of `config -ef /bsd`, and of UKC at boot (`boot -c`), about vio(4) and virtio(4).
// Printed by: usr.sbin/config/{ukc,cmd,ukcutil}.c and sys/kern/subr_userconf.c (OpenBSD, all releases).
// Fixtures: fixtures/outputs/openbsd-5.6/config-e.txt, openbsd-7.8/boot-c.txt, openbsd-7.3/config-e-exit.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { VERSION } from './dmesg-boots.ts';

const PROMPT = /^(?:ukc|UKC)> {0,3}(\S.{0,100})?$/;
const DEVICE =
  /^ {0,4}\d{1,4} (vio|virtio)(?:\*|\d{1,3}) at [\w*|.-]{1,60}(?: .{0,120}?)? ?flags (0x[\da-f]{1,8}|\d{1,8})\b/;
const OTHER_DEVICE =
  /^ {0,4}\d{1,4} [a-z]\w{0,20}\*? (?:at .{1,200}|count \d{1,6}.{0,80}|(?:already )?(?:changed|disabled|enabled))$/;
const CHANGED = /^ {0,4}\d{1,4} (vio|virtio)(?:\*|\d{1,3}) changed$/;
const ANSWER =
  /^(?:change|[a-z]{2,20}) \[[\w-]{0,20}\] ?\??(?: .{0,40})?$|^change \(y\/n\) \??(?: ?\w{1,5})?$|^--- more ---/;
const SAID =
  /^(?:Enter 'help' for information|User Kernel Config|Saving modified kernel\.|Kernel not modified\.?|Continuing\.\.\.|not forced|warning: .{1,100}|Unknown .{1,80}|Entry not found\.?|\[.{0,40}\] ?)$/;
const BUILDER = /^\s{0,12}[\w.-]{1,60}@[\w.-]{1,100}:\/\S{1,200}$/;

export const configE: Parser = {
  kind: 'openbsd/config-e',
  title: 'OpenBSD config -e',
  side: 'guest',
  commands: /^(?:\/usr\/sbin\/)?config -\w{0,4}e\w{0,4}\b|^boot\b.{0,60} -\w{0,4}c\b/,
  begins:
    /^(?:ukc|UKC)>|^ {0,4}\d{1,4} (?:vio|virtio)(?:\*|\d{1,3}) (?:at |changed|disabled|enabled)|^User Kernel Config$|^Saving modified kernel\.$|^boot> boot .{0,60}-\w{0,4}c$/,
  continues: new RegExp(
    [VERSION, BUILDER, OTHER_DEVICE, ANSWER, SAID].map(({ source }) => `(?:${source})`).join('|'),
  ),
  read: readConfigE,
};

type Id = 'vio' | 'virtio';
type Seen = { flags: Map<Id, { flags: number; row: Row }>; changed: Set<Id> };

function readConfigE(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const seen: Seen = { flags: new Map(), changed: new Set() };
  let end: { saved: boolean; row: Row } | undefined;
  for (const row of rows) {
    readRow(row, seen, notes);
    end = endOf(row, end);
  }
  for (const [id, { flags, row }] of seen.flags) {
    notes.say('kernelConfig', id, { flags, where: 'config-e' }, row);
    if (end && seen.changed.has(id)) notes.say('kernelConfig', id, { saved: end.saved }, end.row);
  }
  return notes.done();
}

/** The last listing of a device holds: after `changed` its line is printed once more with the new flags. */
function readRow(row: Row, seen: Seen, notes: Notes): void {
  const [, device, flags = '0'] = DEVICE.exec(row.text) ?? [];
  const changed = CHANGED.exec(row.text)?.[1];
  if (device) seen.flags.set(device as Id, { flags: Number(flags), row });
  else if (changed) seen.changed.add(changed as Id);
  else if (VERSION.test(row.text)) sayVersion(row, notes);
  else if (!configE.begins.test(row.text) && !configE.continues.test(row.text)) notes.missed(row);
}

/** `exit` leaves without saving; what is typed at `boot -c` holds for that boot only. */
function endOf(row: Row, before: { saved: boolean; row: Row } | undefined) {
  if (/^Saving modified kernel\.$/.test(row.text)) return { saved: true, row };
  const isThrownAway = /^(?:Kernel not modified\.?|Continuing\.\.\.)$/.test(row.text);
  if (isThrownAway || PROMPT.exec(row.text)?.[1]?.trim() === 'exit') return { saved: false, row };
  return before;
}

function sayVersion(row: Row, notes: Notes): void {
  const [, release, stage, kernel] = VERSION.exec(row.text) ?? [];
  const status = (stage?.slice(1) ?? 'release') as 'release' | 'current' | 'beta' | 'stable';
  notes.say('system', '', { os: 'openbsd', release, stage: status, kernel }, row);
}
