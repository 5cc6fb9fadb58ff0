import type { Side } from '../model/capture.ts';
import type { Sighting } from '../model/sighting.ts';
import { isOfBhyveHost, showsBhyve } from './bhyve-side.ts';
import { isOfVmdHost, showsVmd } from './vmd-side.ts';

type Sample = { readonly kind: string; readonly side: Side; readonly sightings: readonly Sighting[] };

const OTHER_SYSTEM = /^(?:openbsd|freebsd|netbsd|dragonfly|windows)\//;

/** A text nobody placed is the guest's, but Linux tools beside the guest of another system are the host's. */
export function sidesAmong(all: readonly Sample[]): (sample: Sample) => Side {
  const hasVmd = showsVmd(all);
  const hasBhyve = showsBhyve(all);
  const hasOtherGuest = all.some(({ kind, side }) => OTHER_SYSTEM.test(kind) && side !== 'host');
  return (sample) => {
    if (sample.side !== 'unknown' || sample.kind === 'complaint') return sample.side;
    if (hasVmd && isOfVmdHost(sample)) return 'host';
    if (hasBhyve && isOfBhyveHost(sample)) return 'host';
    // dhclient is Linux's and FreeBSD's alike.
    const isLinux = sample.kind.startsWith('linux/') && sample.kind !== 'linux/dhcp-client';
    return isLinux && hasOtherGuest ? 'host' : 'guest';
  };
}
