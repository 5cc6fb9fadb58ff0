import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUNDLE, CASES, run, scratch } from './run.ts';

type Line = { path: string; verdict: string; error: string | null; findings: { fault: string }[] };

const lines = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const FAULT = join(CASES, 'no-carrier-vlan-40');
const HEALTHY = join(CASES, 'healthy-openbsd-7.8');

describe('vio-doctor scan', () => {
  test('a tree of bundles, archives, folders and texts: a line each, 1 as one has a fault', async () => {
    const folder = scratch();
    cpSync(FAULT, join(folder, 'case'), { recursive: true });
    cpSync(HEALTHY, join(folder, 'healthy'), { recursive: true });
    const bundle = (await run(['diagnose', '--format', 'bundle', FAULT])).out;
    writeFileSync(join(folder, 'bundle.txt'), bundle);
    writeFileSync(join(folder, 'cut.txt'), bundle.slice(0, bundle.length / 2));
    writeFileSync(join(folder, 'wrapped.txt'), bundle.replace(/[^\n]{80}(?=[^\n])/g, '$&\n'));
    writeFileSync(join(folder, 'binary.bin'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]));
    writeFileSync(join(folder, 'broken.tar.gz'), Buffer.from('1f8b0800', 'hex'));
    const { code, out, err } = await run(['scan', folder]);
    expect(err).toBe('');
    expect(code).toBe(1);
    const found = Object.fromEntries(lines(out).map((line) => [line.path.slice(folder.length + 1), line]));
    const fault = (name: string) => found[name]?.findings[0]?.fault;
    expect(Object.keys(found).sort()).toEqual([
      'binary.bin',
      'broken.tar.gz',
      'bundle.txt',
      'case',
      'cut.txt',
      'healthy',
      'wrapped.txt',
    ]);
    expect(['bundle.txt', 'case', 'wrapped.txt'].map(fault)).toEqual(Array(3).fill('interface-down'));
    expect(found.healthy?.verdict).toBe('healthy');
    expect(found['cut.txt']?.error).toBeNull();
    expect(found['broken.tar.gz']).toMatchObject({ verdict: 'unreadable', error: expect.any(String) });
  });

  test('the exit code tells the worst of them', async () => {
    const folder = scratch();
    cpSync(HEALTHY, join(folder, 'healthy'), { recursive: true });
    expect((await run(['scan', folder])).code).toBe(0);
    writeFileSync(join(folder, 'open.txt'), 'vio0 at virtio2: address c6:82:da:26:a6:5b\n');
    expect((await run(['scan', folder])).code).toBe(2);
    const nothing = join(folder, 'nothing');
    mkdirSync(nothing);
    expect(await run(['scan', nothing])).toMatchObject({
      code: 66,
      err: expect.stringContaining('nothing to scan'),
    });
    const missing = await run(['scan', '/nonexistent']);
    expect(missing.code).toBe(66);
    expect(lines(missing.out)[0]).toMatchObject({ verdict: 'unreadable', error: 'no such file or folder.' });
  });

  test('a list on standard input, and a table for people', async () => {
    const input = `${FAULT}\n${HEALTHY}\n/nonexistent\n`;
    const { code, out } = await run(['scan', '--format', 'table', '-'], { input });
    expect(code).toBe(1);
    expect(out).toMatch(
      /^VERDICT +FINDING +NIC +GUEST +BUNDLE\nFAULT +certain interface-down .*\nHEALTHY +- /,
    );
    expect(out).toMatch(/UNREADABLE .*\/nonexistent\n +no such file or folder\.\n/);
    expect(out).toMatch(/\n\n3 bundles: 1 with a fault, 1 healthy, 0 not decided, 1 not readable\.\n$/);
  });

  test('thousands of them: lines come at once, memory does not grow', async () => {
    const list = Array.from({ length: 1500 }, (_, index) => (index % 2 ? FAULT : HEALTHY)).join('\n');
    const { code, out, peakMegabytes } = await run(['scan', '-'], { input: list });
    expect(code).toBe(1);
    expect(lines(out)).toHaveLength(1500);
    expect(peakMegabytes).toBeLessThan(220);
  });

  test('a line is there before the next bundle is; Ctrl-C ends the list, and says so', async () => {
    const child = spawn(process.execPath, [BUNDLE, 'scan', '-']);
    let err = '';
    child.stderr.on('data', (bytes) => {
      err += bytes;
    });
    child.stdin.write(`${HEALTHY}\n`);
    const first = await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve));
    expect(lines(first.toString())[0]).toMatchObject({ path: HEALTHY, verdict: 'healthy' });
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(2);
    expect(err).toBe('vio-doctor: stopped; what was printed is complete, the rest was not looked at.\n');
  });

  test('a reader that stops reading ends it quietly', async () => {
    const child = spawn(process.execPath, [BUNDLE, 'scan', CASES, CASES, CASES]);
    let err = '';
    child.stderr.on('data', (bytes) => {
      err += bytes;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    expect(err).toBe('');
  });
});
