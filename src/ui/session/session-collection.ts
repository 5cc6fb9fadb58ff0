import type { CollectionOf } from '../../model/collection.ts';
import type { Chosen, Collecting } from '../state/collecting.ts';
import { isOverSsh } from '../state/stage.ts';

/** What a person named and chose for a collection, as it is kept: the machines themselves are gone with the process. */
export function collectionOf(state: Collecting): Record<string, unknown> {
  const { of, plan, hasCollected } = state;
  // Those of a session that was left, until its machines are looked at.
  const { choices, unticked } = state.resumed ?? state;
  const isBegun = isOverSsh(of) || plan !== null || hasCollected;
  return isBegun ? { collection: { of, choices, unticked, hasCollected } } : {};
}

/** Machines over ssh are reached only after another yes. */
export function readCollection({
  collection,
}: Readonly<Record<string, unknown>>): Partial<Collecting> | undefined {
  if (!isObject(collection) || !isObject(collection.of)) return undefined;
  const of: CollectionOf = {
    ...texts(collection.of, ['guest', 'host'] as const),
    ...(collection.of.as === 'guest' || collection.of.as === 'host' ? { as: collection.of.as } : {}),
  };
  const { unticked } = collection;
  return {
    of,
    stage: isOverSsh(of) ? 'ask-reach' : 'none',
    hasCollected: collection.hasCollected === true,
    resumed: {
      choices: choicesIn(collection.choices),
      unticked: Array.isArray(unticked) ? unticked.filter((key) => typeof key === 'string') : [],
    },
  };
}

function choicesIn(given: unknown): Chosen {
  if (!isObject(given)) return {};
  return {
    ...texts(given, ['vm', 'tap', 'monitor'] as const),
    ...(given.vm === null && { vm: null }),
    ...(given.tcpdump === true && { tcpdump: true }),
    ...(given.allowSystemChanges === true && { allowSystemChanges: true }),
  };
}

function texts<K extends string>(
  given: Readonly<Record<string, unknown>>,
  names: readonly K[],
): Partial<Record<K, string>> {
  const known = names.filter((name) => typeof given[name] === 'string');
  return Object.fromEntries(known.map((name) => [name, given[name]])) as Partial<Record<K, string>>;
}

function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null;
}
