// Reads: what cloud-init prints of the network at boot: the tables `ci-info: | eth0: | True | ...`, and which MACs it looked for in vain.
// Printed by: cloudinit/netinfo.py netdev_pformat(); cloudinit/net/__init__.py "Not all expected physical devices present".
// Fixtures: fixtures/outputs/linux-6.1/cloud-init*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const OWNER = '(?:cloud-init\\[\\d{1,10}\\]: )?';
const DEVICE = new RegExp(
  `^${OWNER}(?:ci-info: )?\\|\\s{1,12}([a-zA-Z][\\w.-]{0,14}):?\\s{1,20}\\|\\s{1,8}(True|False)\\s{1,8}\\|\\s{1,50}(\\S{1,50})\\s{1,50}\\|(.{0,200})$`,
);
const TABLE = new RegExp(`^${OWNER}ci-info: (?:\\+|\\||!{4}|no )`);
const MISSING = /Not all expected physical devices present: (\{.{1,400}\})/;
const SAID =
  /^(?:cloud-init\[\d{1,10}\]: |Cloud-init v\. |\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - \w{1,20}\.py\[|- \w{1,24}\.py\[[A-Z]{4,8}\]: )/;
/** cloudinit/net/bsd.py and distros/freebsd.py: which name the BSDs' configuration is written for. */
const CONFIGURES = /\bbsd\.py\[\w{1,10}\]: Configuring interface ([a-z][\w.-]{0,14})$/;
const NO_DEVICE =
  /\bbsd\.py\[\w{1,10}\]: Cannot find any device with MAC ((?:[\da-fA-F]{2}:){5}[\da-fA-F]{2})$/;
const FREEBSD = /\['service', '(?:netif|routing|dhclient)', /;

export const cloudInit: Parser = {
  kind: 'linux/cloud-init',
  title: 'cloud-init log',
  commands: /^(?:cat (?:\S{0,60}\/)?(?:cloud-init\S{0,20}\.log|result\.json|status\.json)|cloud-init status)/,
  begins: new RegExp(`${TABLE.source}|${SAID.source}|^.{0,200}?${MISSING.source}`),
  continues:
    /^\s{0,8}(?:[{}[\]],?|"(?:v1|datasource|errors|stage|finished|start|init|init-local|modules-config|modules-final|recoverable_errors)": .{0,200})$/,
  leads: /^\s{0,4}(?:\{|"v1": \{|"datasource": .{1,120},|"errors": \[)$/,
  isLog: true,
  side: 'guest',
  read: readCloudInit,
};

function readCloudInit(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const freebsd = rows.find(({ text }) => FREEBSD.test(text));
  const isBsd = rows.some(({ text }) => /\bbsd\.py\[/.test(text));
  if (freebsd) notes.say('system', '', { os: 'freebsd' }, freebsd);
  else if (rows[0] && !isBsd) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    const macs = MISSING.exec(row.text)?.[1] ?? NO_DEVICE.exec(row.text)?.[1];
    const name = CONFIGURES.exec(row.text)?.[1];
    if (name && freebsd) notes.say('interfaceFile', name, { path: '/etc/rc.conf' }, row);
    else if (macs !== undefined) sayMissing(macs, row, notes);
    else if (!readDevice(row, notes) && !isOther(row)) notes.missed(row);
  }
  return notes.done('guest');
}

function isOther(row: Row): boolean {
  return TABLE.test(row.text) || SAID.test(row.text) || cloudInit.continues.test(row.text);
}

function sayMissing(macs: string, row: Row, notes: Notes): void {
  for (const [mac] of macs.matchAll(/(?:[\da-fA-F]{2}:){5}[\da-fA-F]{2}/g)) {
    const wanted = mac.toLowerCase();
    notes.say(
      'message',
      `mac-not-found ${wanted}`,
      { code: 'mac-not-found', device: wanted, text: row.text },
      row,
    );
  }
}

/** One row for each address; `.` stands for none, and the row of an interface without one says so. */
function readDevice(row: Row, notes: Notes): boolean {
  const [, name = '', up, address = '', rest = ''] = DEVICE.exec(row.text) ?? [];
  if (up === undefined) return false;
  const mac = /((?:[\da-f]{2}:){5}[\da-f]{2})/i.exec(rest)?.[1]?.toLowerCase();
  if (name !== 'lo') notes.say('interface', name, { up: up === 'True', ...(mac && { mac }) }, row);
  const bare = address.replace(/\/\d{1,3}$/, '');
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(bare) || /^[\da-f]{0,4}:[\da-f:]{1,40}$/.test(bare)) {
    const family = bare.includes(':') ? 'inet6' : 'inet';
    notes.say('address', `${name} ${bare}`, { interface: name, family, address: bare }, row);
  } else if (address === '.' && name !== 'lo') {
    notes.say(
      'message',
      `listed-without-address ${name}`,
      { code: 'listed-without-address', device: name },
      row,
    );
  }
  return true;
}
