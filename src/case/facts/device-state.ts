import type { Case, Nic } from '../../model/case.ts';
import { firstKnown, type Known, mapKnown, valueIn } from '../../model/known.ts';
import { DEVICE_STATUS, register } from '../registers.ts';

const DRIVER_OK = 4;
const NEEDS_RESET = 0x40;

/** device_status as words (QEMU, /sys) or as the register, else what QEMU makes of it. */
export function readState(nic: Nic, kase: Case): Known<string> {
  const { broken, started } = nic.host?.qemu?.says ?? {};
  const status = firstKnown(nic.virtio?.says.status, nic.host?.qemu?.says.status);
  if (valueIn(broken)) return mapKnown(broken, () => 'needs-reset');
  return firstKnown(
    mapKnown(status, (words) => stateOf(words.includes('NEEDS_RESET'), words.includes('DRIVER_OK'))),
    mapKnown(register(nic, kase, DEVICE_STATUS), (value) =>
      stateOf((value & NEEDS_RESET) !== 0, (value & DRIVER_OK) !== 0),
    ),
    mapKnown(started, (isStarted) => (isStarted ? 'running' : 'not-started')),
  );
}

function stateOf(needsReset: boolean, runs: boolean): string {
  if (needsReset) return 'needs-reset';
  return runs ? 'running' : 'not-started';
}

export function negotiated(nic: Nic, feature: string): Known<string> {
  const features = firstKnown(nic.virtio?.says.features, nic.host?.qemu?.says.features);
  return mapKnown(features, (names) => (names.includes(feature) ? 'yes' : 'no'));
}
