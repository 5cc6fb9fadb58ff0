// Reads: `uname -a`, `freebsd-version`, `opnsense-version`, the banners of pfSense's and OPNsense's consoles and the lines of their dashboards.
// Printed by: usr.bin/uname, bin/freebsd-version; opnsense/core scripts (opnsense-version, banner); pfsense /etc/rc.banner.
// Fixtures: fixtures/outputs/freebsd-*/version*.txt, dragonfly-6.4/uname.txt.

import type { GuestThings } from '../../model/guest-things.ts';
import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { hostName } from '../host-name.ts';
import { takeNotes } from '../reading.ts';

const RELEASE = '\\d{1,3}\\.\\d{1,3}-[A-Z][\\w.-]{2,40}';
const UNAME = new RegExp(`^(FreeBSD|DragonFly) (\\S{1,64}) (${RELEASE}) (?:FreeBSD|DragonFly) .{1,300}$`);
const PLAIN = new RegExp(
  `^(?:(FreeBSD) )?(${RELEASE})(?: (?:amd64|i386|arm64|aarch64|riscv64|powerpc\\w{0,4}))?$`,
);
const OPNSENSE =
  /^(?:\*{3} \S{1,64}: )?OPNsense (\d{2}\.\d{1,2}(?:\.\d{1,3})?(?:_\d{1,3})?)(?:[ -].{0,60})?$/;
const PFSENSE =
  /^(?:\*{3} Welcome to )?pfSense (?:(?:CE|Plus) )?(\d{1,2}\.\d{1,2}(?:\.\d{1,3})?)(?:-\w{3,20})?(?:[ -].{0,80})?$/;

export const freebsdVersion: Parser = {
  kind: 'freebsd/version',
  title: 'version of FreeBSD, pfSense or OPNsense',
  commands: /^(?:uname\b|freebsd-version\b|opnsense-version\b|cat \/etc\/version\b)/,
  commandIsShared: true,
  begins: new RegExp([UNAME, PLAIN, OPNSENSE, PFSENSE].map(({ source }) => `(?:${source})`).join('|')),
  continues: /^\d{1,2}\.\d{1,2}\.\d{1,3}-(?:RELEASE|DEVELOPMENT)$/,
  read: readVersion,
};

function readVersion(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const says = readRow(row.text) ?? (/\/etc\/version/.test(command) ? readProduct(row.text) : undefined);
    if (says) notes.say('system', '', says, row);
    else notes.missed(row);
  }
  return notes.done();
}

type Says = Partial<GuestThings['system']>;

function readRow(text: string): Says | undefined {
  const [, kernel, name, release] = UNAME.exec(text) ?? [];
  if (release !== undefined) {
    const own = hostName(name);
    return { os: kernel === 'FreeBSD' ? 'freebsd' : 'dragonfly', ...(own && { name: own }), release };
  }
  const opnsense = OPNSENSE.exec(text)?.[1];
  if (opnsense !== undefined)
    return { os: 'freebsd', distribution: 'opnsense', distributionRelease: opnsense.replace('_', '.') };
  const pfsense = PFSENSE.exec(text)?.[1];
  if (pfsense !== undefined) return { os: 'freebsd', distribution: 'pfsense', distributionRelease: pfsense };
  const plain = PLAIN.exec(text)?.[2];
  return plain === undefined ? undefined : { os: 'freebsd', release: plain };
}

/** pfSense's /etc/version holds nothing but its own number. */
function readProduct(text: string): Says | undefined {
  const number = /^(\d{1,2}\.\d{1,2}\.\d{1,3})-(?:RELEASE|DEVELOPMENT)$/.exec(text)?.[1];
  return number === undefined
    ? undefined
    : { os: 'freebsd', distribution: 'pfsense', distributionRelease: number };
}
