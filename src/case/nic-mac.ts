import type { Nic, Thing } from '../model/case.ts';
import { firstKnown, type Known, valueIn } from '../model/known.ts';

/** The MAC by which a NIC is known: the guest's own, else what its configuration or QEMU says. */
export function macOf({ guest, host }: Nic): Known<string> {
  return firstKnown(guest?.says.mac, host?.vmNic?.says.mac, host?.typedNic?.says.mac, host?.qemu?.says.mac);
}

/** libvirt's taps, also those that OpenStack names (nova, neutron). */
export const LIBVIRT_TAP = /^(?:vnet\d{1,5}|tap[\da-f]{8}-[\da-f]{2})$/;

/**
 * What the MAC of a tap tells of its guest's: libvirt puts fe (or fa) in its first place (virnetdevtap.c) and leaves the rest; a macvtap
 * has the guest's own (virnetdevmacvlan.c).
 */
export function originOf(tap: Thing<'interface'> | undefined): { mac?: string; tail?: string } | undefined {
  const own = valueIn(tap?.says.mac);
  if (tap === undefined || own === undefined) return undefined;
  if (/^macvtap\d{1,5}$/.test(tap.id)) return { mac: own };
  return LIBVIRT_TAP.test(tap.id) && /^f[ea]:/.test(own) ? { tail: own.slice(3) } : undefined;
}

/** Whether a tap of the host was given its MAC after this one of a guest. */
export function isTapOf(tap: Thing<'interface'> | undefined, mac: string | undefined): boolean {
  const origin = originOf(tap);
  if (mac === undefined || !origin) return false;
  return origin.mac === mac || origin.tail === mac.slice(3);
}
