import type { Case, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { allThings } from '../look-up.ts';

/** VIRTIO_MSI_NO_VECTOR, virtio 1.x section 4.1.5.1.2. */
const NO_VECTOR = 0xffff;
/** Offsets in QEMU's BAR 4: common configuration at 0, device configuration at 0x2000. hw/virtio/virtio-pci.c */
const CONFIG_MSIX_VECTOR = 0x10;
const DEVICE_STATUS = 0x14;
export const NET_STATUS = 0x2006;
const DRIVER_OK = 4;

/**
 * 0xffff alone is no fault: it reads so before a driver runs, after a reset, and always while MSI-X is off.
 * It is one only with MSI-X enabled, DRIVER_OK set and the status feature negotiated.
 */
export function readConfigVector(nic: Nic, kase: Case): Known<string> {
  const mode = nic.virtio?.says.interrupt ?? nic.guest?.says.interrupt;
  const isOff = mapKnown(nic.pci?.says.msixEnabled, (enabled) => (enabled ? undefined : 'not-used'));
  if (isOff.state === 'known') return isOff;
  if (mode?.state === 'known' && !mode.value.startsWith('msix')) return known('not-used', mode.at);
  const vector = register(nic, kase, CONFIG_MSIX_VECTOR);
  if (vector.state !== 'known') return claim(kase);
  if (vector.value !== NO_VECTOR) return known('in-place', vector.at);
  const because = lostBecause(nic, kase);
  return because ? known('lost', [...vector.at, ...because]) : unknown;
}

/** The lines that turn 0xffff into a fault, or nothing while one of the three conditions is not known to hold. */
function lostBecause(nic: Nic, kase: Case): Lines | undefined {
  const mode = nic.virtio?.says.interrupt ?? nic.guest?.says.interrupt;
  const msix = firstKnown<unknown>(
    mapKnown(nic.pci?.says.msixEnabled, (enabled) => enabled || undefined),
    mapKnown(mode, (word) => word.startsWith('msix') || undefined),
  );
  const driverOk = firstKnown(
    mapKnown(register(nic, kase, DEVICE_STATUS), (status) =>
      status & DRIVER_OK ? 'running' : 'not-started',
    ),
    mapKnown(readState(nic), (state) => state),
  );
  const status = negotiated(nic, 'VIRTIO_NET_F_STATUS');
  const hasStatus = firstKnown(
    status,
    mapKnown(register(nic, kase, NET_STATUS), () => 'yes'),
  );
  if (msix.state !== 'known' || driverOk.state !== 'known' || hasStatus.state !== 'known') return undefined;
  if (driverOk.value !== 'running' || hasStatus.value !== 'yes') return undefined;
  return [msix.at[0], driverOk.at[0], hasStatus.at[0]];
}

function claim(kase: Case): Known<string> {
  const claimed = allThings(kase, 'claim').find(({ id }) => id === 'config-vector');
  return mapKnown(claimed?.says.value, (value) => (value === NO_VECTOR ? 'claimed-lost' : undefined));
}

/** The width in which each register must be read: QEMU answers other widths with zeros or parts (hw/virtio/virtio-pci.c, virtio_pci_common_read). */
const WIDTHS: Record<number, readonly number[]> = {
  [CONFIG_MSIX_VECTOR]: [2],
  [DEVICE_STATUS]: [1],
  [NET_STATUS]: [1, 2],
};
/** config_msix_vector in the legacy I/O window, present while MSI-X is on (virtio 1.2, 4.1.4.10). */
const LEGACY_CONFIG_VECTOR = 0x14;

/** A device register: read by QEMU's monitor at BAR 4 + offset, or through the guest's PCI configuration window. */
export function register(nic: Nic, kase: Case, offset: number): Known<number> {
  const pci = nic.host?.pci?.says ?? nic.pci?.says;
  const read = readAt(kase, 'memory', valueIn(pci?.bar4), offset, WIDTHS[offset] ?? []);
  if (read.state === 'known') return read;
  if (offset === CONFIG_MSIX_VECTOR) {
    const legacy = readAt(kase, 'io', valueIn(pci?.bar0), LEGACY_CONFIG_VECTOR, [2]);
    if (legacy.state === 'known') return legacy;
  }
  const asked = readWindow(nic, kase, offset);
  if (asked.state === 'known') return asked;
  const window = nic.pci?.says;
  return valueIn(window?.windowOffset) === offset ? firstKnown(window?.windowValue) : unknown;
}

/** What setpci read through the window of this very device. */
function readWindow(nic: Nic, kase: Case, offset: number): Known<number> {
  const hit = allThings(kase, 'register').find(
    ({ says }) =>
      valueIn(says.space) === 'window' &&
      nic.pci !== undefined &&
      valueIn(says.pci) === nic.pci.id &&
      valueIn(says.address) === offset &&
      (WIDTHS[offset] ?? []).includes(valueIn(says.width) ?? 0),
  );
  return firstKnown(hit?.says.value);
}

function readAt(
  kase: Case,
  space: string,
  base: number | undefined,
  offset: number,
  widths: readonly number[],
): Known<number> {
  if (base === undefined) return unknown;
  const hit = allThings(kase, 'register').find(
    ({ says }) =>
      valueIn(says.space) === space &&
      valueIn(says.address) === base + offset &&
      widths.includes(valueIn(says.width) ?? 0),
  );
  return firstKnown(hit?.says.value);
}

export function readState(nic: Nic): Known<string> {
  const { broken, started } = nic.host?.qemu?.says ?? {};
  const status = firstKnown(nic.virtio?.says.status, nic.host?.qemu?.says.status);
  if (valueIn(broken)) return mapKnown(broken, () => 'needs-reset');
  const byWords = mapKnown(status, (words) => {
    if (words.includes('NEEDS_RESET')) return 'needs-reset';
    return words.includes('DRIVER_OK') ? 'running' : 'not-started';
  });
  return firstKnown(
    byWords,
    mapKnown(started, (isStarted) => (isStarted ? 'running' : 'not-started')),
  );
}

export function negotiated(nic: Nic, feature: string): Known<string> {
  const features = firstKnown(nic.virtio?.says.features, nic.host?.qemu?.says.features);
  return mapKnown(features, (names) => (names.includes(feature) ? 'yes' : 'no'));
}
