import type { Side } from '../../model/capture.ts';
import type { Case, Reading, Readings } from '../../model/case.ts';
import { distinctLines } from '../../model/line.ts';
import type { Direction, HopCount } from '../../model/report.ts';
import { firstAndLast, readingsOf } from '../readings.ts';

/** With the two readings of its packets. */
export type Count = HopCount & { readonly read: readonly [Reading, Reading] | undefined };

/**
 * What an interface counted, in the guest's directions. `inward`: its RX is what goes to the guest (the guest's NIC, an uplink); a tap and
 * a bridge's port count from the host's side, so theirs is what comes from it.
 */
export function countsOf(
  kase: Pick<Case, 'counters'>,
  side: Side,
  name: string | undefined,
  rx: 'inward' | 'outward',
): Count[] {
  const directions: readonly (readonly [Direction, string])[] =
    rx === 'inward'
      ? [
          ['to-guest', 'rx'],
          ['from-guest', 'tx'],
        ]
      : [
          ['to-guest', 'tx'],
          ['from-guest', 'rx'],
        ];
  return directions.flatMap(
    ([direction, way]) =>
      countOf(
        direction,
        readingsOf(kase, side, name, `${way}-packets`),
        readingsOf(kase, side, name, `${way}-drops`),
      ) ?? [],
  );
}

function countOf(
  direction: Direction,
  packets: Readings | undefined,
  drops: Readings | undefined,
): Count | undefined {
  if (!packets && !drops) return undefined;
  const lines = [packets, drops].flatMap((readings) => {
    const [first, last = readings?.at(-1)] = firstAndLast(readings);
    return [first, last].flatMap((reading) => reading?.at[0] ?? []);
  });
  const [first, last] = firstAndLast(packets);
  return {
    direction,
    packets: packets?.at(-1)?.value ?? null,
    drops: drops?.at(-1)?.value ?? null,
    morePackets: moreIn(packets),
    moreDrops: moreIn(drops),
    read: first && last && [first, last],
    at: distinctLines(lines),
  };
}

/** A counter that fell was reset in between. */
function moreIn(readings: Readings | undefined): number | null {
  const [first, last] = firstAndLast(readings);
  return first && last && last.value >= first.value ? last.value - first.value : null;
}
