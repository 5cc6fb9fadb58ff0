import type { Side } from '../model/capture.ts';
import type { Sighting } from '../model/sighting.ts';
import { isOfBhyveHost, showsBhyve } from './bhyve-side.ts';
import { groupBy } from './group-by.ts';
import { isOfVmdHost, showsVmd } from './vmd-side.ts';

type Sample = {
  readonly kind: string;
  readonly side: Side;
  readonly hostName?: string | undefined;
  readonly sightings: readonly Sighting[];
};

const OTHER_SYSTEM = /^(?:openbsd|freebsd|netbsd|dragonfly|windows)\//;

/**
 * A text nobody placed is of the machine whose name stands in its prompt, where another output tells which one that is; else the
 * guest's, but Linux tools beside the guest of another system are the host's.
 */
export function sidesAmong(all: readonly Sample[]): (sample: Sample) => Side {
  const hasVmd = showsVmd(all);
  const hasBhyve = showsBhyve(all);
  const hasOther = (isOf: (side: Side) => boolean) =>
    all.some(({ kind, side }) => OTHER_SYSTEM.test(kind) && isOf(side));
  const isLinuxHost = hasOther((side) => side !== 'host') && !hasOther((side) => side === 'host');
  const sideOfName = sidesOfNames(all);
  return (sample) => {
    if (sample.side !== 'unknown' || sample.kind === 'complaint') return sample.side;
    const named = sideOfName.get(sample.hostName);
    if (named) return named;
    if (hasVmd && isOfVmdHost(sample)) return 'host';
    if (hasBhyve && isOfBhyveHost(sample)) return 'host';
    // dhclient is Linux's and FreeBSD's alike.
    const isLinux = sample.kind.startsWith('linux/') && sample.kind !== 'linux/dhcp-client';
    return isLinux && isLinuxHost ? 'host' : 'guest';
  };
}

/** Names of machines that show themselves to be one side, and never the other. */
function sidesOfNames(all: readonly Sample[]): ReadonlyMap<string | undefined, Side> {
  const placed = all.filter(({ side, hostName }) => hostName !== undefined && side !== 'unknown');
  const byName = groupBy(placed, ({ hostName }) => [hostName]);
  return new Map(
    [...byName].flatMap(([name, own]) => {
      const [side, ...more] = new Set(own.map((one) => one.side));
      return side && more.length === 0 ? [[name, side]] : [];
    }),
  );
}
