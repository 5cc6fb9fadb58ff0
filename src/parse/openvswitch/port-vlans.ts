import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

/** `[40, 50]`, `[]`, `40`. */
export function vlansOf(text: string): number[] {
  return [...text.matchAll(/\d{1,4}/g)].slice(0, 4096).map(([digits]) => Number(digits));
}

/** vlan_mode=access, the mode of a port with a tag: its VLAN, untagged. ovs-vswitchd.conf.db(5), Port. */
export function sayAccess(port: string, vlan: number, row: Row, notes: Notes): void {
  notes.say(
    'portVlan',
    `${port} ${vlan}-${vlan}`,
    { port, from: vlan, to: vlan, pvid: true, untagged: true },
    row,
  );
}

/** A trunk port passes the VLANs listed, or all of them; untagged frames are in VLAN 0, or in the native one. */
export function sayTrunk(port: string, vlans: readonly number[], row: Row, notes: Notes, native = 0): void {
  const ranges =
    vlans.length > 0
      ? vlans.filter((vlan) => vlan !== 0).map((vlan) => [vlan, vlan] as const)
      : [[1, 4094] as const];
  for (const [from, to] of ranges)
    notes.say('portVlan', `${port} ${from}-${to}`, { port, from, to, pvid: false, untagged: false }, row);
  const takesUntagged = native !== 0 || vlans.length === 0 || vlans.includes(0);
  if (takesUntagged)
    notes.say(
      'portVlan',
      `${port} ${native}-${native}`,
      { port, from: native, to: native, pvid: true, untagged: true },
      row,
    );
}
