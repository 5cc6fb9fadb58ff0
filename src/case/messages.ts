import type { Case, Nic, Thing } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import { allThings, thingsWith } from './look-up.ts';

/** What drivers, kernels and daemons of the guest said of this NIC; what names no device is of the only NIC there is. */
export function messagesOf(nic: Nic, kase: Pick<Case, 'things' | 'nics'>): readonly Thing<'message'>[] {
  const names = [nic.name, nic.virtio?.id, nic.pci?.id, valueIn(nic.guest?.says.device)];
  if (kase.nics.length > 1) return thingsWith(kase, 'message', 'guest', 'device', ...names);
  return allThings(kase, 'message', 'guest').filter(({ says }) => {
    const device = valueIn(says.device) ?? '';
    return device === '' || names.includes(device);
  });
}

/**
 * What the host's kernel and its hypervisor said of this NIC: of its tap, its bridge, its network, its netN. What names something
 * else, or nothing, is of the only NIC there is, if there are no more.
 */
export function hostMessagesOf(nic: Nic, kase: Pick<Case, 'things' | 'nics'>): readonly Thing<'message'>[] {
  if (kase.nics.length <= 1) return allThings(kase, 'message', 'host');
  const { tapName, portName, qemu, vmNic, index } = nic.host ?? {};
  const { bridge, network, socket } = vmNic?.says ?? {};
  const own = [tapName, portName, qemu?.id, index === undefined ? undefined : `net${index}`];
  const shared = [bridge, network, socket, qemu?.says.socket].map((one) => valueIn(one));
  return thingsWith(kase, 'message', 'host', 'device', ...own, ...shared);
}
