import type { InterruptMode } from './words.ts';

/** The device behind a NIC, as the guest or QEMU shows it. */
export type DeviceThings = {
  /** A virtio device as the guest's kernel names it, id: `virtio4`. */
  virtio: {
    type: string;
    child: string;
    /** The driver that holds it, where that is all that was said: `virtio_net`. */
    driver: string;
    interrupt: InterruptMode;
    /** virtio 1.x only device. */
    modern: boolean;
    /** `pci0 dev 18 function 0`. */
    bus: string;
    pci: string;
    /** UKC text in the last boot: event index / indirect descriptors switched off. */
    eventIdxOff: boolean;
    indirectOff: boolean;
    /** Negotiated, and offered by the host, as the guest shows them; names as QEMU prints them (src/parse/virtio-features.ts). */
    features: readonly string[];
    hostFeatures: readonly string[];
    /** device_status words: ACKNOWLEDGE, DRIVER, FEATURES_OK, DRIVER_OK, NEEDS_RESET, FAILED. */
    status: readonly string[];
  };
  /** A PCI function as pcidump, pciconf, lspci or QEMU show it, id: `00:12.0`. */
  pci: {
    vendor: number;
    product: number;
    name: string;
    msixVectors: number;
    msixEnabled: boolean;
    msixMasked: boolean;
    msiEnabled: boolean;
    busMaster: boolean;
    driver: string;
    /** Base addresses by BAR number, in the guest's physical (or I/O port) space. */
    bar0: number;
    bar1: number;
    bar4: number;
    /** QEMU's id of the device: `net1`. */
    qemuId: string;
    /** The VIRTIO_PCI_CAP_PCI_CFG window as it stood: which offset, how long, what it read. */
    windowOffset: number;
    windowLength: number;
    windowValue: number;
  };
};
