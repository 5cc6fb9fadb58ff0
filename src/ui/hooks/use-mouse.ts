import { useEffect } from 'react';
import type { World } from '../world.ts';

/** The terminal tells of its mouse while that is wanted, and no longer once the app is left. */
export function useMouse(world: World, isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return;
    world.mouse(true);
    return () => world.mouse(false);
  }, [world, isWanted]);
}
