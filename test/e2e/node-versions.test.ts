import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CASES, run } from './run.ts';

// The bundle on each Node that it promises to run on, and the one clear line on one that is too old.
const SUPPORTED = ['20.19.2', '22', '24', '26'];

function nodeOf(version: string): string {
  const found = execFileSync(
    'npx',
    ['--yes', '--package', `node@${version}`, 'node', '-p', 'process.execPath'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  return found.trim();
}

describe.each(SUPPORTED)('Node %s', (version) => {
  const node = nodeOf(version);

  test('diagnoses', async () => {
    const { code, out } = await run(['diagnose', '--json', join(CASES, 'no-carrier-vlan-40')], { node });
    expect(code).toBe(1);
    expect(JSON.parse(out).findings[0].fault).toBe('interface-down');
  });

  test('reads --rules and explains', async () => {
    const { code, out } = await run(['explain', 'interface-down', '--rules', join(CASES, '../../rules')], {
      node,
    });
    expect(code).toBe(0);
    expect(out).toContain('interface-down');
  });
});

test('Node 18 gets one clear line', async () => {
  const { code, err } = await run(['demo'], { node: nodeOf('18.20.8') });
  expect(err.trim()).toMatch(/^vio-doctor needs Node 20\.19 or newer; this is 18\.20\.8\.$/);
  expect(code).toBe(64);
});
