import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError, reason } from './input-error.ts';

/** Writes a file whole or not at all: beside its place first, then renamed. Returns the full path; throws InputError. */
export function save(path: string, text: string): string {
  const target = resolve(path);
  const draft = join(dirname(target), `.${crypto.randomUUID()}.tmp`);
  try {
    const file = openSync(draft, 'wx', 0o644);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, target);
    return target;
  } catch (error) {
    rmSync(draft, { force: true });
    throw new InputError(`${path}: not written: ${reason(error)}`);
  }
}
