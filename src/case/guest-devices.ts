import type { Case, Nic, Thing } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import { allThings } from './look-up.ts';

type Things = Pick<Case, 'things'>;

/** Codes of messages that say: no driver took this device. */
const REFUSALS = new Set([
  'no-child-driver',
  'feature-negotiation-failed',
  'version-1-missing',
  'version-1-refused',
  'probe-failed',
  'attach-failed',
  'bar-not-mapped',
  'vq-size-invalid',
  'unknown-revision',
]);

/** virtio 1.2, 4.1.2: network devices of Red Hat, transitional and modern. */
const RED_HAT = 0x1af4;
const NETWORK_PRODUCTS: ReadonlySet<number | undefined> = new Set([0x1000, 0x1041]);

/** virtio network devices of the guest that no driver took: a NIC each, although there is no interface. */
export function driverless(kase: Things, taken: readonly Nic[]): Nic[] {
  const refused = new Set(
    allThings(kase, 'message', 'guest')
      .filter(({ says }) => REFUSALS.has(valueIn(says.code) ?? ''))
      .map(({ says }) => valueIn(says.device)),
  );
  const devices = allThings(kase, 'virtio', 'guest')
    .filter(({ says }) => !says.child && !says.driver && isNetwork(says.type))
    .filter(({ id, says }) => refused.has(id) || isIdle(says.status))
    .map((virtio): Nic => ({ name: virtio.id, virtio, joined: [] }));
  const slots = new Set(
    [...taken, ...devices].map(({ virtio, pci }) => valueIn(virtio?.says.pci) ?? pci?.id),
  );
  const functions = allThings(kase, 'pci', 'guest')
    .filter((pci) => isVirtioNetwork(pci) && !slots.has(pci.id))
    .filter(({ id, says }) => refused.has(id) || valueIn(says.driver) === 'none')
    .map((pci): Nic => ({ name: pci.id, pci, joined: [] }));
  return [...devices, ...functions];
}

export function isNetwork(type: Thing<'virtio'>['says']['type']): boolean {
  return /network/i.test(valueIn(type) ?? '');
}

/** Read from the device itself: the driver is not there. */
function isIdle(status: Thing<'virtio'>['says']['status']): boolean {
  const words = valueIn(status);
  return words !== undefined && !words.includes('DRIVER');
}

function isVirtioNetwork({ says }: Thing<'pci'>): boolean {
  return valueIn(says.vendor) === RED_HAT && NETWORK_PRODUCTS.has(valueIn(says.product));
}
