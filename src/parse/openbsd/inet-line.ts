import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

const INET =
  /^inet (\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2}))?(?: -->? \S{1,40})?(?: net ?mask (0x[0-9a-f]{8}|\d{1,3}(?:\.\d{1,3}){3}))?/;
const INET6 =
  /^inet6 ([0-9a-f:]{2,39})(?:%[\w.:-]{1,20})?(?:\/(\d{1,3}))?(?: -->? \S{1,60})?(?: prefixlen (\d{1,3}))?/;

/** `inet A netmask 0x...`, in hex, dotted, or as a prefix. False when it is no address line. */
export function readInet(name: string, text: string, row: Row, notes: Notes): boolean {
  const [, address, slash, mask] = INET.exec(text) ?? [];
  if (address === undefined) return false;
  const prefix = slash === undefined ? prefixOf(mask) : Number(slash);
  notes.say('address', `${name} ${address}`, { interface: name, family: 'inet', address, prefix }, row);
  return true;
}

export function readInet6(name: string, text: string, row: Row, notes: Notes): boolean {
  const [, address, slash, prefix = slash] = INET6.exec(text) ?? [];
  if (address === undefined) return false;
  const length = prefix === undefined ? undefined : Number(prefix);
  notes.say(
    'address',
    `${name} ${address}`,
    { interface: name, family: 'inet6', address, prefix: length },
    row,
  );
  return true;
}

export function prefixOf(mask: string | undefined): number | undefined {
  if (mask === undefined) return undefined;
  const bits = mask.startsWith('0x')
    ? Number.parseInt(mask, 16).toString(2)
    : mask
        .split('.')
        .map((octet) => Number(octet).toString(2).padStart(8, '0'))
        .join('');
  return [...bits].filter((bit) => bit === '1').length;
}
