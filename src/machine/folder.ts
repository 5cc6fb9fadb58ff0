import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { InputError, reason } from './input-error.ts';
import { isReportFolder } from './report-files.ts';

export type FolderFiles = {
  /** Full paths, in order. */
  readonly files: readonly string[];
  /** Folders in it that cannot be entered, and why. */
  readonly refused: readonly { readonly path: string; readonly why: string }[];
};

/** All files below a folder. Links are not followed; pipes, sockets and devices are passed by. Throws InputError. */
export function filesBelow(folder: string, most: number): FolderFiles {
  const files: string[] = [];
  const refused: { path: string; why: string }[] = [];
  const open = [folder];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    try {
      for (const entry of readdirSync(at, { withFileTypes: true })) {
        if (entry.isDirectory()) open.push(join(at, entry.name));
        else if (entry.isFile()) files.push(join(at, entry.name));
      }
    } catch (error) {
      if (at === folder) throw new InputError(`${folder}: ${reason(error)}`);
      refused.push({ path: at, why: reason(error) });
    }
    if (files.length > most)
      throw new InputError(`${folder}: more than ${most} files; name a smaller folder.`);
  }
  return { files: files.sort(), refused };
}

/** The folder of another tool's report: this one, or the only one in it. */
export function reportFolder(folder: string): string | undefined {
  const entries = entriesOf(folder);
  if (isReportFolder(entries)) return folder;
  const [only, ...others] = entries;
  if (only === undefined || others.length > 0) return undefined;
  return isReportFolder(entriesOf(join(folder, only))) ? join(folder, only) : undefined;
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The path inside a folder, with slashes on every system. */
export function pathInside(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}
