import { useEffect, useRef } from 'react';
import type { Hands } from '../hands.ts';
import { isKeptAnew, sessionOf } from '../session/session.ts';
import { isOverSsh } from '../state/stage.ts';
import type { State } from '../state.ts';

/** Keeps the session at each change; when that fails, it is told once. Returns what to do when the person quits. */
export function useSession(
  { world, act, state: now }: Pick<Hands, 'world' | 'act' | 'state'>,
  state: State,
  atExit: ((work: Promise<void>) => void) | undefined,
): () => void {
  const work = useRef(Promise.resolve());
  const hasQuit = useRef(false);
  const hasFailed = useRef(false);
  const failed = useRef((error: Error) => {
    if (!hasFailed.current) act({ do: 'say', message: error.message });
    hasFailed.current = true;
  });
  const keep = useRef(() => {
    const session = hasQuit.current && isTrifle(now()) ? null : sessionOf(now());
    work.current = world.keep(session).catch(failed.current);
  });
  const last = useRef(state);
  useEffect(() => {
    if (isKeptAnew(last.current, state)) keep.current();
    last.current = state;
  });
  const leave = useRef(() => {
    keep.current();
    atExit?.(work.current);
  });
  useEffect(() => () => leave.current(), []);
  return () => {
    hasQuit.current = true;
  };
}

/** Who quits before anything was given wants no session of it; a crash is another thing. */
function isTrifle({ captures, of }: State): boolean {
  return captures.length === 0 && !isOverSsh(of);
}
