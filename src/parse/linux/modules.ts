// Reads: `lsmod`, /proc/modules and `modinfo`: whether the kernel has the modules of virtio; and what modprobe and insmod say when it refuses them.
// Printed by: kmod tools/lsmod.c, modinfo.c, modprobe.c, insmod.c; busybox modutils; kernel/module/procfs.c. Fixtures: fixtures/outputs/linux-6.1/lsmod*.txt, insmod.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEAD = /^Module {1,30}Size {1,3}Used by(?:\s{1,4}(?:Not tainted|Tainted: .{1,20}))?$/;
const LISTED =
  /^([a-z\d][a-z\d_]{1,40}) {1,30}(\d{3,9}) {1,3}(-?\d{1,6})(?: (?:[a-z\d_,]{1,400}|-))?(?: Live 0x[\da-f]{8,16})?(?: \([A-Z]{1,6}\))?$/;
/** Without its head a row is known by a module that only Linux has. */
const OWN = /^(?:virtio(?:_[a-z]{2,10})?|net_failover|failover) {1,30}\d{3,9} {1,3}-?\d{1,6}(?: |$)/;
const BUILT_IN =
  /^(?:filename: {1,12}\(builtin\)|(?:\S{1,60}\/)?kernel\/drivers\/(?:net\/virtio_net|virtio\/virtio(?:_pci)?)\.ko)$/;
const NAME =
  '["\'\u2018]?(?:\\S{0,80}\\/)?(virtio(?:_[a-z]{2,10})?|failover|net_failover)(?:\\.ko(?:\\.\\w{2,4})?)?["\'\u2019]?';
/** The module is there, and the kernel does not take it. */
const REFUSED = new RegExp(
  `^(?:insmod|modprobe): (?:ERROR: could not insert (?:module )?|can't (?:insert|load module) )${NAME}(?: \\(\\S{1,80}\\))?: (?:[Uu]nknown symbol in module|[Ii]nvalid module format|Key was rejected|Exec format error|Required key).{0,60}$`,
);
/** Not found: it may be built in, which modprobe does not tell on every system. */
const ABSENT = new RegExp(
  `^(?:modprobe|insmod): (?:FATAL: Module ${NAME} not found(?: in directory \\S{1,80})?\\.?|module ${NAME} not found(?: in modules\\.dep)?|can't change directory to .{1,80}|ERROR: could not load module .{1,80})$`,
);

export const modules: Parser = {
  kind: 'linux/modules',
  title: 'Linux modules',
  commands:
    /^(?:\/s?bin\/)?(?:lsmod|modinfo|modprobe|insmod)\b|^(?:cat|[ef]?grep)\b.{0,60}(?:\/proc\/modules|modules\.builtin)/,
  begins: new RegExp([HEAD, OWN, REFUSED, ABSENT, BUILT_IN].map(({ source }) => source).join('|')),
  continues: new RegExp(
    `${LISTED.source}|^(?:name|license|description|author|alias|depends|retpoline|intree|vermagic|parm|sig_id|signer|sig_key|sig_hashalgo|signature|srcversion|filename|version|file): {1,14}.{0,200}$`,
  ),
  top: HEAD,
  read: readModules,
};

function readModules(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const first = rows.find(({ text }) => modules.begins.test(text));
  if (first) notes.say('system', '', { os: 'linux' }, first);
  for (const row of rows) {
    const [, listed] = LISTED.exec(row.text) ?? [];
    const [, refused] = REFUSED.exec(row.text) ?? [];
    if (refused) {
      const says = { code: 'module-refused', device: '', text: row.text };
      notes.say('message', `module-refused ${refused}`, says, row);
    } else if (listed) {
      if (/^virtio/.test(listed)) notes.say('module', listed, { loaded: true }, row);
    } else if (BUILT_IN.test(row.text)) sayBuiltIn(row, command, notes);
    else if (!HEAD.test(row.text) && !ABSENT.test(row.text) && !modules.continues.test(row.text))
      notes.missed(row);
  }
  return notes.done();
}

function sayBuiltIn(row: Row, command: string, notes: Notes): void {
  const named =
    /(virtio(?:_[a-z]{2,10})?)\.ko$/.exec(row.text)?.[1] ?? / (virtio(?:_[a-z]{2,10})?)$/.exec(command)?.[1];
  if (named) notes.say('module', named, { builtIn: true }, row);
}
