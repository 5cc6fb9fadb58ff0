import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Capture } from '../model/capture.ts';
import type { Session } from '../model/session.ts';
import { InputError, reason } from './input-error.ts';
import { captureToText } from './kept-capture.ts';
import { INDEX, type Index, SESSION_VERSION, sessionIds } from './session-files.ts';
import { stateFolder } from './state-folder.ts';

/** More than this is not kept: the disk is not ours. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Sessions that were left, beside the present one. */
const MOST_SESSIONS = 4;

export type OpenSession = {
  keep(session: Session): Promise<void>;
  /** Whether there is something to go on with. */
  hasKept(): boolean;
};

/**
 * Keeps the session of this process: each capture in a file of its own, written once, and a small index that is written
 * anew at each change. Both whole or not at all, readable by their owner only. Of changes that come while one is written
 * only the last is written. Rejects with one clear sentence.
 */
export function openSession(root = sessionsFolder()): OpenSession {
  const folder = join(root, `${new Date().toISOString().slice(0, 19).replace(/\D/g, '')}-${process.pid}`);
  const names = new WeakMap<Capture, string>();
  let next: Session | undefined;
  let work: Promise<void> | undefined;
  let hasKept = false;
  const nameOf = (capture: Capture) => {
    const name = names.get(capture) ?? `${digest(captureToText(capture))}.json`;
    names.set(capture, name);
    return name;
  };
  const drain = async () => {
    for (let session = next; session; session = next) {
      next = undefined;
      await write(folder, session, nameOf);
      hasKept = true;
    }
  };
  return {
    hasKept: () => hasKept,
    async keep(session) {
      const all = [...session.captures, ...(session.second ?? [])];
      if (all.reduce((sum, { text }) => sum + text.length, 0) > MOST_BYTES)
        throw new InputError(`the session is not kept: more than ${MOST_BYTES >> 20} MB.`);
      next = session;
      try {
        if (!existsSync(folder)) {
          mkdirSync(folder, { recursive: true, mode: 0o700 });
          prune(root, basename(folder));
        }
        work ??= drain().finally(() => {
          work = undefined;
        });
        await work;
      } catch (error) {
        throw new InputError(`the session is not kept: ${folder}: ${reason(error)}`);
      }
    },
  };
}

export function sessionsFolder(): string {
  return join(stateFolder(), 'sessions');
}

async function write(folder: string, session: Session, nameOf: (capture: Capture) => string): Promise<void> {
  const there = new Set(await readdir(folder));
  const { captures, second, complaint, screen, done } = session;
  for (const capture of [...captures, ...(second ?? [])]) {
    const name = nameOf(capture);
    if (!there.has(name)) await writeWhole(join(folder, name), captureToText(capture));
  }
  const files = captures.map(nameOf);
  const filesAfter = second?.map(nameOf);
  const index: Index = {
    version: SESSION_VERSION,
    pid: process.pid,
    saved: new Date().toISOString(),
    complaint,
    screen,
    done,
    captures: files,
    ...(filesAfter && { second: filesAfter }),
  };
  await writeWhole(join(folder, INDEX), JSON.stringify(index));
  const wanted = new Set([INDEX, ...files, ...(filesAfter ?? [])]);
  for (const name of there) if (!wanted.has(name)) await rm(join(folder, name));
}

async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.part`;
  try {
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** Lets go of the oldest sessions that nobody is in. */
function prune(root: string, own: string): void {
  const old = sessionIds(root, readdirSync(root)).filter(({ id, isRunning }) => id !== own && !isRunning);
  for (const { id } of old.slice(MOST_SESSIONS)) rmSync(join(root, id), { recursive: true, force: true });
}
