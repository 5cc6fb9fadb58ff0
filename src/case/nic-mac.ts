import type { Nic } from '../model/case.ts';
import { firstKnown, type Known } from '../model/known.ts';

/** The MAC by which a NIC is known: the guest's own, else what its configuration or QEMU says. */
export function macOf({ guest, host }: Nic): Known<string> {
  return firstKnown(guest?.says.mac, host?.vmNic?.says.mac, host?.typedNic?.says.mac, host?.qemu?.says.mac);
}
