/** Each of `all` under each of its keys, in their order. A key that is not known counts for nothing. */
export function groupBy<T, K>(
  all: Iterable<T>,
  keysOf: (one: T) => readonly (K | undefined)[],
): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    for (const key of new Set(keysOf(one))) {
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group) group.push(one);
      else groups.set(key, [one]);
    }
  }
  return groups;
}
