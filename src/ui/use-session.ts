import { useEffect, useRef } from 'react';
import type { Hands } from './hands.ts';
import { sessionOf } from './session.ts';
import type { State } from './state.ts';

/** Keeps the session at each change; when that fails, it is told once. */
export function useSession(
  { world, act }: Pick<Hands, 'world' | 'act'>,
  state: State,
  atExit: ((work: Promise<void>) => void) | undefined,
): void {
  const { captures, second, complaint, screen, done } = state;
  const work = useRef(Promise.resolve());
  const hasFailed = useRef(false);
  const failed = useRef((error: Error) => {
    if (!hasFailed.current) act({ do: 'say', message: error.message });
    hasFailed.current = true;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is kept counts
  useEffect(() => {
    const session = sessionOf(state);
    if (session) work.current = world.keep(session).catch(failed.current);
  }, [captures, second, complaint, screen, done]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the app is left
  useEffect(() => () => atExit?.(work.current), []);
}
