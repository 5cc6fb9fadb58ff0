import type { Side } from '../model/capture.ts';
import type { Case, Thing } from '../model/case.ts';
import { type Known, valueIn } from '../model/known.ts';
import type { Things as Properties, ThingKind } from '../model/sighting.ts';
import { groupBy } from './group-by.ts';
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
  return (byKind(kase).get(side === undefined ? is : `${side}|${is}`) ??
    []) as readonly Thing[] as readonly Thing<K>[];
}

/** Those of which a property is known to have one of the values, in the order they were seen. What is undefined is no value. */
export function thingsWith<K extends ThingKind, P extends keyof Properties[K] & string>(
  kase: Things,
  is: K,
  side: Side,
  property: P,
  ...values: readonly (Properties[K][P] | undefined)[]
): readonly Thing<K>[] {
  const indexes = byValue(kase);
  const key = `${side}|${is}|${property}`;
  const index = indexes.get(key) ?? indexOf(allThings(kase, is, side), property);
  indexes.set(key, index);
  const lists = [...new Set(values)]
    .map((value) => index.get(value) ?? [])
    .filter(({ length }) => length > 0);
  const found =
    lists.length === 1 ? lists[0] : lists.flat().sort((a, b) => placeIn(kase, a) - placeIn(kase, b));
  return (found ?? []) as readonly Thing[] as readonly Thing<K>[];
}

const byKind = oncePerCase(({ things }: Things) =>
  groupBy(things.values(), ({ is, side }) => [is as string, `${side}|${is}`]),
);

/** Filled as it is asked for. */
const byValue = oncePerCase((_: Things) => new Map<string, ReadonlyMap<unknown, readonly Thing[]>>());

function indexOf(things: readonly Thing[], property: string): ReadonlyMap<unknown, readonly Thing[]> {
  return groupBy(things, ({ says }) => [
    valueIn((says as Readonly<Record<string, Known<unknown>>>)[property]),
  ]);
}

function placeIn(kase: Things, thing: Thing): number {
  return places(kase).get(thing) ?? 0;
}

const places = oncePerCase(
  ({ things }: Things) => new Map([...things.values()].map((thing, place) => [thing, place])),
);
