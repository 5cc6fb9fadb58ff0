// Reads: /boot/loader.conf, loader.conf.local, loader.conf.d/*, device.hints, and `kenv`: the boot loader's variables as written down and as handed over.
// Printed by: cat(1), grep(1), bin/kenv/kenv.c; grammar: loader.conf(5). Fixtures: fixtures/outputs/{pfsense-2.1,freebsd-14.1}/loader.conf*.txt, kenv*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const FILE =
  '(\\/boot\\/(?:loader\\.conf(?:\\.local|\\.d\\/\\S{1,60})?|defaults\\/loader\\.conf|device\\.hints|loader\\.rc)):';
const NUMBER = '(?:\\d{1,5}:)?';
/** Names that only the loader knows, so that a line may begin the output. */
const OWN =
  '(?:[a-z]\\w{1,30}_load|(?:hw|kern|vfs|net|dev|vm|security|machdep|compat|debug|hint|acpi|smbios|boot|loader|zfs|comconsole|beastie|efi|uboot|screen)[._][\\w.%/-]{1,60}|autoboot_delay|console|currdev|loaddev|kernelname|bootfile|LINES|COLUMNS|module_path|rootdev|prompt|cryptodev)';
const OWN_LINE = new RegExp(
  `^(?:${FILE}${NUMBER})?(${OWN})=("[^"]{0,300}"|'[^']{0,300}'|\\S{0,300})\\s{0,8}(?:#.{0,200})?$`,
);
const LINE = new RegExp(
  `^(?:${FILE}${NUMBER})?([A-Za-z_][\\w.%/-]{0,80})=("[^"]{0,300}"|'[^']{0,300}'|\\S{0,300})\\s{0,8}(?:#.{0,200})?$`,
);
const COMMENT = new RegExp(`^(?:${FILE}${NUMBER})?\\s{0,8}#`);
/** What the firmware or the loader tells the kernel, and no file holds. bin/kenv, stand/libsa, stand/i386/loader. */
const HANDED =
  /^(?:smbios\.|acpi\.(?:oem|rsdp|rsdt|revision|xsdt)|hint\.acpi|efi-version=|LINES=|COLUMNS=|currdev=|loaddev=|kernelname=|bootfile=)/;

export const loaderConf: Parser = {
  kind: 'freebsd/loader-conf',
  title: 'boot loader settings of FreeBSD or DragonFly',
  side: 'guest',
  commands:
    /^(?:(?:cat|head|tail|more|less|grep|egrep)\b.{0,120}(?:\/boot\/(?:loader|device\.hints)|loader\.conf)|(?:\/bin\/)?kenv\b)/,
  begins: OWN_LINE,
  continues: new RegExp(`${LINE.source}|${COMMENT.source}`),
  read: readLoaderConf,
};

function readLoaderConf(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const isKenv = /^(?:\/bin\/)?kenv\b/.test(command) || rows.some(({ text }) => HANDED.test(text));
  const named = /\/boot\/\S{1,80}/.exec(command)?.[0];
  for (const row of rows) {
    const [, file, name, quoted = ''] = LINE.exec(row.text) ?? [];
    if (name === undefined) {
      if (!COMMENT.test(row.text)) notes.missed(row);
      continue;
    }
    const value = quoted.replace(/^(["'])(.*)\1$/, '$2');
    // What kenv shows was handed to this kernel; what a file says is wanted at the next boot.
    if (isKenv) notes.say('setting', name, { value }, row);
    else notes.say('loaderSetting', name, { value, path: file ?? named ?? '/boot/loader.conf' }, row);
    if (isKenv && name === 'smbios.system.product') notes.say('system', '', { product: value }, row);
  }
  return notes.done();
}
