// Reads: /etc/bsd.re-config: answers for config(8), one a line, that are given anew to every kernel that is linked.
// Read by: libexec/reorder_kernel/reorder_kernel.sh (OpenBSD 7.0 and later; bsd.re-config(5)).
// Fixtures: fixtures/outputs/openbsd-7.8/bsd.re-config.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const CHANGE = /^change (vio|virtio)(?:\*|\d{1,3})?$/;
const ANSWER = /^(?:[yn]|yes|no|\d{1,8}|0x[\da-fA-F]{1,8})$/;

export const reConfig: Parser = {
  kind: 'openbsd/re-config',
  title: 'OpenBSD bsd.re-config',
  side: 'guest',
  commands: /^(?:cat|less|more|head|tail) .{0,60}bsd\.re-config\b/,
  begins: CHANGE,
  continues:
    /^(?:[yn]|yes|no|\d{1,8}|0x[\da-fA-F]{1,8}|(?:change|disable|enable|find|add) [a-z]\w{0,20}\*?|quit|#.{0,200})$/,
  read: readReConfig,
};

/** `change vio`, `y`, flags: vio(4) has no locators, so there are three lines. An older flags line of virtio may repeat by bus. */
function readReConfig(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let asked: string | undefined;
  let isAgreed = false;
  for (const row of rows) {
    const change = CHANGE.exec(row.text)?.[1];
    if (change) {
      asked = change;
      isAgreed = false;
    } else if (asked && /^y(?:es)?$/.test(row.text)) isAgreed = true;
    else if (asked && isAgreed && /^\d|^0x/.test(row.text) && ANSWER.test(row.text)) {
      const flags = Number(row.text);
      notes.say('kernelConfig', asked, { flags, saved: true, where: 'bsd.re-config' }, row);
      isAgreed = false;
    } else if (/^[a-z]{3}/.test(row.text) && reConfig.continues.test(row.text)) asked = undefined;
    else if (!reConfig.continues.test(row.text)) notes.missed(row);
  }
  return notes.done();
}
