import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Capture } from '../model/capture.ts';
import type { KeptSession, Session } from '../model/session.ts';
import { complaints } from '../model/words.ts';
import { InputError } from './input-error.ts';
import { captureFromText } from './kept-capture.ts';
import { readIndex, SESSION_VERSION, sessionIds } from './session-files.ts';
import { sessionsFolder } from './sessions.ts';

/** The newest session that was left; null where there is none. */
export function keptSession(root = sessionsFolder()): KeptSession | null {
  const left = sessionIds(root, namesIn(root)).filter(({ isRunning }) => !isRunning);
  return left[0] ?? null;
}

/**
 * Reads a session that was left. Captures that cannot be read are passed by and counted. One that makes no sense is put
 * aside, so that it is not offered again, and told: throws InputError.
 */
export function readSession(id: string, root = sessionsFolder()): { session: Session; lost: number } {
  const folder = join(root, id);
  const index = readIndex(folder);
  if (index === undefined) return putAside(root, id, 'its index cannot be read');
  if (index.version !== SESSION_VERSION)
    return putAside(root, id, `it is of version ${String(index.version)}, made by another vio-doctor`);
  const files = Array.isArray(index.captures) ? index.captures : [];
  const captures = files.flatMap((name) => readCaptureFile(folder, name));
  const filesAfter = Array.isArray(index.second) ? index.second : undefined;
  const second = filesAfter?.flatMap((name) => readCaptureFile(folder, name));
  return {
    session: {
      captures,
      ...(second && { second }),
      complaint: complaints.find((word) => word === index.complaint) ?? null,
      screen: String(index.screen),
      done: Array.isArray(index.done) ? index.done.filter((step) => typeof step === 'string') : [],
    },
    lost: files.length - captures.length + (filesAfter?.length ?? 0) - (second?.length ?? 0),
  };
}

function readCaptureFile(folder: string, name: unknown): Capture[] {
  if (typeof name !== 'string' || !/^[\da-f]{24}\.json$/.test(name)) return [];
  try {
    const capture = captureFromText(readFileSync(join(folder, name), 'utf8'));
    return capture ? [capture] : [];
  } catch {
    return [];
  }
}

function putAside(root: string, id: string, why: string): never {
  const aside = join(root, `aside-${id}`);
  try {
    renameSync(join(root, id), aside);
  } catch {
    throw new InputError(`the session of ${id} cannot be gone on with: ${why}.`);
  }
  throw new InputError(`the last session cannot be gone on with: ${why}. It is put aside: ${aside}`);
}

function namesIn(root: string): string[] {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}
