import type { Direction } from '../../model/report.ts';
import type { Station } from './station.ts';

/** The places of the hops in the order in which packets of a direction pass them. */
export function inOrder(stations: readonly Station[], direction: Direction): number[] {
  const places = stations.map((_, index) => index);
  return direction === 'from-guest' ? places : places.reverse();
}

/** Whether packets of a direction come to `one` after `other`. */
export function isBeyond(one: number, other: number, direction: Direction): boolean {
  return direction === 'from-guest' ? one > other : one < other;
}
