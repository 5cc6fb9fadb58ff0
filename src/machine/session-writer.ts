import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadSession, Session } from '../model/session.ts';
import { captureToText } from './kept-capture.ts';
import { INDEX, type Index, SESSION_VERSION } from './session-files.ts';

/** Writes a session into its folder: what of it is there already is not written again. */
export function sessionWriter() {
  /** The file of each capture and edited export. */
  const names = new WeakMap<object, string>();
  const nameOf = (part: object) => {
    const name = names.get(part) ?? `${randomBytes(12).toString('hex')}.json`;
    names.set(part, name);
    return name;
  };
  return {
    async write(folder: string, session: Session): Promise<void> {
      const there = new Set(await readdir(folder));
      const { captures, second, edited } = session;
      for (const capture of [...captures, ...(second ?? [])])
        if (!there.has(nameOf(capture)))
          await writeWhole(join(folder, nameOf(capture)), captureToText(capture));
      if (edited && !there.has(nameOf(edited)))
        await writeWhole(join(folder, nameOf(edited)), JSON.stringify(edited));
      const index = indexOf(session, nameOf);
      await writeWhole(join(folder, INDEX), JSON.stringify(index));
      const wanted = new Set([INDEX, ...index.captures, ...(index.second ?? []), index.edited]);
      for (const name of there) if (!wanted.has(name)) await rm(join(folder, name), { force: true });
    },
    /** What was read from files has them. */
    know({ files }: ReadSession & { readonly files: ReadonlyMap<object, string> }): void {
      for (const [part, name] of files) names.set(part, name);
    },
  };
}

function indexOf(session: Session, nameOf: (part: object) => string): Index {
  const { captures, second, edited, complaint, screen, done, about, view } = session;
  return {
    version: SESSION_VERSION,
    pid: process.pid,
    saved: new Date().toISOString(),
    complaint,
    screen,
    done,
    captures: captures.map(nameOf),
    ...(second && { second: second.map(nameOf) }),
    ...(edited && { edited: nameOf(edited) }),
    ...(about && { about }),
    ...(view && { view }),
  };
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
