// Reads: the rows below an interface's head in NetBSD's ifconfig.
// Printed by: sbin/ifconfig/ifconfig.c (capabilities, and with -v the counters), ether.c, media.c, vlan.c, af_inet.c, af_inet6.c.
// Fixtures: fixtures/outputs/netbsd-{7.2,9.3,10.1,11}/ifconfig*.txt.

import type { Row } from '../../model/line.ts';
import type { Offload, Things } from '../../model/sighting.ts';
import { readInet, readInet6 } from '../openbsd/inet-line.ts';
import type { Notes } from '../reading.ts';

const MAC = /^address: ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})\b/i;
const CAPABILITIES = /^(capabilities|enabled)=(?:0x)?[0-9a-f]{1,16}(?:<([A-Za-z0-9_,]{0,300})>)?$/;
const VLAN = /^vlan: (\d{1,4}) parent: ([a-z]{2,15}\d{1,5}|<none>)$/;
const TRAFFIC =
  /^(input|output): (\d{1,20}) packets?, (\d{1,20})(?:\.\d)?[KMGTPE]? bytes?((?:, \d{1,20} [a-z ]{3,24}){0,6})$/;

export const BODY =
  /^\s{0,40}(?:capabilities=|enabled=|ec_(?:capabilities|enabled)=|address: |linkstr: |media: |media \w|supported \w{1,20} media:|status: |inet6? |vlan: \d|carp: |description: |(?:in|out)put: \d|tunnel |pfsync: |nwid |ssid |powersave|bssid |chan |pppoe|laggproto|lagg|member |wol|fec|unnumbered)/;

/** What the rows of one block add up to, and whether another block follows, so that nothing of this one is cut. */
export type BlockState = {
  readonly offloads: { readonly on: Offload[]; readonly possible: Offload[] };
  readonly isWhole: boolean;
};

export function readBodyRow(name: string, row: Row, state: BlockState, notes: Notes): boolean {
  const text = row.text.trim();
  const say = (says: Partial<Things['interface']>) => notes.say('interface', name, says, row);
  if (text.startsWith('inet ')) return readInet(name, text.replace(/^inet alias /, 'inet '), row, notes);
  if (text.startsWith('inet6 ')) return readInet6(name, text, row, notes);
  const mac = MAC.exec(text)?.[1]?.toLowerCase();
  // A NIC that was never up shows no status line: its address line and the next interface frame the block.
  if (text.startsWith('address: ')) {
    say({ ...(mac && { mac }), ...(state.isWhole && { addressesListed: true }) });
    return true;
  }
  const status = /^status: (.{1,40})$/.exec(text)?.[1];
  if (status === 'active') say({ link: 'active' });
  if (status === 'no carrier') say({ link: 'no-carrier' });
  if (text.startsWith('media: ')) say({ media: text.slice(7) });
  if (text.startsWith('description: ')) say({ description: text.slice(13).replace(/^"(.*)"$/, '$1') });
  const [, vlan, parent] = VLAN.exec(text) ?? [];
  if (vlan && parent && parent !== '<none>') say({ vlan: Number(vlan), parent });
  return readOffloads(text, state, say) || readTraffic(name, text, row, notes) || BODY.test(row.text);
}

/** `TCP4CSUM_Rx`, `UDP6CSUM_Tx`, `TSO4`. sys/net/if.h IFCAPBITS */
function offloadsOf(names: string): Offload[] {
  const found = new Set<Offload>();
  for (const name of names.split(',')) {
    const [, family, way] = /^(?:IP|TCP|UDP)([46])CSUM_(Rx|Tx)$/.exec(name) ?? [];
    if (family && way) found.add(`${way === 'Rx' ? 'rx' : 'tx'}-checksum${family === '6' ? '6' : ''}`);
    if (name === 'TSO4') found.add('tso4');
    if (name === 'TSO6') found.add('tso6');
    if (name === 'LRO') found.add('lro');
  }
  return [...found];
}

/** A long list goes on in further rows that begin alike. */
function readOffloads(
  text: string,
  { offloads }: BlockState,
  say: (says: Partial<Things['interface']>) => void,
): boolean {
  const [, word, names = ''] = CAPABILITIES.exec(text) ?? [];
  if (word === undefined) return false;
  const list = word === 'enabled' ? offloads.on : offloads.possible;
  for (const offload of offloadsOf(names)) if (!list.includes(offload)) list.push(offload);
  if (word === 'enabled') say({ offloads: [...list], lro: list.includes('lro') });
  else say({ offloadsPossible: [...list] });
  return true;
}

/** With -v: `input: 1520 packets, 204511 bytes, 12 multicasts, 1 error, 3 queue drops`. */
function readTraffic(name: string, text: string, row: Row, notes: Notes): boolean {
  const [, way, packets, bytes, rest = ''] = TRAFFIC.exec(text) ?? [];
  if (way === undefined) return false;
  const end = way === 'input' ? 'rx' : 'tx';
  const count = (counts: string, value: string | undefined) => {
    if (value !== undefined)
      notes.say(
        'counter',
        `${name} ${end}-${counts}`,
        { of: name, counts: `${end}-${counts}`, value: Number(value) },
        row,
      );
  };
  count('packets', packets);
  // With -h the number of bytes is rounded.
  if (!/[KMGTPE] bytes/.test(text)) count('bytes', bytes);
  count('errors', /, (\d{1,20}) errors?\b/.exec(rest)?.[1]);
  count('drops', /, (\d{1,20}) queue drops?\b/.exec(rest)?.[1]);
  return true;
}
