import type { Case, Nic, Thing } from '../../model/case.ts';
import { valueIn } from '../../model/known.ts';
import type { Line, Lines } from '../../model/line.ts';
import type { Direction } from '../../model/report.ts';
import { addresses, vlanChildren } from '../facts/addressing.ts';
import { macOf } from '../nic-mac.ts';
import { oncePerCase } from '../once-per-case.ts';
import { type PointCapture, pointCaptures } from './point-captures.ts';
import type { Station } from './station.ts';

/** Packets of this NIC that look alike, in one capture. */
export type Seen = {
  readonly direction: Direction;
  readonly what: string;
  readonly asksFor: string | undefined;
  readonly count: number;
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  /** It was told by the MACs of the frame: a capture without them (no -e) cannot show it. */
  readonly needsMacs: boolean;
  /** It goes to all ports of a bridge; what is for one MAC may stay on the host. */
  readonly isFlooded: boolean;
  readonly words: string;
  readonly at: Lines;
};

/** What a packet capture at a hop shows of a NIC. */
export type View = {
  readonly place: number;
  readonly name: string;
  readonly side: 'guest' | 'host';
  readonly isOwn: boolean;
  readonly seen: readonly Seen[];
  readonly kinds: ReadonlySet<string>;
  /** Who sent something, by address. */
  readonly speakers: ReadonlySet<string>;
  readonly hasOthers: boolean;
  /** Packets of others than the guest and this interface itself. */
  readonly hasForeign: boolean;
  readonly showsMacs: boolean;
  /** Whatever passes here is seen by a capture: on a bridge, only what the bridge hands up. */
  readonly shows: boolean;
  /** There were more flows than are kept: what is not seen may have passed. */
  readonly leavesOut: boolean;
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  readonly at: readonly Line[];
};

export function viewsOf(stations: readonly Station[], nic: Nic, kase: Case): readonly View[] {
  const made = viewsByNic(kase);
  const views = made.get(nic) ?? allViews(stations, nic, kase);
  made.set(nic, views);
  return views;
}

const viewsByNic = oncePerCase((_: Case) => new Map<Nic, readonly View[]>());

function allViews(stations: readonly Station[], nic: Nic, kase: Case): View[] {
  const captures = pointCaptures(kase);
  if (captures.size === 0) return [];
  const own = { mac: valueIn(macOf(nic)), addresses: addressesOf(nic, kase) };
  return stations.flatMap((station, place) =>
    station.points.flatMap((name) => {
      const capture = captures.get(`${station.side}|${name}`);
      return capture ? [viewOf(capture, { place, name, station }, own)] : [];
    }),
  );
}

function addressesOf(nic: Nic, kase: Case): ReadonlySet<string> {
  if (!nic.guest) return new Set();
  const children = new Set(vlanChildren(nic, kase).map(({ id }) => id));
  const all = [nic, ...kase.nics.filter(({ name, guest }) => guest && children.has(name))];
  return new Set(
    all.flatMap((one) => addresses(one, kase).flatMap(({ says }) => valueIn(says.address) ?? [])),
  );
}

type Own = { readonly mac: string | undefined; readonly addresses: ReadonlySet<string> };

function viewOf(
  { flows, capture }: PointCapture,
  { place, name, station }: { place: number; name: string; station: Station },
  own: Own,
): View {
  const seen = flows.flatMap((flow) => seenIn(flow, own));
  const macs = flows.filter(({ says }) => isMac(valueIn(says.from)));
  return {
    place,
    name,
    side: station.side,
    isOwn: station.isOwn,
    seen,
    kinds: new Set(flows.flatMap(({ says }) => valueIn(says.what) ?? [])),
    speakers: new Set(
      flows.flatMap(({ says }) => [valueIn(says.tells), valueIn(says.from)]).filter(isDefined),
    ),
    hasOthers: flows.length > seen.length,
    hasForeign: macs.some(({ says }) => isForeign(says, own.mac)),
    showsMacs: macs.length > 0,
    shows: station.kind !== 'bridge' && station.kind !== 'firewall-bridge',
    leavesOut: capture?.says.leftOut?.state === 'known',
    firstAt: valueIn(capture?.says.firstAt),
    lastAt: valueIn(capture?.says.lastAt),
    at: flows[0]?.at ?? capture?.at ?? [],
  };
}

/** What a tap of the host itself sends is of IPv6: it looks for neighbours and tells its groups. */
function isForeign({ from, what }: Thing<'traffic'>['says'], mac: string | undefined): boolean {
  return mac !== undefined && valueIn(from) !== mac && /^(?:arp-|dhcp-reply|ipv4)/.test(valueIn(what) ?? '');
}

function isDefined(text: string | undefined): text is string {
  return text !== undefined;
}

function isMac(text: string | undefined): boolean {
  return /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(text ?? '');
}

/** By the frame's MACs, else by the addresses in it. QEMU sends RARPs in the guest's name (announce_self). */
function seenIn({ says, at }: Thing<'traffic'>, own: Own): Seen[] {
  const [what, from, to] = [valueIn(says.what), valueIn(says.from), valueIn(says.to)];
  const [asksFor, tells] = [valueIn(says.asksFor), valueIn(says.tells)];
  const isHis = (text: string | undefined) =>
    text !== undefined && (text === own.mac || own.addresses.has(text));
  const isFrom = isMac(from) ? from === own.mac : isHis(from) || (what !== 'ipv4' && isHis(tells));
  const isTo = isHis(to) || (what === 'arp-request' && isHis(asksFor));
  if (what === undefined || what === 'rarp' || isFrom === isTo) return [];
  return [
    {
      direction: isFrom ? 'from-guest' : 'to-guest',
      what,
      asksFor,
      count: valueIn(says.count) ?? 1,
      firstAt: valueIn(says.firstAt),
      lastAt: valueIn(says.lastAt),
      isFlooded: what === 'arp-request' || what === 'dhcp-request' || to === 'ff:ff:ff:ff:ff:ff',
      needsMacs: !what.startsWith('arp-') && isMac(from),
      words: wordsFor(what, asksFor, tells, isFrom),
      at,
    },
  ];
}

function wordsFor(what: string, asksFor = '?', tells = '?', isFrom = false): string {
  if (what === 'arp-request')
    return isFrom ? `the guest's ARP requests for ${asksFor}` : `ARP requests for ${asksFor}`;
  if (what === 'arp-reply') return `ARP replies for ${tells}`;
  if (what === 'dhcp-request') return "the guest's DHCP requests";
  return isFrom ? 'packets of the guest' : 'packets for the guest';
}
