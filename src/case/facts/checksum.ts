import type { Side } from '../../model/capture.ts';
import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { allThings } from '../look-up.ts';
import { amount, growth, readingsOf, worst } from '../readings.ts';
import { addresses } from './addressing.ts';
import { negotiated } from './device-state.ts';
import { flowsOnTap } from './wire.ts';

/** Whether checksums that were left to a device are ever filled in. What counts is that a receiver discards. */
export const checksumFacts: readonly Fact[] = [
  {
    name: 'nic.checksum-discards',
    asks: 'Does the guest discard packets for bad checksums?',
    words: {
      growing: 'packets that the guest discarded for bad checksums grew between two readings',
      many: 'the guest discarded a quarter or more of its packets for bad checksums',
      some: 'the guest has discarded packets for bad checksums since boot',
      steady: 'the guest discarded no packet for a bad checksum between two readings',
      none: 'the guest has discarded no packet for a bad checksum since boot',
    },
    read: (_, kase) => discards(kase, ['guest']),
  },
  {
    name: 'peer.checksum-discards',
    asks: 'Does the machine that {nic} talks to discard packets for bad checksums?',
    words: {
      growing: 'packets that the other machine discarded for bad checksums grew between two readings',
      many: 'the other machine discarded a quarter or more of its packets for bad checksums',
      some: 'the other machine has discarded packets for bad checksums since boot',
      steady: 'the other machine discarded no packet for a bad checksum between two readings',
      none: 'the other machine has discarded no packet for a bad checksum since boot',
    },
    read: (_, kase) => discards(kase, ['peer', 'host']),
  },
  {
    name: 'wire.checksum',
    asks: 'Are checksums on the wire sound?',
    words: {
      good: 'checksums on the tap of {nic} are right',
      partial:
        'checksums on the tap of {nic} are left to offload (pseudo-header sum): normal on a tap, not corruption',
      wrong: 'checksums on the tap of {nic} are wrong, and not merely left to offload',
    },
    read: readChecksum,
  },
  {
    name: 'nic.arriving-checksum',
    asks: 'Are the checksums of what arrives in the guest finished?',
    words: {
      wrong: 'packets arrive on {nic} with checksums that are wrong, and not merely left to offload',
      unfinished: 'packets arrive on {nic} with checksums that were left to offload (pseudo-header sum)',
      good: 'packets arrive on {nic} with right checksums',
    },
    read: readArriving,
  },
  {
    name: 'device.guest-checksum',
    asks: 'Did the guest agree to take packets with unfinished checksums (VIRTIO_NET_F_GUEST_CSUM)?',
    words: {
      yes: 'the guest agreed to take packets with unfinished checksums: to it they are right',
      no: 'the guest did not agree to take packets with unfinished checksums',
    },
    read: (nic) => negotiated(nic, 'VIRTIO_NET_F_GUEST_CSUM'),
  },
  {
    name: 'host.checksum-offered',
    asks: 'Does the host offer checksum offload to the guest?',
    words: { yes: 'the host offers checksum offload', no: 'the host offers no checksum offload (csum=off)' },
    read: readOffered,
  },
];

const PROTOCOLS = ['tcp', 'udp', 'udp6', 'ip'];
type Discards = 'growing' | 'many' | 'some' | 'steady' | 'none';

function discards(kase: Case, sides: readonly Side[]): Known<Discards> {
  const answers = sides.flatMap((side) => PROTOCOLS.map((of) => discardsOf(kase, side, of)));
  return worst<Discards>(answers, 'growing', 'many', 'some', 'steady');
}

/** A stray packet with a bad checksum comes along everywhere; every fourth one does not. */
function discardsOf(kase: Case, side: Side, of: string): Known<Discards> {
  const bad = readingsOf(kase, side, of, 'bad-checksum');
  const grown = growth(bad);
  if (grown.state === 'known') return grown;
  const last = bad?.at(-1);
  const received = readingsOf(kase, side, of, 'received')?.findLast(({ sample }) => sample === last?.sample);
  if (last && received && last.value >= 3 && last.value * 4 >= received.value)
    return known('many', [last.at[0], received.at[0]]);
  return amount(bad);
}

function readChecksum(nic: Nic, kase: Case): Known<string> {
  const flows = flowsOnTap(nic, kase);
  for (const word of ['wrong', 'partial', 'good'] as const) {
    const flow = flows.find((one) => valueIn(one.says.checksum) === word && !isStray(one, flows));
    if (flow?.says.checksum?.state === 'known') return known(word, flow.says.checksum.at);
  }
  return unknown;
}

/** A damaged packet among hundreds comes along on any wire; what is left to an offload that never happens hits all of a kind. */
function isStray({ says }: Thing<'traffic'>, flows: readonly Thing<'traffic'>[]): boolean {
  const alike = flows.filter(
    (one) =>
      one.says.checksum?.state === 'known' &&
      valueIn(one.says.from) === valueIn(says.from) &&
      valueIn(one.says.to) === valueIn(says.to),
  );
  const all = alike.reduce((sum, one) => sum + (valueIn(one.says.count) ?? 0), 0);
  return (valueIn(says.count) ?? all) * 100 < all;
}

/** Captured by the guest itself: only there it is known what reached it. */
function readArriving(nic: Nic, kase: Case): Known<string> {
  const own = new Set([
    valueIn(nic.guest?.says.mac),
    ...addresses(nic, kase).map(({ says }) => valueIn(says.address)),
  ]);
  const arriving = allThings(kase, 'traffic', 'guest').filter(
    ({ says }) =>
      (valueIn(says.interface) ?? nic.name) === nic.name &&
      says.to?.state === 'known' &&
      own.has(says.to.value) &&
      !own.has(valueIn(says.from)),
  );
  for (const [shown, word] of [
    ['wrong', 'wrong'],
    ['partial', 'unfinished'],
    ['good', 'good'],
  ] as const) {
    const flow = arriving.find((one) => valueIn(one.says.checksum) === shown && !isStray(one, arriving));
    if (flow?.says.checksum?.state === 'known') return known(word, flow.says.checksum.at);
  }
  return unknown;
}

function readOffered(nic: Nic): Known<string> {
  const { features, checksum } = nic.host?.qemu?.says ?? {};
  const byFeatures = mapKnown(features, (names) => {
    if (names.length === 0) return undefined;
    return names.includes('VIRTIO_NET_F_CSUM') || names.includes('VIRTIO_NET_F_GUEST_CSUM') ? 'yes' : 'no';
  });
  return firstKnown(
    byFeatures,
    mapKnown(checksum, (offered) => (offered ? undefined : 'no')),
  );
}
