import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { guestOs } from '../guest-os.ts';
import { findThing } from '../look-up.ts';
import { compareReleases } from '../release.ts';

/** Whether the guest's kernel can drive a virtio NIC of this kind at all. */
export const moduleFacts: readonly Fact[] = [
  {
    name: 'guest.virtio-module',
    asks: 'Has the kernel of the guest the driver for virtio NICs?',
    words: {
      present: 'the kernel has the driver for virtio NICs, built in or as a loaded module',
      'not-loaded':
        'the module with the driver for virtio NICs is not loaded, and the kernel has none built in',
    },
    read: readModule,
  },
  {
    name: 'device.generation',
    asks: 'Is the device of {nic} a modern-only virtio device?',
    words: {
      'modern-only': 'the device of {nic} is a modern-only one (PCI product 0x1041)',
      transitional: 'the device of {nic} is a legacy or transitional one (PCI product 0x1000)',
    },
    read: ({ pci }) =>
      mapKnown(pci?.says.product, (product) =>
        product === 0x1041 ? 'modern-only' : product === 0x1000 ? 'transitional' : undefined,
      ),
  },
];

/** GENERIC has virtio from 9.0 on (sys/amd64/conf/GENERIC); before that the drivers are modules of a port. */
function readModule(nic: Nic, kase: Case): Known<string> {
  const module = (name: string) => findThing(kase, 'guest', 'module', name)?.says.loaded;
  const isThere = (loaded: boolean) => (loaded ? 'present' : undefined);
  const already = findThing(kase, 'guest', 'message', 'module-already-present');
  const present = firstKnown(
    mapKnown(module('if_vtnet'), isThere),
    mapKnown(module('vtnet'), isThere),
    mapKnown(module('virtio_net'), isThere),
    mapKnown(findThing(kase, 'guest', 'module', 'virtio_net')?.says.builtIn, isThere),
    already ? known('present', already.at) : undefined,
  );
  if (present.state === 'known') return present;
  if (!isBefore9(nic, kase)) return unknown;
  return mapKnown(module('if_vtnet'), (loaded) => (loaded ? undefined : 'not-loaded'));
}

/** pfSense 2.1 and older stand on FreeBSD 8.3 and older. */
function isBefore9(nic: Nic, kase: Case): boolean {
  if (valueIn(guestOs(nic, kase)) === 'freebsd' && valueIn(since(kase, '9.0', 'yes', 'no')) === 'no')
    return true;
  const { distribution, distributionRelease } = findThing(kase, 'guest', 'system', '')?.says ?? {};
  const release = valueIn(distributionRelease);
  return valueIn(distribution) === 'pfsense' && release !== undefined && compareReleases(release, '2.2') < 0;
}

function since(kase: Case, first: string, yes: string, no: string): Known<string> {
  const says = findThing(kase, 'guest', 'system', '')?.says;
  return firstKnown(
    mapKnown(says?.release, (release) => (compareReleases(release, first) >= 0 ? yes : no)),
    mapKnown(says?.releaseAtLeast, (release) => (compareReleases(release, first) >= 0 ? yes : undefined)),
    mapKnown(says?.releaseAtMost, (release) => (compareReleases(release, first) < 0 ? no : undefined)),
  );
}
