// Reads: `kldstat` and `kldstat -v`, whole or through grep: which kernel modules are loaded, and which are built into the kernel.
// Printed by: sbin/kldstat/kldstat.c (FreeBSD 8 to 15, DragonFly). Fixtures: fixtures/outputs/pfsense-2.1/kldstat.txt, freebsd-{12.1,14.1}/kldstat*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const TITLE = /^\s{0,4}Id Refs Address\s{1,20}Size\s{1,8}Name$/;
const FILE =
  /^\s{0,4}(\d{1,4})\s{1,6}\d{1,4} 0x[\da-f]{4,16}\s{1,12}(?:0x)?[\da-f]{1,12}\s{1,12}([\w.-]{1,40})(?: \(\S{1,200}\))?$/;
const MODULES = /^\s{1,16}(?:Contains modules:|Id Name)$/;
const MODULE = /^\s{1,16}\d{1,5} ([a-z][\w-]{0,30}(?:\/[\w.-]{1,40}){0,2})$/;
const REFUSED = /^kldstat: can't find file (\S{1,60}): No such file or directory$/;

export const kldstat: Parser = {
  kind: 'freebsd/kldstat',
  title: 'kldstat of FreeBSD or DragonFly',
  side: 'guest',
  commands: /^(?:\/sbin\/)?kldstat\b/,
  begins: new RegExp(`${TITLE.source}|${FILE.source}|^\\s{1,16}Contains modules:$|${REFUSED.source}`),
  continues: new RegExp(`${MODULES.source}|${MODULE.source}`),
  top: TITLE,
  read: readKldstat,
};

function readKldstat(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const files = new Set<string>();
  /** Of the rows of -v that follow: whether they are the kernel's own; unknown where grep took the file's row away. */
  let isKernel: boolean | undefined;
  for (const row of rows) {
    const [, id, file] = FILE.exec(row.text) ?? [];
    const module = MODULE.exec(row.text)?.[1];
    const refused = REFUSED.exec(row.text)?.[1];
    if (file !== undefined) {
      isKernel = id === '1' || file === 'kernel';
      files.add(nameOf(file));
      if (!isKernel) notes.say('module', nameOf(file), { loaded: true, builtIn: false }, row);
    } else if (module !== undefined) {
      notes.say(
        'module',
        module.slice(module.lastIndexOf('/') + 1),
        { loaded: true, builtIn: isKernel },
        row,
      );
    } else if (refused !== undefined) notes.say('module', nameOf(refused), { loaded: false }, row);
    else if (!TITLE.test(row.text) && !MODULES.test(row.text)) notes.missed(row);
  }
  sayMissing(rows, files, notes);
  return notes.done();
}

/** A listing without -v names every file: one that is not among them is not loaded (it may be in the kernel all the same). */
function sayMissing(rows: readonly Row[], files: ReadonlySet<string>, notes: Notes): void {
  const title = rows[0];
  if (!title || !TITLE.test(title.text) || !files.has('kernel')) return;
  if (rows.some(({ text }) => MODULES.test(text) && !TITLE.test(text))) return;
  for (const name of ['virtio', 'virtio_pci', 'if_vtnet'])
    if (!files.has(name)) notes.say('module', name, { loaded: false }, title);
}

function nameOf(file: string): string {
  return file.replace(/\.ko$/, '');
}
