import type { Side } from '../model/capture.ts';
import type { Case, Thing } from '../model/case.ts';
import type { Known } from '../model/known.ts';
import type { ThingKind, Things as ThingTypes } from '../model/sighting.ts';
import { oncePerCase } from './once-per-case.ts';

type Things = Pick<Case, 'things'>;

export function thingKey(side: Side, is: ThingKind, id: string): string {
  return `${side}|${is}|${id}`;
}

export function findThing<K extends ThingKind>(
  kase: Things,
  side: Side,
  is: K,
  id: string,
): Thing<K> | undefined {
  return kase.things.get(thingKey(side, is, id)) as Thing<K> | undefined;
}

/** All things of a kind, on one side or on any, in the order they were seen. */
export function allThings<K extends ThingKind>(kase: Things, is: K, side?: Side): readonly Thing<K>[] {
  return (byKind(kase).get(side === undefined ? is : `${side}|${is}`) ?? []) as Thing[] as Thing<K>[];
}

/** Those of which a property is known to have this value, in the order they were seen; none for a value that is not known itself. */
export function thingsWith<K extends ThingKind, P extends keyof ThingTypes[K] & string>(
  kase: Things,
  is: K,
  side: Side,
  property: P,
  value: ThingTypes[K][P] | undefined,
): readonly Thing<K>[] {
  if (value === undefined) return [];
  const indexes = byValue(kase);
  const key = `${side}|${is}|${property}`;
  const index = indexes.get(key) ?? indexOf(allThings(kase, is, side), property);
  indexes.set(key, index);
  return (index.get(value) ?? []) as Thing[] as Thing<K>[];
}

const byKind = oncePerCase((kase: Things) => {
  const found = new Map<string, Thing[]>();
  for (const thing of kase.things.values()) {
    add(found, thing.is, thing);
    add(found, `${thing.side}|${thing.is}`, thing);
  }
  return found;
});

/** Filled as it is asked for. */
const byValue = oncePerCase((_: Things) => new Map<string, ReadonlyMap<unknown, Thing[]>>());

function indexOf(things: readonly Thing[], property: string): Map<unknown, Thing[]> {
  const found = new Map<unknown, Thing[]>();
  for (const thing of things) {
    const said = (thing.says as Record<string, Known<unknown> | undefined>)[property];
    if (said?.state === 'known') add(found, said.value, thing);
  }
  return found;
}

function add<T>(found: Map<T, Thing[]>, key: T, thing: Thing): void {
  const list = found.get(key);
  if (list) list.push(thing);
  else found.set(key, [thing]);
}
