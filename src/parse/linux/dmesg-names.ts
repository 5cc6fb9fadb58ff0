import type { Row } from '../../model/line.ts';
import { VERSION } from './dmesg-machine.ts';

/** Only behind a driver and its device: a container's `eth0: renamed from veth1a2b` is of another namespace. */
const RENAMED =
  /^[a-z][\w-]{1,20} (?:virtio\d{1,4}|[\da-f:.]{7,12}|\S{1,30}) ([a-zA-Z][\w.-]{0,14}): renamed from ([a-zA-Z][\w.-]{0,14})/;

/**
 * The kernel gives a NIC its first name and udev the last: what the interface that each row names is called at the end of
 * that boot. Read from the end, so that each rename is known before the rows above it.
 */
export function finalNames(
  rows: readonly Row[],
  named: readonly (string | undefined)[],
): readonly (string | undefined)[] {
  const finals: (string | undefined)[] = new Array(rows.length).fill(undefined);
  const later = new Map<string, string>();
  for (let index = rows.length - 1; index >= 0; index--) {
    const { text } = rows[index] as Row;
    const name = named[index];
    if (name !== undefined) finals[index] = later.get(name) ?? name;
    const [, to, from] = RENAMED.exec(text) ?? [];
    if (to && from) {
      later.set(from, later.get(to) ?? to);
      later.delete(to);
    }
    if (VERSION.test(text)) later.clear();
  }
  return finals;
}
