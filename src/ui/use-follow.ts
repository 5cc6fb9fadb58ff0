import { useEffect, useRef } from 'react';
import type { Screen } from './screens/screen.ts';

type Window = { readonly screen: Screen; readonly offset: number; readonly height: number };

/** When the terminal is resized, a chosen line that was in the window stays in it. */
export function useFollow(window: Window, size: string, follow: () => void): void {
  const last = useRef({ window, size });
  const before = last.current;
  last.current = { window, size };
  useEffect(() => {
    const { chosen } = before.window.screen;
    if (before.size === size || !chosen) return;
    const { offset, height } = before.window;
    if (chosen[0] >= offset && chosen[1] <= offset + height) follow();
  });
}
