import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { findThing } from '../look-up.ts';
import { VIRTIO_DRIVERS } from '../nic-names.ts';
import { negotiated, readState } from './device-state.ts';
import { readSignalled } from './ring.ts';

/** The virtio device between guest and host. */
export const deviceFacts: readonly Fact[] = [
  {
    name: 'device.interrupts',
    asks: 'How does the device of {nic} interrupt the guest?',
    words: {
      'msix-per-vq': '{nic} has an MSI-X vector for each virtqueue, and one for configuration changes',
      'msix-shared': '{nic} has one MSI-X vector for all virtqueues, and one for configuration changes',
      msix: '{nic} uses MSI-X with several queue pairs',
      msi: '{nic} has a single MSI',
      intx: '{nic} has a wired interrupt (no MSI-X)',
    },
    read: interruptsOf,
  },
  {
    name: 'device.msix-offered',
    asks: 'Does the host offer MSI-X for {nic}?',
    words: { yes: 'the host offers MSI-X for {nic}', no: 'the host offers no MSI-X for {nic}' },
    read: readMsixOffered,
  },
  {
    name: 'device.state',
    asks: 'Does the driver run the device of {nic}?',
    words: {
      running: 'the driver runs the device of {nic} (DRIVER_OK)',
      'not-started': 'no driver runs the device of {nic}: DRIVER_OK is not set',
      'needs-reset': 'the device of {nic} is broken until the driver resets it (NEEDS_RESET)',
    },
    read: readState,
  },
  {
    name: 'device.driver',
    asks: 'Has a driver taken the device of {nic}?',
    words: {
      bound: 'a driver has taken the device of {nic}',
      none: 'no driver has taken the device of {nic}',
    },
    read: readDriver,
  },
  {
    name: 'device.status-feature',
    asks: 'Did the driver negotiate VIRTIO_NET_F_STATUS?',
    words: {
      yes: 'the driver reads the link status',
      no: 'the driver did not take the link status feature: it always shows link',
    },
    read: (nic) => negotiated(nic, 'VIRTIO_NET_F_STATUS'),
  },
  {
    name: 'device.event-idx',
    asks: 'Does the driver use the event index (VIRTIO_F_RING_EVENT_IDX)?',
    words: { on: 'the event index is in use on {nic}', off: 'the event index is off on {nic}' },
    read: readEventIdx,
  },
];

/** Of virtio devices only: an emulated e1000 has its own rules. */
function interruptsOf(nic: Nic): Known<string> {
  const driver = valueIn(nic.guest?.says.driver);
  if (driver !== undefined && !VIRTIO_DRIVERS.has(driver)) return unknown;
  return firstKnown<string>(nic.virtio?.says.interrupt, nic.guest?.says.interrupt, byCapabilities(nic));
}

/** A driver that has attached and switched neither MSI-X nor MSI on uses the wired line. */
function byCapabilities(nic: Nic): Known<string> {
  const { driver, msixEnabled, msiEnabled } = nic.pci?.says ?? {};
  if (valueIn(driver) !== 'virtio_pci') return unknown;
  const isMsi = mapKnown(msiEnabled, (on) => (on ? 'msi' : undefined));
  return firstKnown<string>(
    mapKnown(msixEnabled, (on) => (on ? 'msix' : undefined)),
    isMsi,
    mapKnown(msixEnabled, () => 'intx'),
  );
}

/** vmd(8) offers no MSI-X (OpenBSD usr.sbin/vmd/virtio.c); the MMIO transport has none at all (virtio 1.2, 4.2). */
function readMsixOffered(nic: Nic, kase: Case): Known<string> {
  const hypervisor = findThing(kase, 'guest', 'system', '')?.says.hypervisor;
  const byVmd = mapKnown(hypervisor, (name) => (name === 'vmd' ? 'no' : undefined));
  const offers = (vectors: number) => (vectors >= 2 ? 'yes' : 'no');
  const byBus = mapKnown(nic.virtio?.says.bus, (bus) => (bus.startsWith('pci') ? undefined : 'no'));
  const byMode = mapKnown(nic.virtio?.says.interrupt ?? nic.guest?.says.interrupt, (mode) =>
    mode.startsWith('msix') ? 'yes' : undefined,
  );
  return firstKnown(
    mapKnown(nic.pci?.says.msixVectors, offers),
    mapKnown(nic.host?.qemu?.says.vectors, offers),
    mapKnown(nic.host?.pci?.says.msixVectors, offers),
    byMode,
    byBus,
    byVmd,
  );
}

/** `lspci -k` names virtio-pci also while virtio_net is missing, so there only the absence of a driver tells. */
export function readDriver(nic: Nic): Known<string> {
  return firstKnown(
    mapKnown(nic.guest?.says.driver, () => 'bound'),
    mapKnown(nic.virtio?.says.status, (words) => (words.includes('DRIVER') ? 'bound' : 'none')),
    mapKnown(nic.pci?.says.driver, (driver) => (driver === 'none' ? 'none' : undefined)),
  );
}

function readEventIdx(nic: Nic, kase: Case): Known<string> {
  const negotiated = firstKnown(nic.virtio?.says.features, nic.host?.qemu?.says.features);
  const byFeatures = mapKnown(negotiated, (features) =>
    features.length === 0 ? undefined : features.includes('VIRTIO_RING_F_EVENT_IDX') ? 'on' : 'off',
  );
  return firstKnown(
    mapKnown(nic.virtio?.says.eventIdxOff, (off) => (off ? 'off' : undefined)),
    byFeatures,
    mapKnown(nic.host?.qemu?.says.eventIdx, (offered) => (offered ? undefined : 'off')),
    readSignalled(nic, kase),
    mapKnown(nic.virtio?.says.eventIdxOff, (off) => (off ? 'off' : 'on')),
  );
}
