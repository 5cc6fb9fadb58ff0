import type { Direction } from '../../model/report.ts';
import type { Count } from './counts.ts';
import { inOrder } from './in-order.ts';
import type { Loss } from './loss.ts';
import type { Station } from './station.ts';

/** As many packets between two readings that a counter which stands still is no chance. */
const LEAST = 5;

/** Where one counter grows and the next one stands still, or a hop counts what it drops. Both need two readings. */
export function lostByCounters(stations: readonly Station[], direction: Direction): Loss | undefined {
  return dropped(stations, direction) ?? stopped(stations, direction) ?? unanswered(stations, direction);
}

/** Whether packets of a direction pass a hop, as its counter tells; undefined without two readings. */
export function movesAt(station: Station, direction: Direction): boolean | undefined {
  const more = countAt(station, direction)?.morePackets;
  return more === undefined || more === null ? undefined : more > 0;
}

function countAt({ counts }: Station, direction: Direction): Count | undefined {
  return counts.find((count) => count.direction === direction);
}

/** Only interfaces that carry this NIC's packets alone. */
function stopped(stations: readonly Station[], direction: Direction): Loss | undefined {
  let before: { place: number; count: Count } | undefined;
  for (const place of inOrder(stations, direction)) {
    const station = stations[place];
    const count = station?.isOwn ? countAt(station, direction) : undefined;
    if (!station || !count || count.morePackets === null) continue;
    const isGrowing = (before?.count.morePackets ?? 0) >= LEAST;
    if (before && count.morePackets === 0 && isGrowing && tellOfOneTime(before.count, count))
      return between(stations, before, { place, count }, direction);
    before = { place, count };
  }
  return undefined;
}

/** So many packets are missing behind the first reading that a packet or two counted by one end alone do not matter. */
const LEAST_BEFORE = 3;

/**
 * Both counters were read from the same two listings, or in times that overlap. Where nothing tells the times, the far one must lag
 * behind at the first reading already: it may have been read while nobody sent.
 */
function tellOfOneTime({ read: near }: Count, { read: far }: Count): boolean {
  if (!near || !far) return false;
  const [a, b, c, d] = [...near, ...far];
  if (!a || !b || !c || !d) return false;
  if (a.sample === c.sample && b.sample === d.sample) return true;
  const [from, to, otherFrom, otherTo] = [a, b, c, d].map(({ taken }) => taken);
  if (from && to && otherFrom && otherTo) return from < otherTo && otherFrom < to;
  return a.value - c.value >= LEAST_BEFORE;
}

type Seen = { readonly place: number; readonly count: Count };

function between(stations: readonly Station[], near: Seen, far: Seen, direction: Direction): Loss {
  const [nearName, farName] = [stations[near.place]?.name, stations[far.place]?.name];
  const isIntoGuest = direction === 'to-guest' && far.place === 0;
  const hint = isIntoGuest
    ? ' (what is for other groups or VLANs than the guest wants ends here as well)'
    : '';
  return {
    span: far.place > near.place ? [near.place, far.place] : [far.place, near.place],
    by: 'counters',
    because: `${nearName} counts ${near.count.morePackets} more between two readings, ${farName} none${hint}`,
    at: [...near.count.at, ...far.count.at],
  };
}

/** A tap drops what is not fetched in time, and what comes while it is down; a guest's NIC what its queue has no room for. */
function dropped(stations: readonly Station[], direction: Direction): Loss | undefined {
  for (const place of inOrder(stations, direction)) {
    const station = stations[place];
    const count = station?.isOwn ? countAt(station, direction) : undefined;
    const drops = count?.moreDrops ?? 0;
    // A guest counts among its receive drops what it has no use for.
    const isTold = station?.kind === 'tap' || direction === 'from-guest';
    if (!station || !count || !isTold || drops < LEAST || drops * 20 < drops + (count.morePackets ?? 0))
      continue;
    const because = `${station.name} drops ${drops} between two readings`;
    if (station.kind === 'tap' && direction === 'to-guest')
      return {
        span: [0, place],
        by: 'counters',
        because: `${because}: the guest does not take them`,
        at: count.at,
      };
    return { hop: place, span: [place - 1, place + 1], by: 'counters', because, at: count.at };
  }
  return undefined;
}

/**
 * The guest sends, nothing comes back to it, and nothing at all leaves by the uplink of its bridge: its broadcasts would. Behind a gateway
 * the host may be who it talks to.
 */
function unanswered(stations: readonly Station[], direction: Direction): Loss | undefined {
  const tap = stations.findLastIndex(({ isOwn }) => isOwn);
  const uplink = stations.length - 1;
  const [own, out] = [stations[tap], stations[uplink]];
  if (direction !== 'from-guest' || !own || out?.kind !== 'uplink') return undefined;
  if (stations.some(({ kind }) => kind === 'gateway')) return undefined;
  const sent = countAt(own, 'from-guest');
  const left = countAt(out, 'from-guest');
  const isSilent = countAt(own, 'to-guest')?.morePackets === 0 && left?.morePackets === 0;
  if (!sent || !left || !isSilent || (sent.morePackets ?? 0) < LEAST) return undefined;
  if (!tellOfOneTime(sent, left)) return undefined;
  return between(stations, { place: tap, count: sent }, { place: uplink, count: left }, direction);
}
