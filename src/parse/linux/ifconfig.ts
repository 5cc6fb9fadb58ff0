// Reads: ifconfig of Linux: net-tools 1.60 and busybox (`Link encap:`), net-tools 2 (`flags=4163<...>  mtu 1500`), also in other languages.
// Printed by: net-tools ifconfig.c, lib/interface.c with its po/ files; busybox networking/interface.c.
// Fixtures: fixtures/outputs/linux-2.6/ifconfig-*.txt, linux-6.1/ifconfig.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { sayOnlyLoopback } from '../only-loopback.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { readIfconfigCounters } from './ifconfig-counters.ts';
import { readIfconfigFlags } from './ifconfig-flags.ts';

/** The usual sums of flags in decimal: taken for hex, as the BSDs print them, none would fit its names. */
const SUMS =
  '(?:4163<UP,BROADCAST,RUNNING,MULTICAST>|4099<UP,BROADCAST,MULTICAST>|4098<BROADCAST,MULTICAST>|4419<UP,BROADCAST,RUNNING,PROMISC,MULTICAST>|73<UP,LOOPBACK,RUNNING>|67<UP,BROADCAST,RUNNING>|6211<UP,BROADCAST,RUNNING,SLAVE,MULTICAST>|5187<UP,BROADCAST,RUNNING,MASTER,MULTICAST>)';
const NEW_HEAD = new RegExp(
  `^([\\w.@:-]{1,20}): flags=(?:\\d{1,5}<([A-Z,]{0,200})> {2}mtu (\\d{1,6})|${SUMS} mtu \\d{1,6})$`,
);
/** `eth0      Link encap:Ethernet  HWaddr 52:54:00:12:34:56`, and the same in German, French, Spanish, Italian, Portuguese. */
const OLD_HEAD =
  /^([\w.@:-]{1,20})\s{1,12}(?:Link encap|Lien encap|Protokoll|Encapsulamento|Vínculo encap|Enlace encap|Tipo di collegamento) ?:(\S[^:]{0,40}?)(?:\s{1,4}([A-Za-zçãõéèóíúôÔ.-]{2,12}(?: [A-Za-zçãõéèóíúô.-]{1,10}){0,3}):?\s{0,3}((?:[\dA-Fa-f]{2}[:-]){5,15}[\dA-Fa-f]{2}))?\s{0,4}$/;
const OLD_FLAGS = /^\s{2,20}(\S.{0,160}?)\s{1,4}MTU ?:(\d{1,6})(?:\s{1,4}\S{1,12} ?:\d{1,6})?(?:\s.{0,60})?$/;
const OLD_INET =
  /^\s{2,20}(?:inet (?:addr|adr|Adresse|end\.|addr\.)|Direc\. inet|indirizzo inet) ?:(\d{1,3}(?:\.\d{1,3}){3})(?:\s.{0,120})?$/;
const OLD_INET6 =
  /^\s{2,20}(?:inet6[ -](?:addr|adr|Adresse|end\.|Adr)|adr inet6|Dirección inet6|indirizzo inet6|endereço inet6) ?: ?([\da-f:]{2,39})\/(\d{1,3})(?:\s.{0,60})?$/;
const NEW_INET =
  /^\s{2,12}inet (\d{1,3}(?:\.\d{1,3}){3}) {1,2}netmask (\d{1,3}(?:\.\d{1,3}){3})(?: {1,2}.{0,80})?$/;
const NEW_INET6 = /^\s{2,12}inet6 ([\da-f:]{2,39}) {1,2}prefixlen (\d{1,3}) {1,2}scopeid 0x.{1,40}$/;
const NEW_ETHER = /^\s{2,12}ether ((?:[\da-f]{2}:){5}[\da-f]{2}) {1,2}txqueuelen \d{1,6} {1,2}\(.{1,30}\)$/;
const OTHER =
  /^\s{2,12}(?:loop {1,2}txqueuelen|unspec |device (?:interrupt|memory)|tunnel |infiniband |sit |ppp )|^\s{2,20}(?:Interrupt|Interruption|Interrupción|Memory|Base address|DMA chan):?|^\s{2,20}(?:collisions|Kollisionen|colisiones|colis|collisioni|colisões)[ :]/;
const REFUSED = /^(?:ifconfig: )?SIOC[A-Z]{4,16}: No such device$/;

export const linuxIfconfig: Parser = {
  kind: 'linux/ifconfig',
  title: 'Linux ifconfig',
  commands: /^(?:\/s?bin\/|busybox )?ifconfig\b/,
  commandIsShared: true,
  begins: new RegExp([NEW_HEAD, OLD_HEAD].map(({ source }) => source).join('|')),
  continues: new RegExp(
    [
      OLD_FLAGS,
      OLD_INET,
      OLD_INET6,
      NEW_INET,
      NEW_INET6,
      NEW_ETHER,
      OTHER,
      REFUSED,
      /^\s{2,20}\S.{0,30}(?:RX|TX)\b.{1,120}\d/,
      /^\s{2,20}(?:RX|TX|Packets|Octets|Byte) ?\S.{1,120}\d/,
    ]
      .map(({ source }) => source)
      .join('|'),
  ),
  read: readIfconfig,
};

function readIfconfig(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const names = new Set<string>();
  let name = '';
  let isHost = false;
  for (const row of rows) {
    const head = readHead(row, notes);
    if (head !== undefined) name = head;
    else if (!readRow(row, name, notes)) notes.missed(row);
    if (name !== '') names.add(name);
    isHost ||= /^(?:tap\d|vnet\d|vmbr\d|virbr\d|fw(?:br|ln|pr)\d)/.test(name);
  }
  // Without -a those that are down are not listed.
  const isWhole = / -a$/.test(command);
  if (!/ lo$/.test(command))
    sayOnlyLoopback(names, rows, isWhole ? 'only-loopback' : 'only-loopback-up', notes);
  return notes.done(isHost ? 'host' : undefined);
}

function readHead(row: Row, notes: Notes): string | undefined {
  const [, name, flags, mtu] = NEW_HEAD.exec(row.text) ?? [];
  if (name !== undefined) {
    const told = flags ?? /<([A-Z,]{0,200})>/.exec(row.text)?.[1] ?? '';
    const shown = mtu ?? /mtu (\d{1,6})$/.exec(row.text)?.[1];
    notes.say('system', '', { os: 'linux' }, row);
    notes.say(
      'interface',
      name,
      { ...readIfconfigFlags(told.replaceAll(',', ' ')), mtu: Number(shown) },
      row,
    );
    return name;
  }
  const [, old, , , mac] = OLD_HEAD.exec(row.text) ?? [];
  if (old === undefined) return undefined;
  notes.say('system', '', { os: 'linux' }, row);
  const isEthernet = mac !== undefined && /^(?:[\dA-Fa-f]{2}:){5}[\dA-Fa-f]{2}$/.test(mac);
  // `eth0:1` is a second address of eth0.
  const bare = old.replace(/:.{0,20}$/, '');
  if (isEthernet) notes.say('interface', bare, { mac: mac.toLowerCase() }, row);
  return bare;
}

function readRow(row: Row, name: string, notes: Notes): boolean {
  if (REFUSED.test(row.text)) {
    notes.say('message', 'no-such-device', { code: 'no-such-device', device: '', text: row.text }, row);
    return true;
  }
  if (name === '') return false;
  if (readAddress(row, name, notes)) return true;
  // Addresses stand above the MAC in the new layout, above the flags in the old one.
  const mac = NEW_ETHER.exec(row.text)?.[1];
  if (mac) notes.say('interface', name, { mac, addressesListed: true }, row);
  if (mac) return true;
  const [, flags, mtu] = OLD_FLAGS.exec(row.text) ?? [];
  if (flags !== undefined) {
    const says = { ...readIfconfigFlags(flags), mtu: Number(mtu), addressesListed: true };
    notes.say('interface', name, says, row);
    return true;
  }
  return readIfconfigCounters(name, row, notes) || OTHER.test(row.text);
}

function readAddress(row: Row, name: string, notes: Notes): boolean {
  const four = OLD_INET.exec(row.text) ?? NEW_INET.exec(row.text);
  const six = OLD_INET6.exec(row.text) ?? NEW_INET6.exec(row.text);
  const [, address] = four ?? six ?? [];
  if (address === undefined) return false;
  const mask =
    four?.[2] ?? /(?:Mask|Masque|Maske|Másc|Masc|Maschera|Máscara) ?:([\d.]{7,15})/.exec(row.text)?.[1];
  const prefix = six ? Number(six[2]) : mask && prefixOf(mask);
  const says = { interface: name, family: six ? 'inet6' : 'inet', address } as const;
  notes.say('address', `${name} ${address}`, { ...says, ...(typeof prefix === 'number' && { prefix }) }, row);
  return true;
}

function prefixOf(mask: string): number | undefined {
  const bits = mask
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined;
}
