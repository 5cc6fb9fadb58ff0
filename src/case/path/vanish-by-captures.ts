import type { Case, Nic } from '../../model/case.ts';
import { valueIn } from '../../model/known.ts';
import type { Direction } from '../../model/report.ts';
import { allThings } from '../look-up.ts';
import { inOrder } from './in-order.ts';
import type { Loss } from './loss.ts';
import type { Station } from './station.ts';
import { type Seen, type View, viewsOf } from './views.ts';

/** The hops at which packet captures show packets of this NIC in a direction. */
export function passedByCaptures(
  stations: readonly Station[],
  direction: Direction,
  nic: Nic,
  kase: Case,
): number[] {
  return viewsOf(stations, nic, kase)
    .filter(
      ({ seen, isOwn, hasForeign }) =>
        seen.some((one) => one.direction === direction) || (direction === 'to-guest' && isOwn && hasForeign),
    )
    .map(({ place }) => place);
}

/** Two captures at the same time, of which the one shows packets of the NIC and the next one does not, and should. */
export function lostByCaptures(
  stations: readonly Station[],
  direction: Direction,
  nic: Nic,
  kase: Case,
): Loss | undefined {
  // A gateway sends on with MACs of its own, and a translated address.
  const gateway = stations.findIndex(({ kind }) => kind === 'gateway');
  const views = viewsOf(stations, nic, kase).filter(({ place }) => gateway < 0 || place <= gateway);
  const order = inOrder(stations, direction).flatMap((place) => views.filter((view) => view.place === place));
  for (const [index, near] of order.entries()) {
    for (const far of order.slice(index + 1)) {
      const lost = lostBetween(near, far, direction);
      if (lost) return lost;
      if (far.seen.some((one) => one.direction === direction)) break;
    }
  }
  return direction === 'to-guest' ? unanswered(stations, views, nic, kase) : undefined;
}

/** All that could be seen at the far point, and none of it is. */
function lostBetween(near: View, far: View, direction: Direction): Loss | undefined {
  if (near.place === far.place || far.seen.some((one) => one.direction === direction)) return undefined;
  const isOut = direction === 'from-guest' && !far.isOwn;
  const missed = near.seen.find(
    (one) => one.direction === direction && (one.isFlooded || !isOut) && shouldShow(one, near, far),
  );
  if (!missed || !far.shows) return undefined;
  return {
    span: near.place < far.place ? [near.place, far.place] : [far.place, near.place],
    by: 'captures',
    because: `captures at the same time: ${missed.words} on ${near.name}, and not on ${far.name}`,
    at: [...missed.at.slice(0, 1), ...far.at.slice(0, 1)],
  };
}

/** As many of them as that one cannot be a chance must fall into the time of the other capture, which must show their kind at all. */
const LEAST = 2;

function shouldShow(one: Seen, near: View, far: View): boolean {
  if (far.leavesOut || near.side !== far.side || one.firstAt === undefined || one.lastAt === undefined)
    return false;
  if (far.firstAt === undefined || far.lastAt === undefined) return false;
  const isFiltered = !far.kinds.has(one.what) && far.kinds.size < 3;
  if (isFiltered || (one.needsMacs && !far.showsMacs)) return false;
  const overlap = Math.min(one.lastAt, far.lastAt) - Math.max(one.firstAt, far.firstAt);
  const length = one.lastAt - one.firstAt;
  if (overlap < 0) return false;
  const within = length === 0 ? one.count : 1 + ((one.count - 1) * overlap) / length;
  return within >= LEAST;
}

const LEAST_ASKED = 3;

/** The guest asks for its own gateway, that leaves by the uplink, and no answer comes back there, while others' packets do. */
function unanswered(
  stations: readonly Station[],
  views: readonly View[],
  nic: Nic,
  kase: Case,
): Loss | undefined {
  const place = stations.length - 1;
  const view = views.find((one) => one.place === place && stations[place]?.kind === 'uplink');
  const gateway = gatewayOf(nic, kase);
  const asked = view?.seen.find(
    ({ direction, what, asksFor, count }) =>
      direction === 'from-guest' && what === 'arp-request' && asksFor === gateway && count >= LEAST_ASKED,
  );
  if (
    !view ||
    view.leavesOut ||
    !asked ||
    gateway === undefined ||
    view.speakers.has(gateway) ||
    !view.hasOthers
  )
    return undefined;
  return {
    span: [place, place + 1],
    by: 'captures',
    because: `requests for ${gateway}, the gateway of the guest, leave by ${view.name}, and no answer comes back there`,
    at: asked.at.slice(0, 1),
  };
}

function gatewayOf(nic: Nic, kase: Case): string | undefined {
  const route = allThings(kase, 'route', 'guest').find(
    ({ id, says }) => /^(?:default|0\.0\.0\.0)\b/.test(id) && valueIn(says.interface) === nic.name,
  );
  return valueIn(route?.says.gateway);
}
