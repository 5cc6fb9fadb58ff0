import type { Case, Nic, Thing } from '../model/case.ts';
import { firstKnown, type Known, known, unknown, valueIn } from '../model/known.ts';
import { allThings, findThing } from './look-up.ts';

/** Offsets in QEMU's BAR 4: common configuration at 0, device configuration at 0x2000. hw/virtio/virtio-pci.c */
export const CONFIG_MSIX_VECTOR = 0x10;
export const DEVICE_STATUS = 0x14;
export const CONFIG_GENERATION = 0x15;
export const NET_STATUS = 0x2006;
const DEVICE_CONFIG = 0x2000;
const BAR4_SIZE = 0x4000;

/** The width in which each register must be read: QEMU answers other widths with zeros or parts (hw/virtio/virtio-pci.c, virtio_pci_common_read). */
const WIDTHS: Record<number, readonly number[]> = {
  [CONFIG_MSIX_VECTOR]: [2],
  [DEVICE_STATUS]: [1],
  [CONFIG_GENERATION]: [1],
  [NET_STATUS]: [1, 2],
};
/** Offset and width in the legacy I/O window (virtio 1.2, 4.1.4.10); the device's own configuration begins 4 later while MSI-X is on. */
const LEGACY: Record<number, readonly [offset: number, width: number]> = {
  [DEVICE_STATUS]: [0x12, 1],
  [CONFIG_MSIX_VECTOR]: [0x14, 2],
  [NET_STATUS]: [0x1e, 2],
};

type Register = Thing<'register'>;

/** A device register: read by QEMU's monitor at BAR 4 + offset, or through the guest's PCI configuration window. */
export function register(nic: Nic, kase: Case, offset: number): Known<number> {
  const read = registersAt(nic, kase, offset).find(({ says }) => says.value?.state === 'known');
  if (read) return firstKnown(read.says.value);
  const window = nic.pci?.says;
  return valueIn(window?.windowOffset) === offset ? firstKnown(window?.windowValue) : unknown;
}

/** All that was read of a device register; its readings are counted under the same ids. */
export function registersAt(nic: Nic, kase: Case, offset: number): Register[] {
  const widths = WIDTHS[offset] ?? [];
  const bar0 = valueIn(firstKnown(nic.host?.pci?.says.bar0, nic.pci?.says.bar0));
  const base = valueIn(bar4(nic, kase));
  const legacy = offset === NET_STATUS && !usesMsix(nic) ? undefined : LEGACY[offset];
  const slot = nic.pci?.id ?? valueIn(nic.virtio?.says.pci);
  const isWanted = ({ says }: Register) => {
    const { space, address, width } = valuesOf(says);
    if (space === 'io') return legacy?.[1] === width && isAt(address, bar0, legacy[0]);
    if (!widths.includes(width)) return false;
    if (space === 'memory') return isAt(address, base, offset);
    return slot !== undefined && valueIn(says.pci) === slot && address === offset;
  };
  return allThings(kase, 'register').filter(isWanted);
}

function usesMsix({ pci, virtio }: Nic): boolean {
  return valueIn(pci?.says.msixEnabled) ?? valueIn(virtio?.says.interrupt)?.startsWith('msix') ?? false;
}

function valuesOf({ space, address, width }: Register['says']) {
  return { space: valueIn(space), address: valueIn(address), width: valueIn(width) ?? 0 };
}

function isAt(address: number | undefined, base: number | undefined, offset: number): boolean {
  return base !== undefined && base !== 0 && address === base + offset;
}

/** What QEMU's monitor read there. */
export function memoryAt(kase: Case, address: number, width: number): Known<number> {
  return firstKnown(findThing(kase, 'host', 'register', memoryId(address, width))?.says.value);
}

export function memoryId(address: number, width: number): string {
  return `memory 0x${address.toString(16)} ${width}`;
}

/** As `info pci` or lspci have it, else where a dump of the device configuration shows the NIC's own MAC. */
export function bar4(nic: Nic, kase: Case): Known<number> {
  const told = firstKnown(nic.host?.pci?.says.bar4, nic.pci?.says.bar4);
  if (told.state === 'known') return told;
  const mac = valueIn(macOf(nic));
  if (mac === undefined) return unknown;
  for (const { says } of allThings(kase, 'register', 'host')) {
    const { space, address, width } = valuesOf(says);
    if (space !== 'memory' || width !== 1 || address === undefined) continue;
    if (address % BAR4_SIZE !== DEVICE_CONFIG) continue;
    const dumped = macAt(kase, address);
    if (dumped.state === 'known' && dumped.value === mac) return known(address - DEVICE_CONFIG, dumped.at);
  }
  return unknown;
}

function macAt(kase: Case, address: number): Known<string> {
  const bytes = [0, 1, 2, 3, 4, 5].map((index) => memoryAt(kase, address + index, 1));
  const [first] = bytes;
  if (first?.state !== 'known') return unknown;
  const values = bytes.map((byte) => valueIn(byte));
  if (values.includes(undefined)) return unknown;
  return known(values.map((value = 0) => value.toString(16).padStart(2, '0')).join(':'), first.at);
}

function macOf(nic: Nic): Known<string> {
  return firstKnown(nic.guest?.says.mac, nic.host?.vmNic?.says.mac, nic.host?.qemu?.says.mac);
}
