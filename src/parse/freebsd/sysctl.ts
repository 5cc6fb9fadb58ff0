// Reads: `sysctl NAME`, `sysctl dev.vtnet.0`, `sysctl -a` and greps of them: `name: value` (`name=value` with -e is read as OpenBSD's), and its refusals.
// Printed by: sbin/sysctl/sysctl.c (FreeBSD 9 to 15, DragonFly, macOS). Fixtures: fixtures/outputs/freebsd-*/sysctl*.txt.

import type { GuestThings } from '../../model/guest-things.ts';
import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { sayVirtioLeaf } from './sysctl-virtio.ts';
import { type Queues, saySums, sayVtnetLeaf } from './sysctl-vtnet.ts';

const SETTING =
  /^((?:kern|hw|net|vm|machdep|security|vfs|dev|debug|compat|p1003_1b|user)\.[\w%.:-]{1,100}):(?: (.{0,2000}))?$/;
const REFUSED =
  /^sysctl: (?:oid '([\w.%-]{1,100})' is a read only(?: tunable)?|unknown oid '([\w.%-]{1,100})'|Tunable values are set in \/boot\/loader\.conf)/;
const BUILD = /^ {4}\S{1,60}@\S{1,100}:\S+$/;
const VERSION = /^(FreeBSD|DragonFly) v?(\d{1,3}\.\d{1,3}[\w.-]{0,40})/;

export const freebsdSysctl: Parser = {
  kind: 'freebsd/sysctl',
  title: 'sysctl of FreeBSD or DragonFly',
  commands: /^(?:\/sbin\/)?sysctl\b/,
  commandIsShared: true,
  begins: new RegExp(`${SETTING.source}|${REFUSED.source}`),
  continues: BUILD,
  // The counters of a NIC again: a second reading.
  top: /^dev\.vtnet\.\d{1,4}\.[\w.%]{1,60}:/,
  read: readSysctl,
};

function readSysctl(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const queues: Queues = new Map();
  let isGuest = false;
  for (const row of rows) {
    const [, name, value = ''] = SETTING.exec(row.text) ?? [];
    if (name === undefined) {
      if (!sayRefusal(row, notes) && !BUILD.test(row.text)) notes.missed(row);
      continue;
    }
    isGuest ||= /^dev\.(?:vtnet|virtio_pci)\.\d/.test(name);
    if (name.startsWith('dev.')) {
      if (!sayVtnetLeaf(name, value, row, queues, notes)) sayVirtioLeaf(name, value, row, notes);
    } else {
      notes.say('setting', name, { value }, row);
      saySystem(name, value, row, notes);
    }
  }
  saySums(queues, notes);
  return notes.done(isGuest ? 'guest' : undefined);
}

function sayRefusal(row: Row, notes: Notes): boolean {
  const [whole, readOnly, unknown] = REFUSED.exec(row.text) ?? [];
  if (whole === undefined) return false;
  const device = readOnly ?? unknown;
  const code = readOnly === undefined ? 'setting-unknown' : 'setting-read-only';
  if (device !== undefined) notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
  return true;
}

/** kern.vm_guest: sys/kern/subr_param.c; `none` may also be a hypervisor that hides itself. */
const HYPERVISORS: Readonly<Record<string, GuestThings['system']['hypervisor']>> = {
  kvm: 'kvm',
  bhyve: 'bhyve',
  hv: 'hyper-v',
  vmware: 'vmware',
  xen: 'xen',
  vbox: 'virtualbox',
};

function saySystem(name: string, value: string, row: Row, notes: Notes): void {
  const say = (says: Partial<GuestThings['system']>) => notes.say('system', '', says, row);
  if (name === 'kern.ostype' && (value === 'FreeBSD' || value === 'DragonFly'))
    say({ os: value === 'FreeBSD' ? 'freebsd' : 'dragonfly' });
  const [, os, release] = (name === 'kern.version' && VERSION.exec(value)) || [];
  if (release !== undefined) say({ os: os === 'FreeBSD' ? 'freebsd' : 'dragonfly', release });
  if (name === 'kern.osrelease' && /^\d{1,3}\.\d{1,3}-/.test(value)) say({ release: value });
  const hypervisor = name === 'kern.vm_guest' ? HYPERVISORS[value] : undefined;
  if (hypervisor) say({ hypervisor });
  if ((name === 'hw.ncpu' || name === 'kern.smp.cpus') && /^\d{1,4}$/.test(value))
    say({ cpus: Number(value) });
}
