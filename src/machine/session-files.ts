import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';

export const INDEX = 'session.json';
export const SESSION_VERSION = 1;

/** What stands in the index of a session. */
export type Index = {
  readonly version: number;
  /** The process that is, or was, in it. */
  readonly pid: number;
  readonly saved: string;
  readonly complaint: string | null;
  readonly screen: string;
  readonly done: readonly string[];
  /** Files beside it, one for each capture. */
  readonly captures: readonly string[];
  /** The same of what was given after the fix. */
  readonly second?: readonly string[];
};

export type Found = {
  readonly id: string;
  readonly saved: string;
  readonly captures: number;
  readonly isRunning: boolean;
};

/** The sessions of a folder whose index can be read, the newest first. */
export function sessionIds(root: string, names: readonly string[]): Found[] {
  return names
    .filter((name) => /^\d{14}-\d{1,10}$/.test(name))
    .flatMap((id) => {
      const index = readIndex(join(root, id));
      // One that cannot be read is told when the person wants it; by its name it has a time too.
      const saved = typeof index?.saved === 'string' ? index.saved : timeIn(id);
      const captures = Array.isArray(index?.captures) ? index.captures.length : 0;
      return [{ id, saved, captures, isRunning: isRunning(Number(index?.pid ?? id.split('-')[1]), saved) }];
    })
    .sort((a, b) => b.saved.localeCompare(a.saved));
}

export function readIndex(folder: string): Partial<Index> | undefined {
  try {
    const index: unknown = JSON.parse(readFileSync(join(folder, INDEX), 'utf8'));
    return typeof index === 'object' && index !== null ? index : undefined;
  } catch {
    return undefined;
  }
}

function timeIn(id: string): string {
  return id.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)-.*$/, '$1-$2-$3T$4:$5:$6.000Z');
}

/** Whether somebody else is in it now: its process lives, and the machine was not started since. */
function isRunning(pid: number, saved: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  if (Date.parse(saved) < Date.now() - uptime() * 1000) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
