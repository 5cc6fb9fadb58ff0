/** How many whole numbers make a key: two IPv6 addresses, and what else tells flows apart. */
const KEY_SIZE = 10;

type Entry<V> = { readonly key: Int32Array; readonly value: V; readonly next: Entry<V> | undefined };

/** What was found out about a flow once, found again by the numbers in its packets: no text is made for that. */
export type KeyTable<V> = {
  /** To be filled before `find` and `add`. */
  readonly key: Int32Array;
  find(): V | undefined;
  add(value: V): void;
};

export function keyTable<V>(): KeyTable<V> {
  const key = new Int32Array(KEY_SIZE);
  const entries = new Map<number, Entry<V>>();
  return {
    key,
    find() {
      for (let entry = entries.get(hashOf(key)); entry; entry = entry.next)
        if (isSame(entry.key, key)) return entry.value;
      return undefined;
    },
    add(value) {
      const hash = hashOf(key);
      entries.set(hash, { key: key.slice(), value, next: entries.get(hash) });
    },
  };
}

function hashOf(key: Int32Array): number {
  let hash = 0;
  for (let index = 0; index < KEY_SIZE; index++) {
    hash = Math.imul(hash ^ (key[index] as number), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  return hash & 0x3fffffff;
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  for (let index = 0; index < KEY_SIZE; index++) if (a[index] !== b[index]) return false;
  return true;
}
