// Reads: a line `Configuration Change: 0xFFFF`, which some posts tell people to look for in pcidump's output.
// Printed by: nothing. No pcidump can read config_msix_vector: it is not in PCI configuration space (usr.sbin/pcidump/pcidump.c
// knows no such text, 1.27 to 1.69), so the line is what a person states. Fixtures: fixtures/outputs/openbsd-7.8/*vector-claim.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const CLAIM = /^\s{0,40}(?:[-*] )?Configuration Change:\s{0,4}0x([0-9a-f]{1,4})\b(.{0,200})$/i;

const NOT_PRINTABLE =
  'pcidump has no such line (it cannot print config_msix_vector); taken as what the person states: ' +
  "read the register from the host's QEMU monitor to be sure.";

export const vectorClaim: Parser = {
  kind: 'claim/config-vector',
  title: 'a stated configuration vector',
  commands: /^(?!)/,
  begins: CLAIM,
  continues: CLAIM,
  read: readVectorClaim,
};

function readVectorClaim(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const value = CLAIM.exec(row.text)?.[1];
    if (value === undefined) {
      notes.missed(row);
      continue;
    }
    notes.say('claim', 'config-vector', { value: Number.parseInt(value, 16), text: row.text.trim() }, row);
    notes.problem('claim-not-printable', NOT_PRINTABLE, [row]);
  }
  return notes.done();
}
