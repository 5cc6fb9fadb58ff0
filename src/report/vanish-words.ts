import type { Direction, Vanish } from '../model/report.ts';

/** Where packets get lost, in a sentence for each direction, or in one for both. `length`: of the path. */
export function vanishSentences(all: readonly Vanish[], length: number): string[] {
  const told = all.map((one) => ({
    direction: DIRECTIONS[one.direction],
    text: `packets get lost ${vanishPlace(one, length)}: ${one.because}`,
  }));
  const [first, second] = told;
  if (first && second && first.text === second.text) return [`both ways, ${first.text}`];
  return told.map(({ direction, text }) => `${direction}, ${text}`);
}

/** "at tap107i1", "between tap107i1 and enp1s0", "beyond enp1s0". */
export function vanishPlace(
  { direction, hop, after, before, span: [from, to] }: Vanish,
  length: number,
): string {
  const isKnown = hop !== null && !hop.endsWith('?');
  if (isKnown) return `at ${hop}`;
  const [near, far] = direction === 'from-guest' ? [after, before] : [before, after];
  if (hop !== null) return near === null ? 'in the guest' : `behind ${near}`;
  if (from < 0) return `in the guest, behind ${far}`;
  return to >= length ? `beyond ${near}` : `between ${after} and ${before}`;
}

const DIRECTIONS: Record<Direction, string> = { 'to-guest': 'to the guest', 'from-guest': 'from the guest' };
