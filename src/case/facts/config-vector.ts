import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { allThings } from '../look-up.ts';
import { firstAndLast, readingsOf } from '../readings.ts';
import { CONFIG_GENERATION, CONFIG_MSIX_VECTOR, NET_STATUS, register, registersAt } from '../registers.ts';
import { negotiated, readState } from './device-state.ts';
import { readModel } from './model.ts';
import { vectorInUse } from './msix-table.ts';

/** How the device tells the guest that its link or another part of its configuration has changed. */
export const configVectorFacts: readonly Fact[] = [
  {
    name: 'device.config-vector',
    asks: 'Is config_msix_vector in place?',
    words: {
      'in-place': 'config_msix_vector holds a vector: configuration changes can interrupt the guest',
      lost: 'config_msix_vector is 0xffff while MSI-X is on and the driver runs: link changes raise no interrupt',
      unset:
        'config_msix_vector is 0xffff while the driver runs: lost if MSI-X is on, as it must be if MSI-X is off',
      'claimed-lost': 'somebody states that the configuration vector is 0xFFFF (no tool prints such a line)',
      reset: 'no driver runs the device, so config_msix_vector is 0xffff, as after each reset',
      'no-virtio': '{nic} is no virtio device: it has no configuration vector',
      'not-used': 'MSI-X is off, so config_msix_vector has no meaning (0xffff is normal)',
    },
    read: readConfigVector,
  },
  {
    name: 'device.config-interrupts',
    asks: "Does an interrupt tell the guest of each change of the device's configuration?",
    words: {
      'in-step':
        "the guest got an interrupt for each change of the device's configuration between two readings",
      missing:
        "the device's configuration changed between two readings (config_generation), and the guest got fewer interrupts for it",
    },
    read: readConfigInterrupts,
  },
  {
    name: 'device.link-status',
    asks: 'Does the device itself say that its link is up?',
    words: {
      up: "the device's own status register says link up",
      down: "the device's own status register says link down",
    },
    read: (nic, kase) => mapKnown(register(nic, kase, NET_STATUS), (value) => (value & 1 ? 'up' : 'down')),
  },
];

/** VIRTIO_MSI_NO_VECTOR, virtio 1.x section 4.1.5.1.2. */
const NO_VECTOR = 0xffff;

/**
 * 0xffff alone is no fault: it reads so before a driver runs, after a reset, and always while MSI-X is off.
 * It is one only with MSI-X enabled, DRIVER_OK set and the status feature negotiated.
 */
export function readConfigVector(nic: Nic, kase: Case): Known<string> {
  const isOff = firstKnown(
    mapKnown(readModel(nic), (model) => (model === 'virtio' ? undefined : 'no-virtio')),
    mapKnown(nic.pci?.says.msixEnabled, (enabled) => (enabled ? undefined : 'not-used')),
    mapKnown(nic.host?.qemu?.says.vectors, (vectors) => (vectors < 2 ? 'not-used' : undefined)),
    mapKnown(modeOf(nic), (mode) => (mode.startsWith('msix') ? undefined : 'not-used')),
  );
  if (isOff.state === 'known') return isOff;
  const vector = register(nic, kase, CONFIG_MSIX_VECTOR);
  if (vector.state !== 'known') return claim(kase);
  if (vector.value !== NO_VECTOR) return known('in-place', vector.at);
  const running = readState(nic, kase);
  if (running.state !== 'known' || running.value === 'needs-reset') return unknown;
  if (running.value === 'not-started') return known('reset', [...vector.at, running.at[0]]);
  const hasStatus = firstKnown(
    negotiated(nic, 'VIRTIO_NET_F_STATUS'),
    mapKnown(register(nic, kase, NET_STATUS), () => 'yes'),
  );
  if (hasStatus.state !== 'known' || hasStatus.value !== 'yes') return unknown;
  const because: Lines = [...vector.at, running.at[0], hasStatus.at[0]];
  const msix = msixInUse(nic, kase);
  return msix.state === 'known' ? known('lost', [...because, msix.at[0]]) : known('unset', because);
}

function modeOf(nic: Nic): Known<string> {
  return firstKnown<string>(nic.virtio?.says.interrupt, nic.guest?.says.interrupt);
}

function msixInUse(nic: Nic, kase: Case): Known<unknown> {
  return firstKnown<unknown>(
    mapKnown(nic.pci?.says.msixEnabled, (enabled) => enabled || undefined),
    mapKnown(modeOf(nic), (word) => word.startsWith('msix') || undefined),
    vectorInUse(nic, kase),
  );
}

function claim(kase: Case): Known<string> {
  const claimed = allThings(kase, 'claim').find(({ id }) => id === 'config-vector');
  return mapKnown(claimed?.says.value, (value) => (value === NO_VECTOR ? 'claimed-lost' : undefined));
}

/** The generation has 8 bits and outlives a rebind of the driver, which starts the interrupt count anew: growth is compared, not totals. */
function readConfigInterrupts(nic: Nic, kase: Case): Known<string> {
  const [first, last] = firstAndLast(readingsOf(kase, 'guest', deviceOf(nic), 'config-interrupts'));
  if (!first || !last || last.value < first.value) return unknown;
  for (const { id, side } of registersAt(nic, kase, CONFIG_GENERATION)) {
    const [before, after] = firstAndLast(readingsOf(kase, side, id, 'value'));
    if (!before || !after) continue;
    const changes = (after.value - before.value) & 0xff;
    if (changes === 0) continue;
    const word = last.value - first.value >= changes ? 'in-step' : 'missing';
    return known(word, [before.at[0], after.at[0], first.at[0], last.at[0]]);
  }
  return unknown;
}

function deviceOf(nic: Nic): string | undefined {
  return nic.virtio?.id ?? valueIn(nic.guest?.says.device);
}
