import type { Case, Nic } from '../model/case.ts';
import { type Known, known, unknown } from '../model/known.ts';
import type { Os } from '../model/sighting.ts';
import { findThing } from './look-up.ts';

/** Names that one system alone gives to a virtio NIC. DragonFly's vtnet says so itself in dmesg. */
const BY_NAME: readonly [RegExp, Os][] = [
  [/^vio\d/, 'openbsd'],
  [/^vioif\d/, 'netbsd'],
  [/^vtnet\d/, 'freebsd'],
];

/** What the guest said that it runs, else what the name of its NIC tells. */
export function guestOs(nic: Nic, kase: Pick<Case, 'things'>): Known<Os> {
  const told = findThing(kase, 'guest', 'system', '')?.says.os;
  if (told?.state === 'known') return told;
  const os = nic.guest && BY_NAME.find(([name]) => name.test(nic.name))?.[1];
  return os && nic.guest ? known(os, nic.guest.at) : unknown;
}
