import { accessSync, constants, mkdirSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecentBundle } from '../model/bundle.ts';
import { stateFolder } from './state-folder.ts';

const MOST = 3;

/** Bundles in this folder and among the program's own things, the newest first. What cannot be read is passed by. */
export async function recentBundles(): Promise<RecentBundle[]> {
  const found = await Promise.all(['', ownFolder()].map(bundlesIn));
  return found
    .flat()
    .sort((a, b) => b.written.localeCompare(a.written))
    .slice(0, MOST);
}

/** Where a new bundle goes: this folder, if it is ours to write to. */
export function folderFor(): string {
  try {
    accessSync('.', constants.W_OK);
    return '';
  } catch {
    mkdirSync(ownFolder(), { recursive: true, mode: 0o700 });
    return ownFolder();
  }
}

function ownFolder(): string {
  return join(stateFolder(), 'bundles');
}

async function bundlesIn(folder: string): Promise<RecentBundle[]> {
  const names = await readdir(folder || '.').catch(() => []);
  const bundles = names
    .filter((name) => /^vio-doctor-\d{8}-\d{4}[\w.-]{0,40}\.txt$/.test(name))
    .map(async (name) => {
      const path = join(folder, name);
      const stats = await stat(path).catch(() => undefined);
      return stats?.isFile() ? [{ path, name, written: stats.mtime.toISOString() }] : [];
    });
  return (await Promise.all(bundles)).flat();
}
