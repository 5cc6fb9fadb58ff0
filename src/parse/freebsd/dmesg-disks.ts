// Reads: the disks a kernel found, from which device it mounts its root, and what could not be found when start-up files name another disk.
// Printed by: sys/dev/virtio/block/virtio_blk.c, sys/cam/cam_periph.c, sys/dev/ata/ata-disk.c (to 8.x), sys/kern/vfs_mountroot.c;
// swapon(8), fsck(8), mount(8). Fixtures: fixtures/outputs/freebsd-{8.3,12.1,13}/dmesg*.txt, freebsd-9.1/mountroot.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

const DISK = '((?:vtbd|ada|ad|da|nvd|nda|wd)\\d{1,3})';
const FOUND: readonly RegExp[] = [
  /^((?:ada|da)\d{1,3}) at \w{2,12}\d{1,3} bus \d/,
  /^(ad\d{1,3}): \d{1,9}MB </,
  /^((?:ada|da|nda|nvd|vtbd)\d{1,3}): \d{1,9}MB \(\d/,
];
const VIRTIO_BLOCK = /^vtblk(\d{1,3}): \d{1,9}MB \(\d/;
const ROOT =
  /^(?:Trying to mount|Mounting) root from \w{2,10}:\/dev\/(\S{1,40}?)(?: \[[^\]]{0,60}\])?(?:\.{3})?$/;
const FAILED: readonly RegExp[] = [
  new RegExp(`^Mounting from \\w{2,10}:/dev/${DISK}\\S{0,20} failed with error \\d{1,3}`),
  new RegExp(`^mountroot: waiting for device /dev/${DISK}\\S{0,20}`),
  new RegExp(`^(?:swapon|mount|fsck\\w{0,8}): /dev/${DISK}\\S{0,20}: No such file or directory$`),
  new RegExp(
    `^(?:/dev/${DISK}\\S{0,20}: )?Can't (?:stat|open) [\`']?/dev/${DISK}\\S{0,20}?'?: No such file or directory$`,
  ),
];
const PROMPT = /^mountroot> ?/;

export const DISK_ROWS: readonly RegExp[] = [...FOUND, VIRTIO_BLOCK, ROOT, ...FAILED, PROMPT];

export function sayDisk(row: Row, notes: Notes): boolean {
  const block = VIRTIO_BLOCK.exec(row.text)?.[1];
  const disk = block === undefined ? firstGroup(FOUND, row.text) : `vtbd${block}`;
  if (disk) {
    notes.say('disk', disk, { driver: disk.replace(/\d+$/, '') }, row);
    return true;
  }
  const root = ROOT.exec(row.text)?.[1];
  if (root) {
    const device = `/dev/${root}`;
    notes.say('mount', device, { device, path: '/', isConfigured: true }, row);
    return true;
  }
  const missing = firstGroup(FAILED, row.text);
  if (missing) {
    const code = 'disk-missing';
    notes.say('message', `${code} ${missing}`, { code, device: missing, text: row.text }, row);
  }
  return missing !== undefined || PROMPT.test(row.text);
}

function firstGroup(shapes: readonly RegExp[], text: string): string | undefined {
  for (const shape of shapes) {
    const [, ...groups] = shape.exec(text) ?? [];
    const group = groups.find((one) => one !== undefined);
    if (group !== undefined) return group;
  }
  return undefined;
}
