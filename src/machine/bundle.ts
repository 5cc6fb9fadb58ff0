import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { BundleHead, Section } from '../model/bundle.ts';
import { bundleEnd, bundleHead, bundleSection } from '../model/bundle-text.ts';
import { InputError, reason } from './input-error.ts';

export type BundleFile = {
  readonly path: string;
  /** Appends a section and sees it written; a part of it never stays. */
  add(section: Section): void;
  /** Gives the file its final name. */
  finish(): string;
  /** What is there stays, as a whole bundle, though the end is missing. */
  abandon(): string;
};

/**
 * A bundle while it grows: beside its final name, so that a half written one is never taken for it, and so that two
 * collections at once do not meet. Each section is in one write; throws InputError when the disk refuses.
 */
export function createBundle(path: string, head: BundleHead): BundleFile {
  const draft = `${path}.${process.pid}.part`;
  const file = guarded(path, () => openSync(draft, 'wx', 0o600));
  let size = 0;
  let count = 0;
  let isClosed = false;
  const append = (text: string) => {
    const bytes = Buffer.from(text);
    guarded(path, () => {
      for (let written = 0; written < bytes.length; )
        written += writeSync(file, bytes, written, bytes.length - written, size + written);
    });
    size += bytes.length;
  };
  const close = () => {
    if (isClosed) return path;
    isClosed = true;
    guarded(path, () => {
      fsyncSync(file);
      closeSync(file);
      renameSync(draft, path);
    });
    return path;
  };
  try {
    append(bundleHead(head));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  return {
    path,
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

function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new InputError(`${path}: not written: ${reason(error)}`);
  }
}
