// Reads: the consoles of pfSense and OPNsense: which interface is assigned to what, which ones exist, and that some do not.
// Printed by: pfsense src/etc/rc.banner, src/etc/rc.bootup, src/etc/inc/config.console.inc; opnsense/core src/opnsense/scripts/shell/banner.php, src/etc/rc.bootup.
// Fixtures: fixtures/outputs/{pfsense-2.6,opnsense-24.7}/console*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const PATH = '/conf/config.xml';
const NAME = '[a-z][a-z_]{1,11}\\d{1,3}(?:[._]\\w{1,8})?';
/** pfSense: ` WAN (wan)  -> vtnet0  -> v4/DHCP4: ...`; OPNsense: ` LAN (vtnet1)  -> v4: ...`. */
const PFSENSE = new RegExp(
  `^ {0,2}(\\S.{0,40}?) \\((?:wan|lan|opt\\d{1,3})\\) {1,20}-> (${NAME}) {1,20}->(?: (v[46](?:\\/\\w{1,8})?: \\S{2,50}))?$`,
);
const OPNSENSE = new RegExp(
  `^ {0,2}(\\S.{0,40}?) \\((${NAME})\\) {1,20}->(?: (v[46](?:\\/\\w{1,8})?: \\S{2,50}))?$`,
);
const MORE = /^ {10,40}(v6(?:\/\w{1,8})?: \S{2,50})$/;
const ADDRESS = /^v([46])(?:\/(\w{1,8}))?: ([\da-fA-F.:]{2,45})\/(\d{1,3})$/;
const MISSING = /^Warning: Configuration references interfaces that do not exist: ([\w. ,]{2,200})$/;
const MISMATCH =
  /^(?:Network interface mismatch|Default interfaces not found) -- Running interface assignment option\.?$/;
const VALID = /^Valid interfaces are:$/;
const LISTED = new RegExp(
  `^ {0,2}(${NAME})\\s{1,20}((?:[\\da-f]{2}:){5}[\\da-f]{2})(?:\\s{1,6}\\((?:up|down)\\))?(?:\\s.{0,120})?$`,
  'i',
);
const MENU =
  /^ {0,3}\d{1,2}\) [A-Z].{3,70}$|^Enter an option: ?|^(?:Should|Do) .{5,60}\[y\/?\|?[nN]\]\??|^No network interfaces are assigned\.$|^(?:Do VLANs need to be set up first|If VLANs will not be used|say no here and use the web|If the names of the interfaces are not known|be used instead\. To use auto|Enter the (?:WAN|LAN|Optional) )/;

export const consoleMenu: Parser = {
  kind: 'freebsd/console-menu',
  title: 'console of pfSense or OPNsense',
  side: 'guest',
  commands: /^\/etc\/rc\.(?:banner|initial)\b/,
  begins: new RegExp(
    [PFSENSE, OPNSENSE, MISSING, MISMATCH, VALID].map(({ source }) => `(?:${source})`).join('|'),
  ),
  continues: new RegExp(`${LISTED.source}|${MORE.source}|${MENU.source}`, 'i'),
  read: readConsole,
};

function readConsole(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let last: string | undefined;
  for (const row of rows) {
    const [, , name, address] = PFSENSE.exec(row.text) ?? OPNSENSE.exec(row.text) ?? [];
    const more = MORE.exec(row.text)?.[1];
    if (name) {
      last = name;
      notes.say('interfaceFile', name, { path: PATH, asks: asksOf(address) }, row);
      sayAddress(name, address, row, notes);
    } else if (more && last) sayAddress(last, more, row, notes);
    else if (
      !sayMismatch(row, notes) &&
      !sayListed(row, notes) &&
      !VALID.test(row.text) &&
      !MENU.test(row.text)
    )
      notes.missed(row);
  }
  return notes.done();
}

function asksOf(address = ''): 'autoconf' | 'static' | undefined {
  if (!address.startsWith('v4')) return undefined;
  return address.startsWith('v4/') ? 'autoconf' : 'static';
}

/** What the console shows is what the interface has, not what it is to have. */
function sayAddress(name: string, text: string | undefined, row: Row, notes: Notes): void {
  const [, version, how, address, prefix] = ADDRESS.exec(text ?? '') ?? [];
  if (!address) return;
  const family = version === '4' ? 'inet' : 'inet6';
  const says = {
    interface: name,
    family,
    address,
    prefix: Number(prefix),
    dynamic: how !== undefined,
  } as const;
  notes.say('address', `${name} ${address}`, says, row);
}

/** config.xml names an interface that the kernel does not have: is_interface_mismatch(). */
function sayMismatch(row: Row, notes: Notes): boolean {
  const names = MISSING.exec(row.text)?.[1]?.split(/[ ,]+/).filter(Boolean);
  for (const device of names ?? []) {
    notes.say('interfaceFile', device, { path: PATH }, row);
    const code = 'interface-missing';
    notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
  }
  if (names) return true;
  if (!MISMATCH.test(row.text)) return false;
  const code = 'interface-mismatch';
  notes.say('message', code, { code, device: '', text: row.text }, row);
  return true;
}

function sayListed(row: Row, notes: Notes): boolean {
  const [, name, mac] = LISTED.exec(row.text) ?? [];
  if (!name || !mac) return false;
  notes.say('interface', name, { mac: mac.toLowerCase() }, row);
  return true;
}
