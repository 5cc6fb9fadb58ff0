import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Capture } from '../model/capture.ts';
import type { KeptSession, ReadSession, Session } from '../model/session.ts';
import { InputError, reason } from './input-error.ts';
import { keptSessions, readSession } from './resume.ts';
import { sessionIds } from './session-files.ts';
import { sessionWriter } from './session-writer.ts';
import { stateFolder } from './state-folder.ts';

/** More than this is not kept: the disk is not ours. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Sessions that were left, beside the present one; and as many of those that could not be read. */
const MOST_SESSIONS = 4;
/** Milliseconds from the end of one write to the next: who types, waits for no disk. */
const PAUSE = 100;

export type OpenSession = {
  /** null: nothing is worth it any more. Rejects with one clear sentence. */
  keep(session: Session | null): Promise<void>;
  /** What was kept stays behind; what is kept from now on is another session. */
  leave(): Promise<void>;
  /** Goes on with one that was left: it is this process's own from now on. Throws InputError. */
  resume(id: string): Promise<ReadSession>;
  /** The others, the newest first; some may be held by another process. */
  others(): readonly KeptSession[];
  /** Whether there is something to go on with. */
  hasKept(): boolean;
};

/**
 * Keeps the session of this process: each capture in a file of its own, written once, and a small index that is written
 * anew at each change. Both whole or not at all, readable by their owner only. Of changes that come while one is written,
 * and shortly after, only the last is written.
 */
export function openSession(root = sessionsFolder()): OpenSession {
  const writer = sessionWriter();
  let folder = freeFolder(root);
  let next: Session | null | undefined;
  let work: Promise<void> | undefined;
  let hasKept = false;
  const drain = async () => {
    for (let session = next; session !== undefined; session = next) {
      next = undefined;
      if (session) await writer.write(makeFolder(root, folder), session);
      else await rm(folder, { recursive: true, force: true });
      hasKept = session !== null;
      if (next !== undefined) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  };
  const settled = async () => {
    while (work) await work.catch(() => undefined);
  };
  return {
    hasKept: () => hasKept,
    others: () => keptSessions(root).filter(({ id }) => id !== basename(folder)),
    async keep(session) {
      if (session && sizeOf(session) > MOST_BYTES)
        throw new InputError(`the session is not kept: more than ${MOST_BYTES >> 20} MB.`);
      if (!session && !hasKept && !work) return;
      next = session;
      try {
        work ??= drain().finally(() => {
          work = undefined;
        });
        await work;
      } catch (error) {
        throw new InputError(`the session is not kept: ${folder}: ${reason(error)}`);
      }
    },
    async leave() {
      await settled();
      folder = freeFolder(root);
      hasKept = false;
    },
    async resume(id) {
      await settled();
      const own = freeFolder(root);
      try {
        // Only one process can do that: two in one session would take each other's captures away.
        renameSync(join(root, id), own);
      } catch (error) {
        const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
        const why = isGone ? 'somebody goes on with it elsewhere' : reason(error);
        throw new InputError(`the session of ${id} cannot be gone on with: ${why}.`);
      }
      const read = readSession(basename(own), root);
      writer.know(read);
      folder = own;
      hasKept = true;
      return read;
    },
  };
}

export function sessionsFolder(): string {
  return join(stateFolder(), 'sessions');
}

/** `20261127031500-4711`, of now and this process; a second one of the same second gets a number. */
function freeFolder(root: string): string {
  const base = join(root, `${new Date().toISOString().slice(0, 19).replace(/\D/g, '')}-${process.pid}`);
  for (let count = 1; ; count++) {
    const folder = count === 1 ? base : `${base}-${count}`;
    if (!existsSync(folder)) return folder;
  }
}

function makeFolder(root: string, folder: string): string {
  if (existsSync(folder)) return folder;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  prune(root, basename(folder));
  return folder;
}

function sizeOf({ captures, second = [], edited }: Session): number {
  const packets = ({ bytes }: Capture) =>
    bytes && bytes.path === undefined ? [...bytes].reduce((sum, { length }) => sum + length, 0) : 0;
  return [...captures, ...second].reduce(
    (sum, capture) => sum + capture.text.length + packets(capture),
    edited?.text.length ?? 0,
  );
}

/** Lets go of the oldest sessions that nobody is in, and of the oldest that were put aside. */
function prune(root: string, own: string): void {
  const names = readdirSync(root);
  const left = sessionIds(root, names).filter(({ id, heldBy }) => id !== own && heldBy === undefined);
  const aside = names
    .filter((name) => /^aside-\d{14}-/.test(name))
    .sort()
    .reverse();
  for (const name of [...left.map(({ id }) => id).slice(MOST_SESSIONS), ...aside.slice(MOST_SESSIONS)])
    rmSync(join(root, name), { recursive: true, force: true });
}
