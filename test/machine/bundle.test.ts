import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { createBundle } from '../../src/machine/bundle.ts';
import { withLock } from '../../src/machine/lock.ts';
import type { Section } from '../../src/model/bundle.ts';
import { unpackBundle } from '../../src/parse/unpack-bundle.ts';
import { scratch } from '../archives.ts';

const head = { madeBy: 'a test', taken: '2026-11-27T00:00:00Z', isRedacted: false };

function section(text: string): Section {
  return {
    machine: 'guest',
    probe: 'openbsd/ifconfig',
    argv: ['ifconfig'],
    taken: '2026-11-27T00:00:01Z',
    outcome: 'exit 0',
    seconds: 0.1,
    text,
  };
}

const textsIn = (path: string) =>
  unpackBundle({ name: 'b', side: 'unknown', origin: 'file', text: readFileSync(path, 'utf8') }).map(
    ({ text }) => text,
  );
const filesBeside = (path: string) => readdirSync(dirname(path)).sort();

describe('createBundle', () => {
  test('is there whole or not at all', () => {
    const path = join(scratch(), 'b.txt');
    const bundle = createBundle(path, head);
    bundle.add(section('one'));
    expect(existsSync(path)).toBe(false);
    expect(bundle.finish()).toBe(path);
    expect(textsIn(path)).toEqual(['one']);
    expect(filesBeside(path)).toEqual(['b.txt']);
  });

  test('a second collection is put behind the first', () => {
    const path = join(scratch(), 'b.txt');
    for (const text of ['one', 'two']) {
      const bundle = createBundle(path, head);
      bundle.add(section(text));
      bundle.finish();
    }
    expect(textsIn(path)).toEqual(['one', 'two']);
    expect(readFileSync(path, 'utf8').match(/^#== begin \d+/gm)).toEqual(['#== begin 1', '#== begin 2']);
  });

  test('two at once into one file: the later one ends in a file beside it, and none is lost', () => {
    for (const before of [[], ['old']]) {
      const path = join(scratch(), 'b.txt');
      for (const text of before) {
        const bundle = createBundle(path, head);
        bundle.add(section(text));
        bundle.finish();
      }
      const both = [createBundle(path, head), createBundle(path, head)];
      for (const [index, bundle] of both.entries()) bundle.add(section(`collection ${index}`));
      const [first, second] = both.map((bundle) => bundle.finish());
      expect(first).toBe(path);
      expect(second).not.toBe(path);
      expect(textsIn(path)).toEqual([...before, 'collection 0']);
      expect(textsIn(second as string)).toEqual([...before, 'collection 1']);
      expect(filesBeside(path)).toHaveLength(2);
    }
  });

  test.each([
    ['is no bundle', 'years of work\n'],
    ['is a bundle of a newer version', '# vio-doctor bundle 10\n'],
    ['is a redacted bundle', '# vio-doctor bundle 1\n# made by x\n# redacted yes\n'],
  ])('a file that %s is left alone', (why, text) => {
    const path = join(scratch(), 'b.txt');
    writeFileSync(path, text);
    expect(() => createBundle(path, head)).toThrow(new RegExp(why));
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(filesBeside(path)).toEqual(['b.txt']);
  });
});

describe('withLock', () => {
  test('one at a time, and nothing is left', () => {
    const path = join(scratch(), 'b.txt');
    expect(withLock(path, (isOurs) => [isOurs, existsSync(`${path}.lock`)])).toEqual([true, true]);
    expect(existsSync(`${path}.lock`)).toBe(false);
    expect(() =>
      withLock(path, () => {
        throw new Error('x');
      }),
    ).toThrow('x');
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  test('one that is held is waited for, one that was left behind is taken', async () => {
    const path = join(scratch(), 'b.txt');
    writeFileSync(`${path}.lock`, '');
    const worker = new Worker(
      `setTimeout(() => require('node:fs').rmSync(${JSON.stringify(`${path}.lock`)}), 200)`,
      { eval: true },
    );
    await new Promise((resolve) => worker.once('online', resolve));
    expect(withLock(path, (isOurs) => isOurs)).toBe(true);
    writeFileSync(`${path}.lock`, '');
    utimesSync(`${path}.lock`, new Date(0), new Date(0));
    expect(withLock(path, (isOurs) => isOurs)).toBe(true);
    writeFileSync(`${path}.lock`, '');
    expect(withLock(path, (isOurs) => isOurs)).toBe(false);
    expect(existsSync(`${path}.lock`)).toBe(true);
  });
});
