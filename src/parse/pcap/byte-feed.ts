/** Takes bytes off a file that comes in pieces, without putting the pieces together. */
export type ByteFeed = {
  /** What the last `take` gave: `data` from `from` on. Valid until the next one. */
  data: Uint8Array;
  from: number;
  /** False where the file ends before `count` more bytes. */
  take(count: number): boolean;
  /** After a `take` that failed: nothing was left over, the file ends there as it should. */
  isAtEnd(): boolean;
  /** Wants no more: a file that is read piece by piece is closed. */
  close(): void;
};

export function feedFrom(pieces: Iterable<Uint8Array>): ByteFeed {
  const source = pieces[Symbol.iterator]();
  let piece: Uint8Array = new Uint8Array(0);
  let at = 0;
  let left = 0;
  const turn = (): boolean => {
    const next = source.next();
    piece = next.done ? new Uint8Array(0) : next.value;
    at = 0;
    return !next.done;
  };
  /** Across a seam: copied together, never more than what one frame has. */
  const join = (count: number): boolean => {
    const joined = new Uint8Array(count);
    for (let filled = 0; filled < count; ) {
      const part = piece.subarray(at, at + count - filled);
      joined.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < count && !turn()) {
        left = filled;
        return false;
      }
    }
    feed.data = joined;
    feed.from = 0;
    return true;
  };
  const feed: ByteFeed = {
    data: piece,
    from: 0,
    take(count) {
      if (at + count > piece.length) {
        if (!join(count)) return false;
      } else {
        feed.data = piece;
        feed.from = at;
        at += count;
      }
      return true;
    },
    isAtEnd: () => left === 0,
    close: () => void source.return?.(),
  };
  return feed;
}

export function uint16(data: Uint8Array, at: number, isSwapped = false): number {
  const high = data[at] as number;
  const low = data[at + 1] as number;
  return isSwapped ? (low << 8) | high : (high << 8) | low;
}

export function uint32(data: Uint8Array, at: number, isSwapped = false): number {
  const value = isSwapped
    ? ((data[at + 3] as number) << 24) |
      ((data[at + 2] as number) << 16) |
      ((data[at + 1] as number) << 8) |
      (data[at] as number)
    : ((data[at] as number) << 24) |
      ((data[at + 1] as number) << 16) |
      ((data[at + 2] as number) << 8) |
      (data[at + 3] as number);
  return value >>> 0;
}
