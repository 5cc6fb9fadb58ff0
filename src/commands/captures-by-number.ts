import type { Capture } from '../model/capture.ts';

/** Captures for another thread: each goes over once, and is named by its number after that. */
export type Sent = readonly { readonly number: number; readonly capture?: Capture }[];

/** Examinations after which a capture that was in none of them is let go. */
const PATIENCE = 4;

/** This side: knows what the other one has. */
export function captureSender() {
  const numbers = new WeakMap<Capture, number>();
  /** The numbers of those that are there, and the examination in which each was last. */
  const there = new Map<number, number>();
  let count = 0;
  let examination = 0;
  return {
    send(captures: readonly Capture[]): Sent {
      return captures.map((capture) => {
        const number = numbers.get(capture) ?? ++count;
        const isThere = there.has(number);
        numbers.set(capture, number);
        there.set(number, examination);
        return isThere ? { number } : { number, capture };
      });
    },
    /** Once for each examination: what the other side may forget before it. */
    forget(): number[] {
      examination++;
      const old = [...there].flatMap(([number, last]) => (last < examination - PATIENCE ? [number] : []));
      for (const number of old) there.delete(number);
      return old;
    },
  };
}

/** The other side. The same capture is the same object each time, and so what was read of it is read once. */
export function captureShelf(unpack: (capture: Capture) => Capture) {
  const held = new Map<number, Capture>();
  return {
    take(sent: Sent): Capture[] {
      return sent.map(({ number, capture }) => {
        const one = capture ? unpack(capture) : held.get(number);
        if (!one) throw new Error(`capture ${number} is not here`);
        held.set(number, one);
        return one;
      });
    },
    forget(numbers: readonly number[]): void {
      for (const number of numbers) held.delete(number);
    },
  };
}
