import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { guestOs } from '../guest-os.ts';
import { allThings, findThing } from '../look-up.ts';
import { amount, growth, readingsOf } from '../readings.ts';
import { negotiated } from './device-state.ts';

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
      complete: 'packets of others leave the guest with right checksums',
      'own-only': "only the guest's own packets have unfinished checksums: offload at work, harmless",
    },
    read: readForwarded,
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

type Flow = Thing<'traffic'>;

/**
 * Seen on the guest's own interfaces, without -e. A packet of others that goes out has an address of the interface's network as its
 * target, or one of another interface's as its source. On the way in, an unfinished checksum is what RXCSUM allows; on the way out
 * nobody but the driver after the rework completes it (and there it shows so too).
 */
function readForwarded(nic: Nic, kase: Case): Known<string> {
  if (!isVtnetSystem(nic, kase)) return unknown;
  const flows = allThings(kase, 'traffic', 'guest').filter(
    ({ says }) => valueIn(says.checksum) !== undefined,
  );
  const passed = flows.filter((flow) => isPassedOn(flow, nic, kase));
  for (const [seen, word] of [
    ['partial', 'unfinished'],
    ['good', 'complete'],
  ] as const) {
    const flow = passed.find(({ says }) => valueIn(says.checksum) === seen);
    if (flow) return known(word, flow.at);
  }
  const own = flows.find(
    ({ says }) => valueIn(says.checksum) === 'partial' && isOwn(valueIn(says.from), kase),
  );
  return own ? known('own-only', own.at) : unknown;
}

/** It came in by `nic`, and was seen where it leaves. */
function isPassedOn({ says }: Flow, nic: Nic, kase: Case): boolean {
  const from = valueIn(says.from);
  const to = valueIn(says.to);
  const out = valueIn(says.interface);
  if (from === undefined || to === undefined || out === undefined || !isIpv4(from) || !isIpv4(to))
    return false;
  if (isOwn(from, kase) || isOwn(to, kase)) return false;
  const source = interfaceOf(from, kase);
  const leaves = interfaceOf(to, kase) === out || (source !== undefined && source !== out);
  if (!leaves || source === out) return false;
  const entered = source ?? otherNic(out, kase);
  return entered !== undefined && (entered === nic.name || parentOf(entered, kase) === nic.name);
}

/** With two NICs, what leaves by one came in by the other. */
function otherNic(out: string, kase: Case): string | undefined {
  const others = kase.nics.filter(({ guest, name }) => guest && name !== out);
  return others.length === 1 ? others[0]?.name : undefined;
}

function parentOf(name: string, kase: Case): string | undefined {
  return valueIn(findThing(kase, 'guest', 'interface', name)?.says.parent);
}

function isOwn(address: string | undefined, kase: Case): boolean {
  return allThings(kase, 'address', 'guest').some(({ says }) => valueIn(says.address) === address);
}

/** The interface whose network the address is of. */
function interfaceOf(address: string, kase: Case): string | undefined {
  const own = allThings(kase, 'address', 'guest').find(({ says }) => {
    const network = valueIn(says.address) ?? '';
    const prefix = valueIn(says.prefix);
    if (prefix === undefined || prefix === 0 || !isIpv4(network)) return false;
    const shift = 2 ** (32 - prefix);
    return Math.floor(numberOf(network) / shift) === Math.floor(numberOf(address) / shift);
  });
  return own && valueIn(own.says.interface);
}

function isIpv4(address: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address);
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
