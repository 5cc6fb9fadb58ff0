import type { Case, Nic } from '../../model/case.ts';
import { distinctLines } from '../../model/line.ts';
import type { Direction, Vanish } from '../../model/report.ts';
import { inOrder, isBeyond } from './in-order.ts';
import type { Loss } from './loss.ts';
import { BOTH, type Station } from './station.ts';
import { lostByCaptures, passedByCaptures } from './vanish-by-captures.ts';
import { lostByCounters, movesAt } from './vanish-by-counters.ts';

/** For each direction the first place where packets get lost. What was seen to pass is not lost before; what is not known makes the place a range. */
export function vanishOf(stations: readonly Station[], nic: Nic, kase: Case): Vanish[] {
  const lives = {
    'from-guest': signsOfLife(stations, 'from-guest', nic, kase),
    'to-guest': signsOfLife(stations, 'to-guest', nic, kase),
  };
  return BOTH.flatMap((direction) => {
    const losses = [
      lostByState(stations, direction, lives),
      lostByCounters(stations, direction),
      lostByCaptures(stations, direction, nic, kase),
    ].filter((loss) => loss !== undefined);
    const loss = firstOf(losses, direction);
    return loss ? [named(loss, direction, stations)] : [];
  });
}

/** What two readings or two captures tell, without the states of hops; with the lines. */
export function measuredLoss(
  stations: readonly Station[],
  direction: Direction,
  nic: Nic,
  kase: Case,
): Loss | undefined {
  const losses = [lostByCounters(stations, direction), lostByCaptures(stations, direction, nic, kase)].filter(
    (loss) => loss !== undefined,
  );
  return firstOf(losses, direction);
}

type Lives = Readonly<
  Record<Direction, { readonly seen: readonly number[]; readonly moving: readonly number[] }>
>;

/** Where packets of this NIC alone are captured, and where its own counters grow. Those of what is shared say nothing of this NIC. */
function signsOfLife(stations: readonly Station[], direction: Direction, nic: Nic, kase: Case) {
  const moving = inOrder(stations, direction).filter((place) => {
    const station = stations[place];
    return station?.isOwn && movesAt(station, direction);
  });
  return { seen: passedByCaptures(stations, direction, nic, kase), moving };
}

function lostByState(stations: readonly Station[], direction: Direction, lives: Lives): Loss | undefined {
  const place = inOrder(stations, direction).find((index) => {
    const station = stations[index];
    if (!station?.loses.includes(direction)) return false;
    if (station.losesPart) return true;
    // What breaks both ways and lets packets pass one way is not what it seems.
    return !station.loses.some((way) => isRefuted(station, index, way, lives[way]));
  });
  const station = place === undefined ? undefined : stations[place];
  if (place === undefined || !station) return undefined;
  return { hop: place, span: [place - 1, place + 1], by: 'state', because: station.says, at: station.at };
}

/** Packets are seen beyond the hop; or its own counter, or one beyond, grows. */
function isRefuted(station: Station, index: number, direction: Direction, lives: Lives[Direction]): boolean {
  if (lives.seen.some((place) => isBeyond(place, index, direction))) return true;
  return station.isOwn && lives.moving.some((place) => !isBeyond(index, place, direction));
}

/** The one that packets come to first; of two that speak of the same place, the one that names the hop, else the narrower one. */
function firstOf(losses: readonly Loss[], direction: Direction): Loss | undefined {
  return losses.reduce<Loss | undefined>((best, loss) => {
    if (!best) return loss;
    if (isWithin(best, loss, direction)) return withLines(best, loss);
    if (isWithin(loss, best, direction)) return withLines(loss, best);
    return startOf(loss, direction) < startOf(best, direction) ? loss : best;
  }, undefined);
}

/** That `inner` names a hop, or a narrower part, of the range of `outer`; its far end included, its near one not: there packets were seen. */
function isWithin(inner: Loss, outer: Loss, direction: Direction): boolean {
  const [from, to] = outer.span;
  const near = direction === 'from-guest' ? from : to;
  if (outer.hop !== undefined) return false;
  if (inner.hop !== undefined) return inner.hop >= from && inner.hop <= to && inner.hop !== near;
  return inner.span[0] >= from && inner.span[1] <= to;
}

function withLines(inner: Loss, outer: Loss): Loss {
  return { ...inner, at: distinctLines([...inner.at, ...outer.at]) };
}

function startOf({ span: [from, to] }: Loss, direction: Direction): number {
  return direction === 'from-guest' ? from : -to;
}

function named(loss: Loss, direction: Direction, stations: readonly Station[]): Vanish {
  const { hop, span, by, because, at } = loss;
  const [guestSide, farSide] = span.map((place) => stations[place]?.name ?? null);
  const isOutward = direction === 'from-guest';
  return {
    direction,
    after: (isOutward ? guestSide : farSide) ?? null,
    before: (isOutward ? farSide : guestSide) ?? null,
    hop: hop === undefined ? null : (stations[hop]?.name ?? null),
    span,
    by,
    because,
    at,
  };
}
