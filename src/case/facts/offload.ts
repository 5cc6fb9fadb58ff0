import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { guestOs } from '../guest-os.ts';
import { findThing } from '../look-up.ts';
import { amount, growth, readingsOf } from '../readings.ts';
import { negotiated } from './device-state.ts';
import { readForwarded } from './forwarded.ts';

/** What the NIC does in place of the stack, and whether switching it off took effect. */
export const offloadFacts: readonly Fact[] = [
  {
    name: 'nic.rx-checksum',
    asks: 'May the host leave checksums to {nic} (RXCSUM)?',
    words: {
      on: 'RXCSUM is on for {nic}: the host may hand over packets with unfinished checksums',
      off: 'RXCSUM is off for {nic}',
    },
    read: (nic) =>
      mapKnown(nic.guest?.says.offloads, (list) =>
        list.includes('rx-checksum') || list.includes('rx-checksum6') ? 'on' : 'off',
      ),
  },
  {
    name: 'nic.checksum-capable',
    asks: 'Can {nic} do checksum offload at all (ifconfig -m)?',
    words: {
      yes: '{nic} can do checksum offload',
      no: '{nic} has no checksum offload: neither host nor guest leaves a checksum unfinished on it',
    },
    read: readCapable,
  },
  {
    name: 'nic.offload-switch',
    asks: 'Is what ifconfig shows of the checksum offload in force?',
    words: {
      stale:
        'ifconfig shows no TXCSUM on {nic}, yet its queues go on to leave checksums to the host: the switch is not in force',
      'in-force': 'no queue of {nic} left a checksum to the host between two readings',
      on: 'TXCSUM is on for {nic}',
    },
    read: readSwitch,
  },
  {
    name: 'nic.tso-drops',
    asks: 'Does the driver of {nic} drop segments because TSO is on without TXCSUM?',
    words: {
      growing:
        'the driver of {nic} drops more and more segments: TSO is on, TXCSUM is off (tx_tso_without_csum)',
      some: 'the driver of {nic} has dropped segments: TSO was on without TXCSUM (tx_tso_without_csum)',
      steady: 'the driver of {nic} dropped no segment for a missing TXCSUM between two readings',
      none: 'the driver of {nic} has dropped no segment for a missing TXCSUM',
    },
    read: (nic, kase) => {
      const readings = readingsOf(kase, 'guest', nic.guest?.id, 'tx-tso-without-checksum');
      return firstKnown<string>(growth(readings), amount(readings));
    },
  },
  {
    name: 'nic.forwarded-checksum',
    asks: 'Are the checksums of packets that the guest passes on complete when they leave it?',
    words: {
      unfinished:
        'packets of others leave the guest with an unfinished checksum (the sum of the pseudo header): the next receiver drops them',
      translated:
        "packets that the guest translates leave it with a checksum that is neither right nor left to the guest's own offload: what translation makes of an unfinished one",
      complete: 'packets of others leave the guest with right checksums',
      'own-only': "only the guest's own packets have unfinished checksums: offload at work, harmless",
    },
    read: (nic, kase) => (isVtnetSystem(nic, kase) ? readForwarded(nic, kase) : unknown),
  },
];

function isVtnetSystem(nic: Nic, kase: Case): boolean {
  const os = valueIn(guestOs(nic, kase));
  return os === 'freebsd' || os === 'dragonfly';
}

/** Of FreeBSD and DragonFly: Linux lists what cannot be switched apart, not what is not there. */
function readCapable(nic: Nic, kase: Case): Known<string> {
  if (!isVtnetSystem(nic, kase)) return unknown;
  const has = (list: readonly string[]) => list.some((word) => /^[rt]x-checksum6?$/.test(word));
  const disabled = findThing(kase, 'guest', 'setting', 'hw.vtnet.csum_disable')?.says.value;
  return firstKnown<string>(
    mapKnown(nic.guest?.says.offloads, (list) => (has(list) ? 'yes' : undefined)),
    mapKnown(nic.guest?.says.offloadsPossible, (list) => (has(list) ? 'yes' : 'no')),
    negotiated(nic, 'VIRTIO_NET_F_GUEST_CSUM'),
    mapKnown(disabled, (value) => (value === '1' ? 'no' : undefined)),
  );
}

/** Both families must be switched off: a queue counts IPv4's and IPv6's checksums in one number. */
function readSwitch(nic: Nic, kase: Case): Known<string> {
  const offloads = nic.guest?.says.offloads;
  if (offloads?.state !== 'known' || !isVtnetSystem(nic, kase)) return unknown;
  if (offloads.value.includes('tx-checksum') || offloads.value.includes('tx-checksum6'))
    return known('on', offloads.at);
  const queues = queuesOf(nic, kase).map((of) =>
    growth(readingsOf(kase, 'guest', of, 'tx-checksum-offloaded')),
  );
  const growing = queues.find((answer) => valueIn(answer) === 'growing');
  if (growing?.state === 'known') return known('stale', [offloads.at[0], ...growing.at]);
  const first = queues[0];
  return first && queues.every(({ state }) => state === 'known')
    ? mapKnown(first, () => 'in-force')
    : unknown;
}

/** `vtnet0 txq0`, `vtnet0 txq1`, ... as far as any was listed. */
function queuesOf(nic: Nic, kase: Case): string[] {
  const own = `guest|${nic.guest?.id} txq`;
  const names = [...kase.counters.keys()]
    .filter((key) => key.startsWith(own))
    .map((key) => key.split('|')[1] ?? '');
  return [...new Set(names)];
}
