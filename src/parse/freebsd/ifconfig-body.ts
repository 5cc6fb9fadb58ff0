import type { Row } from '../../model/line.ts';
import type { Things } from '../../model/sighting.ts';
import { readInet, readInet6 } from '../openbsd/inet-line.ts';
import type { Notes } from '../reading.ts';
import { readOptions } from './interface-options.ts';

const MAC = /^(ether|hwaddr) ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})\b/i;
const STATUS = /^status: ([a-z][a-z ]{1,30}?)(?: \(([^)]{1,120})\))?$/;
const VLAN = /^vlan: (\d{1,4})(?: vlanproto: \S{1,12})?(?: vlanpcp: \d)? parent interface: (\S{1,32})$/;
const CARP = /^carp: (INIT|BACKUP|MASTER) /;
const OPENED = /^Opened by PID (\d{1,10})$/;
const DRIVER = /^drivername: (([a-z]{2,15})\d{1,5})$/;
/** Known, and of no use here: wlan, tunnels, SFP modules (-v), what macOS adds. */
const OTHER =
  /^(?:ether|hwaddr) \S|^media: |^supported media:|^media \S|^groups: |^nd6 options|^tunnel |^options: (?:vnet|flags)|^options[ =:]|^capabilities|^plugged: |^vendor: |^module temperature: |^lane \d|^(?:RX|TX): -?\d|^ssid |^regdomain |^country |^authmode |^channel |^parent interface: |^wlan|^maxupd: |^pfsync: |^syncpeer: |^peer \S|^carp: |^vxlan |^wireguard|^public-key |^listen-port|^endpoint |^allowed-ips|^latest-handshake|^transfer |^gif|^reqid: |^fib: |^tunnelfib: |^maclabel |^sfp: |^agrprefixlen |^lladdr |^lro_|^txrtlmt|^PCP |^lport|^inet(?:6)? \S|^scheduler:|^effective interface: |^eflags=|^xflags=|^qosmarking |^mode: |^low power|^multi layer|^routermode|^link quality: |^uplink|^downlink|^state availability: |^desc: |^type: |^agent domain:|^generation id:|^netif: |^flowswitch: |^bond interface: |^lldp|^resv|^advbase|^<unknown/;

type Says = Partial<Things['interface']>;

/** One row of a block as FreeBSD, DragonFly and macOS print it, bridges and laggs apart. False when it is none. */
export function readBodyRow(name: string, row: Row, isMacos: boolean, notes: Notes): boolean {
  const text = row.text.trim();
  const say = (says: Says) => notes.say('interface', name, says, row);
  if (readAddress(name, text, row, notes)) return true;
  const says = readMac(text) ?? readState(text) ?? readPlace(text);
  if (says) say(says);
  const options = says ? undefined : readOptions(text, isMacos);
  if (options?.word === 'options') say({ offloads: options.offloads, lro: options.offloads.includes('lro') });
  if (options?.word === 'capabilities') say({ offloadsPossible: options.offloads });
  return says !== undefined || options !== undefined || OTHER.test(text);
}

/** `duplicated`: somebody else answers for this address (sbin/ifconfig/af_inet6.c, IN6_IFF_DUPLICATED). */
function readAddress(name: string, text: string, row: Row, notes: Notes): boolean {
  if (text.startsWith('inet ')) return readInet(name, text, row, notes);
  if (!text.startsWith('inet6 ') || !readInet6(name, text, row, notes)) return false;
  if (/ duplicated\b/.test(text)) {
    const message = { code: 'address-in-use', device: name, text: row.text.trim() };
    notes.say('message', `address-in-use ${name}`, message, row);
  }
  return true;
}

/** `ether` is the address in use, `hwaddr` the burnt-in one. */
function readMac(text: string): Says | undefined {
  const [, word, mac] = MAC.exec(text) ?? [];
  if (mac === undefined) return undefined;
  return word === 'ether' ? { mac: mac.toLowerCase() } : { permanentMac: mac.toLowerCase() };
}

function readState(text: string): Says | undefined {
  const status = STATUS.exec(text)?.[1];
  if (status === 'active') return { link: 'active' };
  // macOS says inactive; FreeBSD adds a reason in brackets from 12.1 on.
  if (status === 'no carrier' || status === 'inactive') return { link: 'no-carrier' };
  if (status !== undefined) return {};
  const role = CARP.exec(text)?.[1];
  if (role !== undefined) return { role: role.toLowerCase() };
  if (text.startsWith('media: ')) return { media: text.slice(7) };
  const pid = OPENED.exec(text)?.[1];
  return pid === undefined ? undefined : { openedBy: Number(pid) };
}

function readPlace(text: string): Says | undefined {
  if (text.startsWith('description: '))
    return { description: text.slice(13).replace(/^'(.{0,200})'$/, '$1') };
  if (text.startsWith('groups: ')) return { groups: text.slice(8).trim().split(/\s+/) };
  const [, vlan, parent] = VLAN.exec(text) ?? [];
  if (vlan !== undefined && parent !== undefined)
    return parent === '<none>'
      ? { vlan: Number(vlan), driver: 'vlan' }
      : { vlan: Number(vlan), parent, driver: 'vlan' };
  const [, first, driver] = DRIVER.exec(text) ?? [];
  return first !== undefined && driver !== undefined ? { driver, renamedFrom: first } : undefined;
}
