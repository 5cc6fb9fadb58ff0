// Reads: sysctl of Linux (`net.ipv4.ip_forward = 0`), and single files of /proc/sys/net by `cat`, `head` or `grep .`.
// Printed by: procps sysctl.c, busybox procps/sysctl.c (both put blanks around the equals sign, which no BSD does); net/ipv4/devinet.c.
// Fixtures: fixtures/outputs/linux-6.1/sysctl*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const SETTING = /^(net\.(?:ipv4|ipv6|bridge|core|netfilter)\.[\w./-]{1,100}) = (-?\S.{0,200})$/;
const NAMED_FILE = /^\/proc\/sys\/(net\/[\w./-]{1,100}):(-?\S.{0,200})$/;
const VALUE = /^-?\d{1,12}$/;
const REFUSED = /^sysctl: (?:cannot stat|error|reading|permission|setting key) .{1,200}$/;

export const linuxSysctl: Parser = {
  kind: 'linux/sysctl',
  title: 'Linux sysctl',
  commands: /^(?:\/sbin\/)?sysctl\b|^(?:cat|head|grep \S{1,4}) (?:-\w{1,4} )?\/proc\/sys\/net\//,
  commandIsShared: true,
  begins: new RegExp(`${SETTING.source}|${NAMED_FILE.source}`),
  continues: new RegExp(`${VALUE.source}|${REFUSED.source}`),
  read: readSysctl,
};

function readSysctl(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const files = [...command.matchAll(/\/proc\/sys\/(net\/[\w./-]{1,100})/g)].map((match) =>
    nameOf(match[1] ?? ''),
  );
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    const [, name, value] = SETTING.exec(row.text) ?? [];
    const [, file, content] = NAMED_FILE.exec(row.text) ?? [];
    if (name !== undefined && value !== undefined) notes.say('setting', nameOf(name), { value }, row);
    else if (file !== undefined && content !== undefined)
      notes.say('setting', nameOf(file), { value: content }, row);
    else if (VALUE.test(row.text) && files.length > 0)
      notes.say('setting', files.shift() ?? '', { value: row.text }, row);
    else if (!REFUSED.test(row.text)) notes.missed(row);
  }
  // Only a machine that bridges has these.
  return notes.done(
    rows.some(({ text }) => /^(?:\/proc\/sys\/)?net[./]bridge[./]/.test(text)) ? 'host' : undefined,
  );
}

/** sysctl takes slashes too; in an interface's name a slash stands for a dot. */
function nameOf(path: string): string {
  return path.includes('/') && !path.includes('.') ? path.replaceAll('/', '.') : path;
}
