import { useEffect, useRef } from 'react';
import { createCollector } from '../collector.ts';
import type { Collector, Examining } from '../hands.ts';

/** One collector for the life of the app; when it is left, what still runs is stopped. */
export function useCollector(
  world: Examining['world'],
  act: Examining['act'],
  state: Examining['state'],
  atExit: ((work: Promise<void>) => void) | undefined,
): Collector {
  const collector = useRef<Collector>(undefined);
  collector.current ??= createCollector({ world, act, state });
  const leave = useRef(() => {
    const work = collector.current?.leave();
    if (work) atExit?.(work);
  });
  useEffect(() => () => leave.current(), []);
  return collector.current;
}
