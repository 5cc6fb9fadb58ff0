import { accessSync, constants, mkdirSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecentBundle } from '../model/bundle.ts';
import { isRunning } from './session-files.ts';
import { stateFolder } from './state-folder.ts';

const MOST = 3;

/** Bundles in this folder and among the program's own things, the newest first; one that was cut off by a crash too. What cannot be read is passed by. */
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

/** A bundle; or what there is of one whose collection did not come to its end, with the process that wrote it. */
const BUNDLE = /^(vio-doctor-\d{8}-\d{4}[\w.-]{0,40}?\.txt)(?:\.(\d{1,10})-[\da-f]{6}\.part)?$/;

async function bundlesIn(folder: string): Promise<RecentBundle[]> {
  const names = await readdir(folder || '.').catch(() => []);
  const bundles = names.map(async (file) => {
    const [, name, pid] = BUNDLE.exec(file) ?? [];
    const path = join(folder, file);
    const stats = name === undefined ? undefined : await stat(path).catch(() => undefined);
    if (name === undefined || !stats?.isFile()) return [];
    const written = stats.mtime.toISOString();
    if (pid === undefined) return [{ path, name, written }];
    const isGrowing = Number(pid) === process.pid || isRunning(Number(pid), written);
    return isGrowing || stats.size === 0 ? [] : [{ path, name: `${name}, cut off`, written }];
  });
  return (await Promise.all(bundles)).flat();
}
