// Reads: `vtnet0: link state changed to UP`, `2 link states coalesced`, `changing name to 'wan'`.
// Printed by: sys/net/if.c do_link_state_change() and if_rename() (all releases; net.link.log_link_state_change=1 is the default).
// Fixtures: fixtures/outputs/freebsd-14.1/dmesg-plain.txt, messages.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { type LastBoot, nameOf } from './dmesg-boots.ts';

const CHANGED = /^(\S{1,16}): link state changed to (UP|DOWN)$/;
const COALESCED = /^(\S{1,16}): \d{1,6} link states coalesced$/;
const RENAMED = /^([a-z]{2,12}\d{1,3}): changing name to '\S{1,16}'$/;

export const LINK_ROWS: readonly RegExp[] = [CHANGED, COALESCED, RENAMED];

export function sayLink(row: Row, boot: LastBoot, notes: Notes): boolean {
  const [, unit, state] = CHANGED.exec(row.text) ?? [];
  if (unit) {
    const name = nameOf(unit, boot);
    notes.say('interface', name, { linkEvent: state === 'UP' ? 'up' : 'down' }, row);
    sayMessage(state === 'UP' ? 'link-up' : 'link-down', name, row, notes);
    return true;
  }
  const flapping = COALESCED.exec(row.text)?.[1];
  if (flapping) sayMessage('links-coalesced', nameOf(flapping, boot), row, notes);
  const renamed = RENAMED.exec(row.text)?.[1];
  if (renamed) sayMessage('renamed', nameOf(renamed, boot), row, notes);
  return (flapping ?? renamed) !== undefined;
}

function sayMessage(code: string, device: string, row: Row, notes: Notes): void {
  notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
}
