import type { Case, Fact, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { findThing, thingsWith } from '../look-up.ts';
import { macOf } from '../nic-mac.ts';
import { type End, networkOf } from '../pf/address.ts';
import { OUTSIDE } from '../pf/nat.ts';
import type { Packet, Place } from '../pf/packet.ts';
import { egressPlace, guestEnd, placeOf, tapPlace } from '../pf/places.ts';
import { verdictOf } from '../pf/verdict.ts';
import { gatewaysOf, oncePerSegment, type Segment, segmentOf, uplinksOf } from '../segment.ts';
import { localInterface } from './host-path.ts';

/** What PF of an OpenBSD host does with the packets of a NIC. bridge(4) shows PF every IP packet of its members; veb(4) only with link1. */
export const pfFacts: readonly Fact[] = [
  {
    name: 'host.pf-dhcp',
    asks: 'Does PF of the host let the DHCP request of {nic} pass?',
    words: {
      passes: 'PF of the host lets the DHCP request of {nic} pass',
      blocks: 'PF of the host blocks the DHCP request of {nic} on the way through the bridge',
      'not-asked': 'PF of the host is not asked about what {nic} sends to its DHCP server',
    },
    read: readDhcp,
  },
  {
    name: 'host.pf-traffic',
    asks: 'Does PF of the host let ordinary traffic of {nic} pass?',
    words: {
      passes: 'PF of the host lets what {nic} sends pass',
      blocks: 'PF of the host blocks what {nic} sends',
      partly: 'PF of the host blocks a part of what {nic} sends (not TCP, UDP and ICMP alike)',
    },
    read: readPfTraffic,
  },
  {
    name: 'host.pf-log',
    asks: 'Has PF logged that it blocks packets of {nic}?',
    words: {
      'dhcp-blocked': 'PF logged that it blocked DHCP of {nic}',
      blocked: 'PF logged that it blocked packets of {nic}',
      'none-blocked': 'PF logged packets of {nic}, none of them blocked',
    },
    read: readLog,
  },
];

/** In on the tap, and out where the bridge leads; what a local interface asks is answered before PF sees it. */
function readDhcp(nic: Nic, kase: Case): Known<string> {
  const local = localInterface(nic, kase);
  if (local.state === 'known') return known('not-asked', local.at);
  const logged = readLog(nic, kase);
  if (logged.state === 'known' && logged.value === 'dhcp-blocked') return known('blocks', logged.at);
  const segment = segmentOf(nic, kase);
  if (!segment) return unknown;
  const veb = withoutPf(segment, kase);
  if (veb.state === 'known') return veb;
  if (!showsPf(segment, kase)) return unknown;
  return along([packet('in', tapPlace(nic, kase))], kase, requestOut(segment, kase));
}

const requestOut = oncePerSegment((segment, kase: Case) =>
  onUplinks(segment, (on) => packet('out', on), kase),
);

const NOBODY = { network: networkOf('0.0.0.0') ?? { base: 0, prefix: 32 } };
const EVERYBODY = { network: networkOf('255.255.255.255') ?? { base: 2 ** 32 - 1, prefix: 32 } };

function packet(direction: 'in' | 'out', on: Place): Packet {
  return { direction, on, proto: 'udp', from: NOBODY, to: EVERYBODY, fromPort: 68, toPort: 67 };
}

/** Undefined: there is none. */
function onUplinks(segment: Segment, packetOn: (on: Place) => Packet, kase: Case): Known<string> | undefined {
  const way = uplinksOf(segment).map(({ name }) => packetOn(placeOf(name, kase)));
  return way.length === 0 ? undefined : along(way, kase);
}

/** if_bridge(4) of FreeBSD does so where its knob says so; bridge(4) of OpenBSD always does. */
function showsPf({ name }: Segment, kase: Case): boolean {
  if (valueIn(findThing(kase, 'host', 'system', '')?.says.os) !== 'freebsd') return name.startsWith('bridge');
  return valueIn(filterKnob(kase)) === '1';
}

function filterKnob(kase: Case): Known<string> {
  return findThing(kase, 'host', 'setting', 'net.link.bridge.pfil_member')?.says.value ?? unknown;
}

function withoutPf(segment: Segment, kase: Case): Known<string> {
  const knob = filterKnob(kase);
  if (knob.state === 'known' && knob.value === '0') return known('not-asked', knob.at);
  if (!/^(?:veb|tpmr)/.test(segment.name)) return unknown;
  const link1 =
    findThing(kase, 'host', 'interface', segment.name)?.says.link1 ??
    findThing(kase, 'host', 'interfaceFile', segment.name)?.says.link1;
  return link1?.state === 'known' && !link1.value ? known('not-asked', link1.at) : unknown;
}

/** The first place that blocks decides; it passes when all of them let it pass. `then`: what becomes of it behind them. */
function along(way: readonly Packet[], kase: Case, then?: Known<string>): Known<string> {
  const verdicts = way.map((one) => verdictOf(one, kase));
  const block = verdicts.find((verdict) => valueIn(verdict) === 'block');
  if (block?.state === 'known') return known('blocks', block.at);
  if (then && valueIn(then) !== 'passes') return then;
  const [first] = verdicts;
  return first?.state === 'known' && verdicts.every(({ state }) => state === 'known')
    ? known('passes', first.at)
    : unknown;
}

const KINDS = [
  { proto: 'tcp', fromPort: 49152, toPort: 443 },
  { proto: 'udp', fromPort: 49152, toPort: 53 },
  { proto: 'icmp' },
] as const;

/**
 * Bridged: in on the tap, out on the uplink. Routed: in on the host's interface in the bridge, out where the default route goes,
 * then as the host's own. Local: in on the tap, then the same way.
 */
export function readPfTraffic(nic: Nic, kase: Case): Known<string> {
  const logged = readLog(nic, kase);
  if (logged.state === 'known' && logged.value === 'blocked') return known('partly', logged.at);
  const segment = segmentOf(nic, kase);
  const local = localInterface(nic, kase);
  const from = guestEnd(nic, segment, kase);
  const egress = egressPlace(kase);
  const own = egress.name === undefined ? {} : { own: egress.name };
  const answers = KINDS.map((kind): Known<string> => {
    const enter = (on: Place): Packet => ({ direction: 'in', on, from, to: OUTSIDE, ...kind });
    const leave: Packet = { direction: 'out', on: egress, from: own, to: OUTSIDE, ...kind };
    if (local.state === 'known') return along([enter(tapPlace(nic, kase)), leave], kase);
    if (!segment || !showsPf(segment, kase)) return unknown;
    const uplinks = trafficOut(segment, kase)(kind, from);
    if (uplinks) return along([enter(tapPlace(nic, kase))], kase, uplinks);
    const [gateway] = gatewaysOf(segment);
    return gateway && segment.isWhole ? along([enter(placeOf(gateway.name, kase)), leave], kase) : unknown;
  });
  const block = answers.find((answer) => valueIn(answer) === 'blocks');
  if (answers.some(({ state }) => state !== 'known')) return unknown;
  if (block?.state !== 'known') return answers[0] ?? unknown;
  return known(answers.every((answer) => valueIn(answer) === 'blocks') ? 'blocks' : 'partly', block.at);
}

/** Guests of one bridge mostly differ in their taps alone. */
const trafficOut = oncePerSegment((segment, kase: Case) => {
  const answers = new Map<string, Known<string> | undefined>();
  return (kind: (typeof KINDS)[number], from: End) => {
    const key = `${kind.proto} ${JSON.stringify(from)}`;
    const packetOn = (on: Place): Packet => ({ direction: 'out', on, from, to: OUTSIDE, ...kind });
    if (!answers.has(key)) answers.set(key, onUplinks(segment, packetOn, kase));
    return answers.get(key);
  };
});

/** pflog names the interface; a DHCP packet also its client's MAC. */
function readLog(nic: Nic, kase: Case): Known<string> {
  const own = [
    ...thingsWith(kase, 'pfVerdict', 'host', 'interface', nic.host?.tapName),
    ...thingsWith(kase, 'pfVerdict', 'host', 'mac', valueIn(macOf(nic))),
  ];
  const blocked = own.filter(({ says }) => valueIn(says.action) === 'block');
  const dhcp = blocked.find(({ says }) => valueIn(says.what)?.startsWith('dhcp-'));
  if (dhcp) return known('dhcp-blocked', dhcp.at);
  if (blocked[0]) return known('blocked', blocked[0].at);
  return own[0] ? known('none-blocked', own[0].at) : unknown;
}
