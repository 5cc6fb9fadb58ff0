import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Capture } from '../model/capture.ts';
import type { EditedExport, KeptSession, ReadSession } from '../model/session.ts';
import { complaints } from '../model/words.ts';
import { InputError } from './input-error.ts';
import { captureFromText } from './kept-capture.ts';
import { readIndex, SESSION_VERSION, sessionIds } from './session-files.ts';

/** The sessions of a folder, the newest first. */
export function keptSessions(root: string): readonly KeptSession[] {
  return sessionIds(root, namesIn(root));
}

/**
 * Reads a session. Captures that cannot be read are passed by and counted. One that makes no sense is put aside, so that it
 * is not offered again, and told: throws InputError. `files`: of each part its file.
 */
export function readSession(
  id: string,
  root: string,
): ReadSession & { readonly files: ReadonlyMap<object, string> } {
  const folder = join(root, id);
  const index = readIndex(folder);
  if (index === undefined) return putAside(root, id, 'its index cannot be read');
  if (index.version !== SESSION_VERSION)
    return putAside(root, id, `it is of version ${String(index.version)}, made by another vio-doctor`);
  const files = new Map<object, string>();
  const captures = readCaptures(folder, index.captures, files);
  const second = Array.isArray(index.second) ? readCaptures(folder, index.second, files) : undefined;
  const edited = readEdited(folder, index.edited, files);
  const { view } = index;
  return {
    session: {
      captures,
      ...(second && { second }),
      complaint: complaints.find((word) => word === index.complaint) ?? null,
      screen: String(index.screen),
      done: Array.isArray(index.done) ? index.done.filter((step) => typeof step === 'string') : [],
      ...(edited && { edited }),
      ...(typeof index.about === 'string' && { about: index.about }),
      ...(typeof view === 'object' && view !== null && { view }),
    },
    lost: countOf(index.captures) - captures.length + countOf(index.second) - (second?.length ?? 0),
    files,
  };
}

function countOf(names: unknown): number {
  return Array.isArray(names) ? names.length : 0;
}

function readCaptures(folder: string, names: unknown, files: Map<object, string>): Capture[] {
  if (!Array.isArray(names)) return [];
  return names.flatMap((name: unknown) => {
    const capture = captureFromText(textOf(folder, name));
    if (capture) files.set(capture, String(name));
    return capture ?? [];
  });
}

function readEdited(folder: string, name: unknown, files: Map<object, string>): EditedExport | undefined {
  try {
    const { format, isRedacted, text }: Record<string, unknown> = JSON.parse(textOf(folder, name));
    if (typeof format !== 'string' || typeof isRedacted !== 'boolean' || typeof text !== 'string')
      return undefined;
    const edited = { format, isRedacted, text };
    files.set(edited, String(name));
    return edited;
  } catch {
    return undefined;
  }
}

/** Empty where there is no such file of ours. */
function textOf(folder: string, name: unknown): string {
  if (typeof name !== 'string' || !/^[\da-f]{24}\.json$/.test(name)) return '';
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return '';
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
