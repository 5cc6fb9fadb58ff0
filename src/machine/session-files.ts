import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { KeptSession } from '../model/session.ts';

export const INDEX = 'session.json';
/** Of the index: what is added to it leaves it as it is, as each reader passes over what it does not know. */
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
  /** The file of an export that was edited. */
  readonly edited?: string;
  readonly about?: string;
  readonly view?: Readonly<Record<string, unknown>>;
};

/** The sessions of a folder, the newest first. One that cannot be read is told when the person wants it; by its name it has a time too. */
export function sessionIds(root: string, names: readonly string[]): KeptSession[] {
  return names
    .filter((name) => /^\d{14}-\d{1,10}(?:-\d{1,3})?$/.test(name))
    .map((id) => {
      const index = readIndex(join(root, id));
      const saved = typeof index?.saved === 'string' ? index.saved : timeIn(id);
      const captures = Array.isArray(index?.captures) ? index.captures.length : 0;
      const about = typeof index?.about === 'string' ? index.about.slice(0, LONGEST_ABOUT) : '';
      const pid = Number(index?.pid ?? id.split('-')[1]);
      return { id, saved, captures, about, ...(isRunning(pid, saved) && { heldBy: pid }) };
    })
    .sort((a, b) => b.saved.localeCompare(a.saved));
}

const LONGEST_ABOUT = 200;

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

/** Whether another process that wrote something then still lives: neither it nor the machine was started since. */
export function isRunning(pid: number, saved: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  const booted = Date.now() - uptime() * 1000;
  if (Date.parse(saved) < booted) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const [state = '', sinceBoot = 0] = lookAtProcess(pid);
  // Nobody has taken its end to account yet; where init does not, it stays so.
  const hasEnded = state === 'Z' || state === 'X';
  // Its number may have been given to another one meanwhile.
  return !hasEnded && booted + sinceBoot < Date.parse(saved) + SLACK;
}

/** Clocks are set, and the time of boot is reckoned from them. */
const SLACK = 5000;

/**
 * The state of a process, and the milliseconds from the machine's start to its own: fields 3 and 22, in ticks of USER_HZ, of
 * Linux's proc_pid_stat(5). Nothing where that cannot be read.
 */
function lookAtProcess(pid: number): [state?: string, sinceBoot?: number] {
  try {
    const [, fields = ''] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const each = fields.split(' ');
    return [each[0] ?? '', (Number(each[19]) || 0) * 10];
  } catch {
    return [];
  }
}
