import type { Nic } from '../../model/case.ts';
import { firstKnown, type Known, mapKnown } from '../../model/known.ts';

/** Which NIC the host gives: as its configuration or QEMU has it, else by the guest's driver. */
export function readModel(nic: Nic): Known<string> {
  return firstKnown(
    mapKnown(firstKnown(nic.host?.vmNic?.says.model, nic.host?.qemu?.says.model), modelWord),
    mapKnown(nic.guest?.says.driver, modelOfDriver),
  );
}

function modelWord(model: string): string {
  if (model.startsWith('virtio')) return 'virtio';
  return model.startsWith('e1000') ? 'e1000' : 'other';
}

/** A guest that runs em(4) was given an e1000, one that runs vio(4) a virtio NIC. */
function modelOfDriver(driver: string): string | undefined {
  if (driver === 'em' || driver === 'e1000' || driver === 'e1000e') return 'e1000';
  return driver === 'vio' || driver === 'vtnet' || driver === 'vioif' || driver === 'virtio_net'
    ? 'virtio'
    : undefined;
}
