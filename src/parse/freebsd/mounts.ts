// Reads: /etc/fstab with FreeBSD's disks, `df`, `swapinfo`, `mount`: which disk is named, and which one is in use.
// Printed by: cat(1) (fstab(5)), bin/df/df.c, usr.sbin/swapinfo (sbin/swapon/swapon.c), sbin/mount/mount.c (FreeBSD, DragonFly).
// Fixtures: fixtures/outputs/{pfsense-2.1,freebsd-14.1}/{fstab,df,swapinfo,mount}*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

/** Disks as drivers name them, and the names by label, GPT or file system that follow a disk wherever it goes. */
const DEVICE =
  '(\\/dev\\/(?:(?:vtbd|ada|ad|da|nvd|nda|aacd|mfid|mmcsd|md|ar|wd)\\d{1,3}[a-z0-9]{0,6}(?:\\.(?:eli|journal))?|(?:ufs|ufsid|label|gpt|gptid|diskid|mirror|serno)\\/[\\w.-]{1,60}))';
const FSTAB = new RegExp(
  `^(?:\\/etc\\/fstab:(?:\\d{1,4}:)?)?${DEVICE}\\s{1,40}(\\/\\S{0,80}|none)\\s{1,40}(?:ufs|swap|msdosfs|cd9660|hammer2?|ext2fs)\\s{1,20}\\S{1,40}`,
);
const DF = new RegExp(
  `^${DEVICE}\\s{1,20}[\\d.]{1,16}[KMGTBk]?i?\\s{1,16}[\\d.]{1,16}[KMGTBk]?i?\\s{1,16}-?[\\d.]{1,16}[KMGTBk]?i?\\s{1,8}\\d{1,3}%(?:\\s{1,12}\\d{1,12}\\s{1,12}\\d{1,12}\\s{1,8}\\d{1,3}%)?\\s{1,8}(\\/\\S{0,80})$`,
);
const SWAP = new RegExp(
  `^${DEVICE}\\s{1,20}\\d{1,12}[KMG]?\\s{1,16}\\d{1,12}[KMGB]?\\s{1,16}\\d{1,12}[KMG]?\\s{1,8}\\d{1,3}%$`,
);
const MOUNT = new RegExp(`^${DEVICE} on (\\/\\S{0,80}) \\((?:ufs|msdosfs|cd9660|hammer2?)\\b.{0,120}\\)$`);
const TITLES =
  /^(?:Filesystem\s{1,20}(?:1K-blocks|512-blocks|Size)\s{1,12}Used\s{1,12}Avail|Device\s{1,20}(?:1K-blocks|1M-blocks|512-blocks|Size|Bytes)\s{1,12}Used\s{1,12}Avail\s{1,8}Capacity|# ?Device\s{1,20}Mountpoint\s)/;
const OTHER =
  /^(?:(?:devfs|tmpfs|procfs|fdescfs|linprocfs|map |zroot|\w{2,20}\/\S{1,60}|\/dev\/\S{1,60}|proc|linsysfs)(?: on \/|\s{1,20}\S{1,12}\s{1,12}\S)|#|Total\s)/;

export const mounts: Parser = {
  kind: 'freebsd/mounts',
  title: 'file systems of FreeBSD or DragonFly',
  commands:
    /^(?:(?:cat|head|grep|more|less)\b.{0,60}\/etc\/fstab|df\b|swapinfo\b|pstat -s|mount$|swapctl -l)/,
  commandIsShared: true,
  begins: new RegExp(
    [FSTAB, DF, SWAP, MOUNT, /^# ?Device\s{1,20}Mountpoint\s/, /^Device\s{1,20}1K-blocks\s{1,12}Used\s/]
      .map(({ source }) => `(?:${source})`)
      .join('|'),
  ),
  continues: new RegExp(`${TITLES.source}|${OTHER.source}`),
  leads: TITLES,
  read: readMounts,
};

function readMounts(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, wanted, place] = FSTAB.exec(row.text) ?? [];
    const [, used, path] = DF.exec(row.text) ?? MOUNT.exec(row.text) ?? SWAP.exec(row.text) ?? [];
    const device = wanted ?? used;
    if (device === undefined) {
      if (!mounts.continues.test(row.text)) notes.missed(row);
      continue;
    }
    const at = wanted ? place : path;
    const says = wanted ? ({ isConfigured: true } as const) : ({ isMounted: true } as const);
    notes.say('mount', device, { device, ...(at?.startsWith('/') && { path: at }), ...says }, row);
  }
  return notes.done();
}
