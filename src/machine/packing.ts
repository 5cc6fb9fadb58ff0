import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { InputError } from './input-error.ts';

export type Packing = 'tar' | 'gz' | 'xz' | 'bz2' | 'zst' | 'zip' | '7z';

/** What is unpacked in all, at most; and how many times the size of the file, where that is more than the least. */
const MOST_UNPACKED = 4 * 1024 ** 3;
const LEAST_REFUSED = 256 * 1024 ** 2;
const MOST_TIMES = 60;

const MAGIC: readonly (readonly [Packing, RegExp])[] = [
  ['gz', /^1f8b/],
  ['xz', /^fd377a585a00/],
  ['bz2', /^425a683[1-9](?:314159265359|177245385090)/],
  ['zst', /^28b52ffd/],
  ['zip', /^504b0[357]0[468]/],
  ['7z', /^377abcaf271c/],
];

/** How a file is packed, by its first bytes; undefined: it is not. */
export function packingOf(path: string): Packing | undefined {
  const head = Buffer.alloc(512);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  const found = MAGIC.find(([, magic]) => magic.test(head.subarray(0, 10).toString('hex')));
  return found?.[0] ?? (isTar(head) ? 'tar' : undefined);
}

/** POSIX and GNU tar say so behind the name of their first entry. */
export function isTar(head: Buffer): boolean {
  return head.subarray(257, 262).toString('latin1') === 'ustar';
}

/**
 * The bytes of a packed file as they come. Throws InputError where they are more than such a file should ever hold, or the
 * program that unpacks them is missing; any other error at its end means that the file is cut.
 */
export async function* unpacked(path: string, packing: Packing): AsyncGenerator<Buffer> {
  const most = packing === 'tar' ? MOST_UNPACKED : Math.max(LEAST_REFUSED, MOST_TIMES * statSync(path).size);
  let size = 0;
  for await (const part of partsOf(path, packing)) {
    size += part.length;
    if (size > Math.min(most, MOST_UNPACKED))
      throw new InputError(`${path}: unpacks to more than ${Math.floor(size / 1024 ** 2)} MB: not read.`);
    yield part;
  }
}

function partsOf(path: string, packing: Packing): AsyncIterable<Buffer> {
  if (packing === 'tar') return createReadStream(path);
  if (packing === 'gz') return gunzipped(path);
  if (packing === 'zip' || packing === '7z')
    throw new InputError(`${path}: ${packing} is not unpacked here; unpack it and name the folder.`);
  return throughProgram(path, PROGRAMS[packing]);
}

async function* gunzipped(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  try {
    yield* file.pipe(gunzip);
  } finally {
    file.destroy();
  }
}

/** No unpacker for these comes with every Node that is supported; the programs are where such archives are made. */
const PROGRAMS = {
  xz: ['xz', '-dc', '--memlimit-decompress=512MiB', '--'],
  bz2: ['bzip2', '-dc', '--'],
  zst: ['zstd', '-dcq', '--'],
} as const;

async function* throughProgram(path: string, [program, ...words]: readonly string[]): AsyncGenerator<Buffer> {
  const { execa } = await import('execa');
  const child = execa(program ?? '', [...words, path], {
    stdin: 'ignore',
    stderr: 'ignore',
    buffer: false,
    reject: false,
  });
  try {
    yield* child.stdout as AsyncIterable<Buffer>;
    const { code, exitCode, signal } = await child;
    if (code === 'ENOENT')
      throw new InputError(
        `${path}: ${program}(1) is not installed; unpack it elsewhere (tar -xf) and name the folder.`,
      );
    if (exitCode !== 0) throw new Error(`${program} ended with ${signal ?? `exit ${exitCode}`}`);
  } finally {
    child.kill();
  }
}
