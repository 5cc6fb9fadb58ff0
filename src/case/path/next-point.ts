import type { Case, Nic } from '../../model/case.ts';
import type { Vanish } from '../../model/report.ts';
import type { Station } from './station.ts';
import { viewsOf } from './views.ts';

/** An interface of the host at which the next packet capture is to be taken, and what it would tell. */
export type NextPoint = { readonly point: string; readonly why: string };

/** Halves the part of the path in which packets get lost; or goes on from where the guest's packets were last seen, when nothing comes back. */
export function nextPoint(
  stations: readonly Station[],
  vanish: readonly Vanish[],
  nic: Nic,
  kase: Case,
): NextPoint | undefined {
  const taken = new Set(viewsOf(stations, nic, kase).map(({ place }) => place));
  for (const { hop, span, after, before } of vanish) {
    const station = hop === null ? middleOf(stations, span, taken) : undefined;
    if (station) {
      const why = `halves the part of the path that loses packets, between ${after} and ${before}`;
      return { point: station.name, why };
    }
  }
  return vanish.length > 0 ? undefined : onwards(stations, taken, nic, kase);
}

/** What the guest sends was captured at one point, and no answer to it there. */
function onwards(
  stations: readonly Station[],
  taken: ReadonlySet<number>,
  nic: Nic,
  kase: Case,
): NextPoint | undefined {
  const views = viewsOf(stations, nic, kase);
  const isAnswered = views.some(({ seen }) => seen.some(({ direction }) => direction === 'to-guest'));
  const last = views.findLast(({ seen }) => seen.some(({ direction }) => direction === 'from-guest'));
  if (isAnswered || !last) return undefined;
  const station = middleOf(stations, [last.place, stations.length], taken);
  const why = `whether what the guest sends, seen on ${last.name}, gets as far as that`;
  return station ? { point: station.name, why } : undefined;
}

function middleOf(
  stations: readonly Station[],
  [from, to]: readonly [number, number],
  taken: ReadonlySet<number>,
): Station | undefined {
  const open = stations
    .map((station, place) => ({ station, place }))
    .filter(({ station, place }) => place > from && place < to && !taken.has(place) && isPoint(station));
  return open[Math.floor(open.length / 2)]?.station;
}

/** A bridge shows to a capture only what it hands up to the host. */
function isPoint({ side, points, name, kind }: Station): boolean {
  return (
    side === 'host' && points.includes(name) && !name.endsWith('?') && kind !== 'bridge' && kind !== 'gateway'
  );
}
