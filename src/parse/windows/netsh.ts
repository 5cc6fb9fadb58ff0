// Reads: `netsh interface show interface`, `netsh interface ipv4 show config` and `show subinterfaces`; `route print`, as far as it is recognised.
// Printed by: Windows netsh.exe and route.exe (7 to 11, English). Fixtures: fixtures/outputs/windows-11/netsh*.txt, route-print.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEADER =
  /^(?:Admin State\s{1,10}State\s{1,14}Type\s{1,16}Interface Name|\s{0,6}MTU\s{1,4}MediaSenseState\s{1,4}Bytes In\s{1,4}Bytes Out\s{1,4}Interface|IPv[46] Route Table|Interface List|Active Routes:|Persistent Routes:|Network Destination\s{1,10}Netmask\s{1,14}Gateway\s{1,10}Interface\s{1,4}Metric|\s{0,4}If\s{1,4}Metric Network Destination\s{1,12}Gateway)$/;
const LINE = /^(?:-{20,80}|={20,80}|(?:-{3,18}\s{1,4}){3,5}-{3,60})$/;
const STATE =
  /^(Enabled|Disabled)\s{1,12}(Connected|Disconnected)\s{1,12}(?:Dedicated|Loopback|Internal|External)\s{1,14}(\S.{0,80})$/;
const SUBINTERFACE =
  /^\s{0,6}(\d{3,10})\s{1,20}(\d{1,2})\s{1,20}(\d{1,20})\s{1,20}(\d{1,20})\s{1,4}(\S.{0,80})$/;
const CONFIG = /^Configuration for interface "([^"]{1,80})"$/;
const FIELD =
  /^\s{2,8}(DHCP enabled|IP Address|Subnet Prefix|Default Gateway|Gateway Metric|InterfaceMetric|DNS .{3,60}|Statically .{3,60}|Register .{3,60}|WINS .{3,60}):\s{1,40}(\S.{0,100})?$/;
const ROUTE =
  /^\s{0,12}(\d{1,3}(?:\.\d{1,3}){3})\s{1,12}(\d{1,3}(?:\.\d{1,3}){3})\s{1,16}(On-link|\d{1,3}(?:\.\d{1,3}){3})\s{1,16}(\d{1,3}(?:\.\d{1,3}){3})\s{1,6}\d{1,6}$/;
const REST =
  /^\s{0,3}\d{1,3}(?:\.{3,30}[\da-f ]{0,18} ?\.{3,10}|\.{20,40})\S.{0,100}$|^\s{0,4}\d{1,4}\s{1,6}\d{1,6} \S{2,60}(?:\s{1,40}\S{2,50})?$|^\s{2,40}(?:None|On-link|\S{2,50})$/;

export const netsh: Parser = {
  kind: 'windows/netsh',
  title: 'netsh or route print of Windows',
  commands: /^(?:netsh(?:\.exe)? int\w{0,7} |route(?:\.exe)? print\b)/i,
  begins: new RegExp([HEADER, STATE, CONFIG].map(({ source }) => `(?:${source})`).join('|')),
  continues: new RegExp([LINE, SUBINTERFACE, FIELD, ROUTE, REST].map(({ source }) => source).join('|')),
  read: readNetsh,
};

function readNetsh(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const own = rows.find(({ text }) => netsh.begins.test(text));
  if (own) notes.say('system', '', { os: 'windows' }, own);
  let name = '';
  for (const row of rows) {
    const config = CONFIG.exec(row.text)?.[1];
    if (config !== undefined) name = config;
    else if (
      !readRow(row, name, notes) &&
      !HEADER.test(row.text) &&
      !LINE.test(row.text) &&
      !REST.test(row.text)
    )
      notes.missed(row);
  }
  return notes.done();
}

function readRow(row: Row, name: string, notes: Notes): boolean {
  const [, admin, state, listed] = STATE.exec(row.text) ?? [];
  if (listed !== undefined) {
    const up = admin === 'Enabled';
    notes.say(
      'interface',
      listed.trim(),
      up ? { up, link: state === 'Connected' ? 'active' : 'no-carrier' } : { up },
      row,
    );
    return true;
  }
  const [, mtu, , received, sent, sub] = SUBINTERFACE.exec(row.text) ?? [];
  if (sub !== undefined) {
    // The loopback shows the largest number there is.
    if (mtu !== '4294967295') notes.say('interface', sub.trim(), { mtu: Number(mtu) }, row);
    for (const [counts, value] of [
      ['rx-bytes', received],
      ['tx-bytes', sent],
    ] as const)
      notes.say('counter', `${sub.trim()} ${counts}`, { of: sub.trim(), counts, value: Number(value) }, row);
    return true;
  }
  const [, field, value = ''] = FIELD.exec(row.text) ?? [];
  if (field !== undefined) {
    readField(name, field, value, row, notes);
    return true;
  }
  return ROUTE.test(row.text);
}

function readField(name: string, field: string, value: string, row: Row, notes: Notes): void {
  if (name === '') return;
  if (field === 'DHCP enabled') notes.say('interface', name, { autoconf4: value === 'Yes' }, row);
  const address = field === 'IP Address' ? /^\d{1,3}(?:\.\d{1,3}){3}/.exec(value)?.[0] : undefined;
  if (address !== undefined && !address.startsWith('169.254.'))
    notes.say('address', `${name} ${address}`, { interface: name, family: 'inet', address }, row);
  if (field === 'Default Gateway')
    notes.say('route', 'default', { interface: name, gateway: value.trim() }, row);
}
