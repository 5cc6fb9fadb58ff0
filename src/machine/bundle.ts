import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { BUNDLE_VERSION, type BundleHead, bundleVersion, type Section } from '../model/bundle.ts';
import { bundleEnd, bundleHead, bundleSection } from '../model/bundle-text.ts';
import { InputError, reason } from './input-error.ts';
import { withLock } from './lock.ts';

export type BundleFile = {
  /** Appends a section and sees it written; a part of it never stays. */
  add(section: Section): void;
  /** Gives the file its final name, and says which it is. */
  finish(): string;
  /** What is there stays, as a whole bundle, though the end is missing. */
  abandon(): string;
};

/**
 * A bundle while it grows: beside its final name, so that a half written one is never taken for it, and so that two
 * collections at once do not meet. Each section is in one write; throws InputError when the disk refuses.
 */
export function createBundle(path: string, head: BundleHead): BundleFile {
  const own = `${process.pid}-${randomBytes(3).toString('hex')}`;
  const draft = `${path}.${own}.part`;
  const given = bundleAt(path);
  const file = guarded(path, () => openSync(draft, 'wx', 0o600));
  let size = 0;
  let count = given.match(/^#== begin /gm)?.length ?? 0;
  let written: string | undefined;
  const append = (text: string) => {
    const bytes = Buffer.from(text);
    guarded(path, () => {
      for (let done = 0; done < bytes.length; )
        done += writeSync(file, bytes, done, bytes.length - done, size + done);
    });
    size += bytes.length;
  };
  const close = () => {
    written ??= guarded(path, () => {
      // Of a section that did not fit on the disk nothing stays.
      ftruncateSync(file, size);
      fsyncSync(file);
      closeSync(file);
      return withLock(path, (isOurs) => {
        // Somebody else has written there meanwhile, or is about to: theirs stays too.
        const free = isOurs && contentAt(path) === given ? path : `${path}.${own}.txt`;
        renameSync(draft, free);
        return free;
      });
    });
    return written;
  };
  try {
    append(given + bundleHead(head));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  return {
    add(section) {
      count++;
      append(bundleSection(section, count));
    },
    finish() {
      append(bundleEnd(count));
      return close();
    },
    abandon: close,
  };
}

/** The bundle that is there already: what is collected now is put behind it. Any other file is left alone. */
function bundleAt(path: string): string {
  const text = contentAt(path);
  if (text === '') return '';
  const head = text.slice(0, 4000).split('\n');
  const version = bundleVersion(head[0] ?? '');
  const refuse = (why: string) => new InputError(`${path}: ${why}; name another file.`);
  if (version === undefined) throw refuse('is there already and is no bundle');
  if (version > BUNDLE_VERSION) throw refuse('is a bundle of a newer version');
  if (head.includes('# redacted yes')) throw refuse('is a redacted bundle, and what is collected now is not');
  return text.endsWith('\n') ? text : `${text}\n`;
}

function contentAt(path: string): string {
  return existsSync(path) ? guarded(path, () => readFileSync(path, 'utf8')) : '';
}

function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new InputError(`${path}: not written: ${reason(error)}`);
  }
}
