import type { Side } from '../model/capture.ts';
import type { Case, Thing } from '../model/case.ts';
import type { ThingKind } from '../model/sighting.ts';

export function thingKey(side: Side, is: ThingKind, id: string): string {
  return `${side}|${is}|${id}`;
}

export function findThing<K extends ThingKind>(
  kase: Pick<Case, 'things'>,
  side: Side,
  is: K,
  id: string,
): Thing<K> | undefined {
  return kase.things.get(thingKey(side, is, id)) as Thing<K> | undefined;
}

/** All things of a kind, on one side or on any, in the order they were seen. */
export function allThings<K extends ThingKind>(kase: Pick<Case, 'things'>, is: K, side?: Side): Thing<K>[] {
  const found: Thing<K>[] = [];
  for (const thing of kase.things.values()) {
    if (thing.is === is && (side === undefined || thing.side === side)) found.push(thing as Thing<K>);
  }
  return found;
}
