import { closeSync, openSync, rmSync, statSync } from 'node:fs';

/** Milliseconds: how long to wait for another one, how often to look, and after what time it is taken for dead. */
const PATIENCE = 2000;
const PAUSE = 20;
const DEAD = 10_000;

/**
 * Does something to a file while no other process of ours does: a file beside it, made exclusively, is the sign. Where that
 * cannot be had (another one holds it for long), `act` is told so.
 */
export function withLock<T>(path: string, act: (isOurs: boolean) => T): T {
  const lock = `${path}.lock`;
  const isOurs = take(lock);
  try {
    return act(isOurs);
  } finally {
    if (isOurs) rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (const end = Date.now() + PATIENCE; ; ) {
    try {
      closeSync(openSync(lock, 'wx', 0o600));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || Date.now() > end) return false;
    }
    if (isDead(lock)) rmSync(lock, { force: true });
    else Atomics.wait(pause, 0, 0, PAUSE);
  }
}

/** It is held for the time of one rename: one that stays was left by a process that died. */
function isDead(lock: string): boolean {
  try {
    return Date.now() - statSync(lock).mtimeMs > DEAD;
  } catch {
    return false;
  }
}
