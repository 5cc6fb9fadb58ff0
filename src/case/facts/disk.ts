import type { Case, Fact, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { allThings } from '../look-up.ts';

/** Whether the disks that the guest's start-up files name are there. Asked of the guest: answered for its first NIC only. */
export const diskFacts: readonly Fact[] = [
  {
    name: 'guest.disk-names',
    asks: 'Has the guest the disks that its /etc/fstab names?',
    words: {
      same: 'the disks that the start-up files name are there',
      other: 'the start-up files name a disk that the guest does not have; it has one under another name',
    },
    read: (nic, kase) => (isFirst(nic, kase) ? readNames(kase) : unknown),
  },
  {
    name: 'guest.disk-mount',
    asks: 'Could the guest mount the disks that its /etc/fstab names?',
    words: {
      failed: 'a disk that the start-up files name could not be found',
      elsewhere: 'the guest runs from another disk than its /etc/fstab names',
      done: 'the guest runs from the disk that its /etc/fstab names',
    },
    read: (nic, kase) => (isFirst(nic, kase) ? readMount(kase) : unknown),
  },
];

function isFirst(nic: Nic, kase: Case): boolean {
  return kase.nics.length === 0 || kase.nics[0] === nic;
}

type Named = { readonly disk: string; readonly path: string | undefined; readonly at: Lines };

/** `/dev/vtbd0s1a` is of vtbd0; names by label or GPT go with the disk wherever it goes, and memory disks are none. */
function diskOf(device: string): string | undefined {
  return /^\/dev\/((?:vtbd|ada|ad|da|nvd|nda|wd)\d{1,3})(?:[a-z0-9]{0,6}(?:\.\w{1,8})?)$/.exec(device)?.[1];
}

function mounts(kase: Case, property: 'isConfigured' | 'isMounted'): Named[] {
  return allThings(kase, 'mount', 'guest').flatMap(({ id, says }) => {
    const disk = diskOf(id);
    const told = says[property];
    return disk && told?.state === 'known' ? [{ disk, path: valueIn(says.path), at: told.at }] : [];
  });
}

function readNames(kase: Case): Known<string> {
  const wanted = mounts(kase, 'isConfigured');
  const present: Named[] = [
    ...allThings(kase, 'disk', 'guest').map(({ id, at }) => ({ disk: id, path: undefined, at })),
    ...mounts(kase, 'isMounted'),
  ];
  const strange = wanted.find(({ disk }) => !present.some((one) => isSame(disk, one.disk)));
  const instead = strange && present.find(({ disk }) => driverOf(disk) !== driverOf(strange.disk));
  if (strange && instead) return known('other', [strange.at[0], instead.at[0]]);
  const first = wanted.find(({ disk }) => present.some((one) => isSame(disk, one.disk)));
  return first && !strange ? known('same', first.at) : unknown;
}

function driverOf(disk: string): string {
  return disk.replace(/\d+$/, '').replace(/^ad$/, 'ada');
}

/** kern.cam.ada.legacy_aliases of FreeBSD 9: /dev/ad4 is ada0, whatever its number. */
function isSame(wanted: string, present: string): boolean {
  if (wanted === present) return true;
  return /^ad\d/.test(wanted) && driverOf(present) === 'ada';
}

function readMount(kase: Case): Known<string> {
  const missing = allThings(kase, 'message', 'guest').find(
    ({ says }) => valueIn(says.code) === 'disk-missing',
  );
  if (missing) return known('failed', missing.at);
  const root = mounts(kase, 'isConfigured').find(({ path }) => path === '/');
  const mounted = mounts(kase, 'isMounted').find(({ path }) => path === '/');
  if (!root || !mounted) return unknown;
  const word = isSame(root.disk, mounted.disk) ? 'done' : 'elsewhere';
  return known(word, [root.at[0], mounted.at[0]]);
}
