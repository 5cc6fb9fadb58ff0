import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import type { Line } from '../../model/line.ts';
import { allThings, thingsWith } from '../look-up.ts';
import { oncePerName } from '../once-per-case.ts';

/** Whether all on the way of a packet agree on how long it may be. */
export const mtuFacts: readonly Fact[] = [
  {
    name: 'wire.large-pings',
    asks: 'Do pings pass that are as long as the MTU allows (ping -M do -s 1472, then longer ones)?',
    words: {
      lost: 'short pings are answered, longer ones that the sender did send are lost without a word',
      told: 'a router on the way says that its MTU is smaller',
      refused: 'the sender itself refuses what is longer than its own MTU, as it should',
      pass: 'pings of more than 1400 octets are answered',
    },
    read: readLargePings,
  },
  {
    name: 'host.mtu-fit',
    asks: 'Do the MTUs of the guest, its tap and the bridge fit together?',
    words: {
      'guest-larger':
        'the MTU of {nic} in the guest is larger than that of its tap: longer frames are dropped',
      'ports-differ':
        'the ports of the bridge differ in their MTU: longer frames are dropped at the smaller one',
      fits: 'the MTU of {nic} is the same in the guest and on its tap',
      'guest-smaller': 'the MTU of {nic} in the guest is smaller than that of its tap',
    },
    read: readFit,
  },
  {
    name: 'wire.mss',
    asks: 'Is the MSS that is offered in TCP no larger than the MTU of {nic} allows?',
    words: {
      'above-mtu':
        'TCP offers an MSS that is larger than the MTU of {nic} allows: somebody behind it has a larger MTU',
      fits: 'the MSS that TCP offers fits the MTU of {nic}',
    },
    read: readMss,
  },
  {
    name: 'wire.too-big',
    asks: 'Does the sender heed "fragmentation needed" (ICMP)?',
    words: {
      ignored: 'a router says that packets are too big, and the same segment is sent again and again',
      told: 'a router says that packets are too big',
    },
    read: readTooBig,
  },
];

/** IPv4's and ICMP's headers. */
const PING_HEADERS = 28;

function readLargePings(nic: Nic, kase: Case): Known<string> {
  const pings = allThings(kase, 'ping');
  const lost = pings.map((ping) => lossOf(ping, pings, nic)).find((at) => at !== undefined);
  if (lost) return known('lost', lost);
  const told = pings.find(({ says }) => valueIn(says.pathMtu) !== undefined);
  if (told) return known('told', told.at);
  const refused = pings.find(({ says }) => valueIn(says.localMtu) !== undefined);
  if (refused) return known('refused', refused.at);
  const passed = pings.find(({ says }) => (valueIn(says.size) ?? 0) > 1400 && isAnswered(says));
  return passed ? known('pass', passed.at) : unknown;
}

/** A ping nobody answered, beside a shorter one of the same machine to the same target that was answered. */
function lossOf(
  ping: Thing<'ping'>,
  pings: readonly Thing<'ping'>[],
  nic: Nic,
): readonly [Line, ...Line[]] | undefined {
  const { size, sent, received, target, localMtu, pathMtu, unreachable } = ping.says;
  const length = valueIn(size) ?? 0;
  if (valueIn(received) !== 0 || (valueIn(sent) ?? 0) < 2 || localMtu || pathMtu || unreachable)
    return undefined;
  if (!wentInOnePiece(ping, nic)) return undefined;
  const shorter = pings.find(
    (other) =>
      other.side === ping.side &&
      valueIn(other.says.target) === valueIn(target) &&
      (valueIn(other.says.size) ?? 0) < length &&
      isAnswered(other.says),
  );
  return shorter && [ping.at[0], shorter.at[0]];
}

/** A ping longer than the sender's MTU goes in fragments, unless it is told not to: its loss may have other reasons. */
function wentInOnePiece({ says, side }: Thing<'ping'>, nic: Nic): boolean {
  const mtu = side === 'guest' ? (valueIn(nic.guest?.says.mtu) ?? 1500) : 1500;
  return valueIn(says.unfragmented) === true || (valueIn(says.size) ?? 0) + PING_HEADERS <= mtu;
}

function isAnswered({ received }: Thing<'ping'>['says']): boolean {
  return (valueIn(received) ?? 0) > 0;
}

function readFit(nic: Nic, kase: Case): Known<string> {
  const tap = nic.host?.tap?.says.mtu;
  const guest = nic.guest?.says.mtu;
  if (tap?.state !== 'known') return unknown;
  if (guest?.state === 'known' && guest.value > tap.value)
    return known('guest-larger', [guest.at[0], tap.at[0]]);
  const bridge = valueIn(nic.host?.port?.says.bridge) ?? valueIn(nic.host?.tap?.says.master);
  const ports = bridge === undefined ? [] : mtusOf(bridge, kase);
  const other = ports.find((mtu) => valueIn(mtu) !== tap.value);
  if (other?.state === 'known') return known('ports-differ', [tap.at[0], other.at[0]]);
  if (guest?.state !== 'known') return unknown;
  return known(guest.value === tap.value ? 'fits' : 'guest-smaller', [guest.at[0], tap.at[0]]);
}

/** Of the ports of a bridge: the first one, and the first that is another. */
const mtusOf = oncePerName((bridge, kase: Case): readonly Known<number>[] => {
  const ports = thingsWith(kase, 'interface', 'host', 'master', bridge);
  const all = ports.flatMap(({ says }) => (says.mtu?.state === 'known' ? [says.mtu] : []));
  const [first] = all;
  const other = all.find(({ value }) => value !== first?.value);
  return [first, other].flatMap((mtu) => mtu ?? []);
});

/** A sender that heeds it sends shorter segments from then on. */
function readTooBig(_: Nic, kase: Case): Known<string> {
  const told = allThings(kase, 'tooBig')[0];
  const mtu = valueIn(told?.says.mtu);
  if (!told || mtu === undefined) return unknown;
  const again = allThings(kase, 'stream').find(
    ({ says }) =>
      (valueIn(says.repeats) ?? 0) >= 2 && (valueIn(says.repeatedLength) ?? 0) + TCP_HEADERS > mtu,
  );
  return again ? known('ignored', [told.at[0], again.at[0]]) : known('told', told.at);
}

/** IPv4's and TCP's headers without options. A container's or VPN's interface has an MTU of its own, and its MSS goes through the NIC. */
const TCP_HEADERS = 40;

function readMss(nic: Nic, kase: Case): Known<string> {
  const mtu = nic.guest?.says.mtu;
  const offered = allThings(kase, 'stream').filter(
    ({ says, side }) => side === 'guest' && says.mss?.state === 'known' && (valueIn(says.opens) ?? 0) > 0,
  );
  const [first] = offered;
  if (mtu?.state !== 'known' || !first) return unknown;
  const above = offered.find(({ says }) => (valueIn(says.mss) ?? 0) > mtu.value - TCP_HEADERS);
  return known(above ? 'above-mtu' : 'fits', [(above ?? first).at[0], mtu.at[0]]);
}
