import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Headers, pack } from 'tar-stream';

// Archives and folders as other tools leave them behind, made for one test.

export type Entry = Partial<Headers> & { readonly name: string; readonly text?: string | Buffer };

export async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { text = '', ...header } of entries) tar.entry(header, Buffer.from(text));
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const part of tar) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'vio-doctor-unit-'));
}

const PACKERS: Readonly<Record<string, readonly string[]>> = {
  xz: ['xz', '-c'],
  txz: ['xz', '-c'],
  bz2: ['bzip2', '-c'],
  tbz: ['bzip2', '-c'],
  zst: ['zstd', '-cq'],
};

/** Writes it to a new folder, packed as its name says. */
export function written(name: string, bytes: Buffer): string {
  const path = join(scratch(), name);
  const ending = /\.([a-z0-9]+)$/.exec(name)?.[1] ?? '';
  const [program, ...words] = PACKERS[ending] ?? [];
  if (program) writeFileSync(path, execFileSync(program, words, { input: bytes, maxBuffer: 1 << 30 }));
  else writeFileSync(path, ending.endsWith('gz') ? gzipSync(bytes) : bytes);
  return path;
}

export function folderOf(entries: readonly Entry[]): string {
  const folder = scratch();
  for (const { name, text = '' } of entries) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Whether a program of this system can unpack. */
export function hasProgram(name: string): boolean {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
