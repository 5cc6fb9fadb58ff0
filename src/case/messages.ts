import type { Case, Nic, Thing } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import { allThings } from './look-up.ts';

/** What drivers, kernels and daemons of the guest said of this NIC; what names no device is of the only NIC there is. */
export function messagesOf(nic: Nic, kase: Pick<Case, 'things' | 'nics'>): Thing<'message'>[] {
  const names = new Set([nic.name, nic.virtio?.id, nic.pci?.id, valueIn(nic.guest?.says.device)]);
  return allThings(kase, 'message', 'guest').filter(({ says }) => {
    const device = valueIn(says.device) ?? '';
    return names.has(device) || (device === '' && kase.nics.length <= 1);
  });
}
