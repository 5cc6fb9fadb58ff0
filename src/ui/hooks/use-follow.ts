import { useEffect, useRef } from 'react';
import { samePlace } from '../same-place.ts';
import type { Screen } from '../screens/screen.ts';

type Window = {
  readonly screen: Screen;
  readonly offset: number;
  readonly mark: number | null;
  readonly height: number;
};
type Moves = { readonly follow: () => void; readonly jump: (to: number, mark: number | null) => void };

/** When the terminal is resized, a chosen line that was in the window stays in it, and a text stays at its place. */
export function useFollow(window: Window, size: string, { follow, jump }: Moves): void {
  const last = useRef({ window, size });
  const before = last.current;
  last.current = { window, size };
  useEffect(() => {
    if (before.size === size) return;
    const { screen, offset, mark, height } = before.window;
    const { chosen } = screen;
    if (chosen && chosen[0] >= offset && chosen[1] <= offset + height) return follow();
    const to = samePlace(screen, { offset, mark }, window.screen);
    if (to.offset !== offset || to.mark !== mark) jump(to.offset, to.mark);
  });
}
