import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CASES, run, scratch } from './run.ts';

// Every way to give captures, to every command that takes them.
const FAULT = join(CASES, 'no-carrier-vlan-40');
const HEALTHY = join(CASES, 'healthy-openbsd-7.8');
const HAS_XZ = spawnSync('xz', ['--version']).status === 0;
const folder = scratch();
const bundles: Record<string, string> = {};

async function bundleOf(path: string): Promise<string> {
  return (await run(['diagnose', '--format', 'bundle', path])).out;
}

/** Without the last section: a copy that was cut. */
function cut(bundle: string): string {
  return bundle.slice(0, bundle.lastIndexOf('#== begin') + 60);
}

function through80Columns(bundle: string): string {
  return bundle.replace(/[^\n]{80}(?=[^\n])/g, '$&\n').replaceAll('\n', '\r\n');
}

beforeAll(async () => {
  for (const [name, path] of [
    ['fault', FAULT],
    ['healthy', HEALTHY],
  ] as const) {
    bundles[name] = await bundleOf(path);
    writeFileSync(join(folder, `${name}.txt`), bundles[name]);
    writeFileSync(join(folder, `${name}-cut.txt`), cut(bundles[name]));
    writeFileSync(join(folder, `${name}-wrapped.txt`), through80Columns(bundles[name]));
    execFileSync('tar', ['-czf', join(folder, `${name}.tar.gz`), '-C', path, 'guest', 'host']);
    if (HAS_XZ) execFileSync('tar', ['-cJf', join(folder, `${name}.tar.xz`), '-C', path, 'guest', 'host']);
    mkdirSync(join(folder, 'packed'), { recursive: true });
    execFileSync('tar', ['-cf', join(folder, 'packed', `${name}.tar`), '-C', folder, `${name}.txt`]);
    cpSync(path, join(folder, name), { recursive: true });
  }
});

const KINDS = ['.txt', '-cut.txt', '-wrapped.txt', '.tar.gz', ...(HAS_XZ ? ['.tar.xz'] : []), ''];

describe.each(KINDS)('captures as fault%s', (ending) => {
  const fault = join(folder, `fault${ending}`);
  const healthy = join(folder, `healthy${ending}`);

  test('diagnose finds the fault', async () => {
    const { code, out, err } = await run(['diagnose', '--json', fault]);
    expect(err).toBe('');
    expect(code).toBe(1);
    expect(JSON.parse(out).findings[0]).toMatchObject({ fault: 'interface-down', nic: 'vio1' });
    const isTold = JSON.parse(out).problems.some(({ code }: { code: string }) => code === 'sample-cut-short');
    expect(isTold).toBe(ending === '-cut.txt');
  });

  test('scan has a line for it', async () => {
    const { code, out } = await run(['scan', fault]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ path: fault, verdict: 'fault', error: null });
  });

  test('compare tells whether the fix took', async () => {
    const fixed = await run(['compare', fault, healthy]);
    expect(fixed.out).toMatch(/^Fixed: /);
    expect(fixed.code).toBe(0);
    const worse = await run(['compare', healthy, fault]);
    expect(worse.out).toMatch(/^Not fixed\./);
    expect(worse.code).toBe(1);
    expect(worse.out.includes('TAKE NOTE')).toBe(ending === '-cut.txt');
  });
});

describe('standard input', () => {
  test.each(['fault', 'fault cut', 'fault wrapped'])('%s', async (kind) => {
    const whole = bundles.fault ?? '';
    const input = kind.endsWith('cut')
      ? cut(whole)
      : kind.endsWith('wrapped')
        ? through80Columns(whole)
        : whole;
    const diagnosed = await run(['diagnose', '--json', '-'], { input });
    expect(JSON.parse(diagnosed.out).findings[0]).toMatchObject({ fault: 'interface-down', nic: 'vio1' });
    expect((await run(['compare', '-', join(folder, 'healthy.txt')], { input })).code).toBe(0);
    expect((await run(['compare', join(folder, 'healthy.txt'), '-'], { input })).code).toBe(1);
  });

  test('cannot be both collections', async () => {
    const { code, err } = await run(['compare', '-', '-'], { input: '' });
    expect(code).toBe(66);
    expect(err).toContain('only one of the two');
  });
});

test('a bundle inside an archive is unpacked, too', async () => {
  const { code, out } = await run(['diagnose', '--json', join(folder, 'packed/fault.tar')]);
  expect(code).toBe(1);
  expect(JSON.parse(out).findings[0]).toMatchObject({ fault: 'interface-down', nic: 'vio1' });
});

test('a name that acts on a terminal does not reach it in an error', async () => {
  const odd = join(scratch(), 'odd\x1b[2J\u202e\n.txt');
  expect((await run(['diagnose', odd])).err.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  const inside = scratch();
  writeFileSync(join(inside, 'in\x1b[2J\u202e.tar.gz'), 'x');
  expect((await run(['diagnose', inside])).err.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('the plan ends with the command that compares', async () => {
  const { out } = await run(['diagnose', join(folder, 'fault.txt')]);
  expect(out).toContain(`vio-doctor compare ${folder}/fault.txt ${folder}/fault-after.txt`);
});

test('compare --json has no character that acts on a terminal', async () => {
  const odd = join(folder, 'odd.txt');
  writeFileSync(odd, (bundles.fault ?? '').replaceAll('no carrier', 'no carrier\x1b[2J\u202e'));
  const { out, code } = await run(['compare', '--json', odd, join(folder, 'healthy.txt')]);
  expect(code).toBe(0);
  expect(out.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(JSON.parse(out)).toMatchObject({ version: 1, verdict: 'fixed' });
});
