import type { Row } from '../../model/line.ts';
import { VERSION } from './dmesg-machine.ts';

/** Only behind a driver and its device: a container's `eth0: renamed from veth1a2b` is of another namespace. */
const RENAMED =
  /^[a-z][\w-]{1,20} (?:virtio\d{1,4}|[\da-f:.]{7,12}|\S{1,30}) ([a-zA-Z][\w.-]{0,14}): renamed from ([a-zA-Z][\w.-]{0,14})/;

/** The kernel gives a NIC its first name and udev the last: what a name of some row is called at the end of that boot. */
export function laterNames(rows: readonly Row[]): (name: string, index: number) => string {
  const renames: { at: number; from: string; to: string }[] = [];
  const boots: number[] = [];
  for (const [at, { text }] of rows.entries()) {
    const [, to, from] = RENAMED.exec(text) ?? [];
    if (to && from) renames.push({ at, from, to });
    if (VERSION.test(text)) boots.push(at);
  }
  return (name, index) => {
    const end = boots.find((at) => at > index) ?? rows.length;
    let current = name;
    for (const { at, from, to } of renames) if (at > index && at < end && from === current) current = to;
    return current;
  };
}
