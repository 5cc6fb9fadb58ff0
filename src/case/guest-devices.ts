import type { Case, Nic, Thing } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import { allThings, findThing } from './look-up.ts';

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
  'vq-alloc-failed',
  'no-interrupt',
  'unknown-revision',
]);

/** virtio 1.2, 4.1.2: network devices of Red Hat, transitional and modern. */
const RED_HAT = 0x1af4;
const NETWORK_PRODUCTS: ReadonlySet<number | undefined> = new Set([0x1000, 0x1041]);

/** virtio network devices of the guest that no driver took: a NIC each, although there is no interface. */
export function driverless(kase: Things, taken: readonly Nic[]): Nic[] {
  const refused = devicesOf(kase, (code) => REFUSALS.has(code));
  const unclaimed = isVirtual(kase) ? devicesOf(kase, (code) => code === 'card-unclaimed') : new Set();
  const devices = allThings(kase, 'virtio', 'guest')
    .filter(({ says }) => !says.child && !says.driver && isNetwork(says.type))
    .filter(({ id, says }) => refused.has(id) || isIdle(says.status))
    .map((virtio): Nic => ({ name: virtio.id, virtio, joined: [] }));
  const slots = new Set(
    [...taken, ...devices].map(({ virtio, pci }) => valueIn(virtio?.says.pci) ?? pci?.id),
  );
  const pcis = allThings(kase, 'pci', 'guest');
  // A log without bus numbers (`pci1 device 0.0`) beside a listing with them tells of the same cards twice.
  const isListed = pcis.some(({ says }) => says.driver);
  const functions = pcis
    .filter(({ id }) => !slots.has(id) && !(isListed && id.startsWith('pci')))
    .filter((pci) =>
      isVirtioNetwork(pci)
        ? refused.has(pci.id) || unclaimed.has(pci.id) || valueIn(pci.says.driver) === 'none'
        : unclaimed.has(pci.id) && valueIn(pci.says.vendor) === undefined,
    )
    .map((pci): Nic => ({ name: pci.id, pci, joined: [] }));
  return [...devices, ...functions];
}

function devicesOf(kase: Things, matches: (code: string) => boolean): Set<string | undefined> {
  const messages = allThings(kase, 'message', 'guest');
  return new Set(
    messages.filter(({ says }) => matches(valueIn(says.code) ?? '')).map(({ says }) => valueIn(says.device)),
  );
}

/** A card of unknown make in a virtual machine may well be virtio; in a real one it is not. */
function isVirtual(kase: Things): boolean {
  return valueIn(findThing(kase, 'guest', 'system', '')?.says.hypervisor) !== undefined;
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
