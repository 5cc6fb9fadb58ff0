// Reads: what if_bridge(4) refuses, the taps of VMs as they come and join a bridge, and cards whose link falls as they do.
// Printed by: sys/net/if_bridge.c bridge_ioctl_add() and bridge_set_ifcap(), if_tuntap.c (`Ethernet address:`), if.c if_setflag() (`promiscuous mode`).
// Fixtures: fixtures/outputs/freebsd-13.2/dmesg-bridge*.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

const REFUSALS: readonly (readonly [string, RegExp])[] = [
  ['bridge-mtu-refused', /^[\w.-]{1,16}: invalid MTU: \d{1,6}\(([\w.-]{1,16})\) != \d{1,6}$/],
  ['bridge-offload-stuck', /^[\w.-]{1,16}: error setting capabilities on ([\w.-]{1,16}): \d{1,4}$/],
  [
    'bridge-offload-stuck',
    /^[\w.-]{1,16}: can't disable some capabilities on ([\w.-]{1,16}): 0x[\da-f]{1,16}$/,
  ],
];
const BORN = /^((?:tap|vmnet)\d{1,5}): Ethernet address: ((?:[\da-f]{2}:){5}[\da-f]{2})$/;
const JOINED = /^((?:tap|vmnet)\d{1,5}): promiscuous mode (?:enabled|disabled)$/;
/** Cards, not what is made of them or of VMs. */
const CARD_DOWN =
  /^(?!(?:tap|vmnet|bridge|vlan|lagg|epair|vtnet|lo|tun|wg)\d)([a-z]{2,10}\d{1,3}): link state changed to DOWN$/;
/** A card's reset takes some seconds, in which little else is logged. */
const WIDEST = 8;

const BRIDGE_BORN = /^bridge\d{1,5}: Ethernet address: (?:[\da-f]{2}:){5}[\da-f]{2}$/;

export const BRIDGE_ROWS: readonly RegExp[] = [
  ...REFUSALS.map(([, shape]) => shape),
  BORN,
  BRIDGE_BORN,
  JOINED,
];

export function sayBridge(row: Row, notes: Notes): boolean {
  const [, tap, mac] = BORN.exec(row.text) ?? [];
  if (tap !== undefined) {
    notes.say('interface', tap, { driver: 'tap', mac }, row);
    return true;
  }
  for (const [code, shape] of REFUSALS) {
    const device = shape.exec(row.text)?.[1];
    if (device === undefined) continue;
    notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
    return true;
  }
  return JOINED.test(row.text);
}

/** A tap joins or leaves, and the next that happens is that the link of a card falls: the bridge changed its offloads. */
export function sayFlaps(rows: readonly Row[], notes: Notes): void {
  for (const [index, row] of rows.entries()) {
    const joined = JOINED.exec(row.text)?.[1];
    if (joined === undefined) continue;
    const fallen = rows.slice(index + 1, index + 1 + WIDEST).find(({ text }) => CARD_DOWN.test(text));
    const device = fallen && CARD_DOWN.exec(fallen.text)?.[1];
    if (!fallen || device === undefined) continue;
    const both: Row = { text: fallen.text, at: [...row.at, ...fallen.at] };
    notes.say(
      'message',
      `uplink-flapped ${device}`,
      { code: 'uplink-flapped', device, text: fallen.text },
      both,
    );
  }
}
