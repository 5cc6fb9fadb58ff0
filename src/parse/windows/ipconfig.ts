// Reads: `ipconfig` and `ipconfig /all` of Windows, English and, by the shape of names and values, other languages.
// Printed by: Windows ipconfig.exe; format as described in Microsoft's command reference and seen in 7 to 11. A disabled adapter is not listed;
// `Media State` stands only where there is no link. Fixtures: fixtures/outputs/windows-11/ipconfig*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { driverOfModel, macOfWindows } from './adapter-model.ts';

const TITLE =
  /^(?:Windows IP Configuration|Windows-IP-Konfiguration|Configuration IP de Windows|Configuraci\u00f3n IP de Windows|Configurazione IP di Windows|Configura\u00e7\u00e3o de IP do Windows|Konfiguracja IP systemu Windows)$/;
const ADAPTER =
  /^(Ethernet[- ]adapter|Carte Ethernet|Adaptador (?:de )?Ethernet|Scheda Ethernet|Karta Ethernet|(?:Wireless LAN|Tunnel|PPP|Unknown|Mobile Broadband|Bluetooth)[- ]adapter|Drahtlos-LAN-Adapter|Tunneladapter|Carte (?:r\u00e9seau sans fil|Tunnel)|Adaptador de (?:LAN inal\u00e1mbrica|t\u00fanel)|Scheda (?:LAN wireless|Tunnel)) (\S.{0,80}?) ?:$/i;
/** `   IPv4 Address. . . . . . . . . . . : 192.0.2.5(Preferred)`: dots and blanks up to a colon. */
const FIELD = /^\s{0,12}(\S[^:]{1,60}?)(?: {0,2}\.){0,40} ?:(?: (.{0,200}))?$/;
/** A second value below the first, or one that went on in the next line. */
const MORE = /^\s{12,60}\S.{0,80}$|^[\w)]{1,12}\)$/;

export const ipconfig: Parser = {
  kind: 'windows/ipconfig',
  title: 'Windows ipconfig',
  commands: /^(?:[A-Za-z]:\\\S{0,80}\\)?ipconfig(?:\.exe)?\b/i,
  begins: new RegExp(`${TITLE.source}|${ADAPTER.source}`, 'i'),
  continues: new RegExp(`${FIELD.source}|${MORE.source}`),
  top: TITLE,
  read: readIpconfig,
};

function readIpconfig(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const [first] = rows;
  if (first) notes.say('system', '', { os: 'windows' }, first);
  let name: string | undefined;
  let isTaken = false;
  for (const row of rows) {
    const [, kind, adapter] = ADAPTER.exec(row.text) ?? [];
    const [, label = '', value = ''] = FIELD.exec(row.text) ?? [];
    if (adapter !== undefined) {
      name = adapter;
      // Tunnels and radio are no NICs of a virtual machine.
      isTaken = /ethernet/i.test(kind ?? '');
      if (isTaken) notes.say('interface', name, { up: true }, row);
    } else if (label !== '') {
      if (name !== undefined && isTaken) readField(name, label, value.trim(), row, notes);
    } else if (!TITLE.test(row.text) && !readMore(row, isTaken ? name : undefined, notes)) notes.missed(row);
  }
  return notes.done();
}

function readField(name: string, label: string, value: string, row: Row, notes: Notes): void {
  const say = (says: Partial<Things['interface']>) => notes.say('interface', name, says, row);
  const mac = macOfWindows(value);
  if (mac !== undefined && !/DUID|IAID/i.test(label)) say({ mac });
  else if (/^(?:Description|Beschreibung|Descripci|Descrizione|Descri)/.test(label)) {
    const driver = driverOfModel(value);
    say({ model: value, ...(driver !== undefined && { driver }) });
  } else if (
    /^(?:Media State|Medienstatus|Statut du m|Estado de los medios|Stato supporto|Estado da m)/.test(label)
  ) {
    say({ link: 'no-carrier' });
  } else if (/^DHCP\b/.test(label) && !/server|serveur|servidor|IAID/i.test(label)) {
    const isOn = /^(?:Yes|Ja|Oui|S\u00ed|S\u00ec|Sim|Tak)$/i.test(value);
    if (isOn || /^(?:No|Nein|Non|N\u00e3o|Nie)$/i.test(value)) say({ autoconf4: isOn });
  } else if (/gateway|passerelle|puerta de enlace/i.test(label) && /^\d{1,3}(?:\.\d{1,3}){3}$/.test(value)) {
    notes.say('route', 'default', { interface: name, gateway: value }, row);
  } else if (/IPv[46]|IP Address|^Adresse IP|IP-Adresse/i.test(label)) readAddress(name, value, row, notes);
}

/** 169.254/16 is what Windows takes when no DHCP server answered (APIPA): no address that anybody gave. */
function readAddress(name: string, value: string, row: Row, notes: Notes): void {
  const four = /^(\d{1,3}(?:\.\d{1,3}){3})(?:\(|$)/.exec(value)?.[1];
  const six = /^([\da-f:]{2,39})(?:%\d{1,5})?(?:\(|$)/i.exec(value)?.[1];
  if (four === undefined && six === undefined) return;
  notes.say('interface', name, { link: 'active', addressesListed: true }, row);
  if (four?.startsWith('169.254.')) {
    const message = { code: 'dhcp-no-answer', device: name, text: row.text.trim() };
    notes.say('message', `dhcp-no-answer ${name}`, message, row);
    return;
  }
  const address = four ?? six?.toLowerCase() ?? '';
  const family = four === undefined ? 'inet6' : 'inet';
  notes.say('address', `${name} ${address}`, { interface: name, family, address }, row);
  if (/\((?:Duplicate|Doppelt|Dupliqu|Duplicad)/.test(value)) {
    const message = { code: 'address-in-use', device: name, text: row.text.trim() };
    notes.say('message', `address-in-use ${name}`, message, row);
  }
}

/** The second default gateway is the IPv4 one where the first is of IPv6. */
function readMore(row: Row, name: string | undefined, notes: Notes): boolean {
  const gateway = /^\s{12,60}(\d{1,3}(?:\.\d{1,3}){3})$/.exec(row.text)?.[1];
  if (gateway !== undefined && name !== undefined)
    notes.say('interface', name, { addressesListed: true }, row);
  return MORE.test(row.text);
}
