import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CASES, run } from './run.ts';
import { openTerminal } from './terminal.ts';

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

  test('opens the app, takes a paste and keys, and leaves the terminal as it was', async () => {
    const terminal = openTerminal([], { columns: 80, rows: 24 }, {}, node);
    await terminal.see(/Paste what you have/);
    await terminal.paste('vio1: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500\n\tstatus: no carrier\n');
    await terminal.see(/Fault: the interface is not up in the guest \(vio1\)/);
    await terminal.press('p');
    await terminal.see(/ifconfig vio1 up/);
    await terminal.resize(100, 30);
    await terminal.see(/vio-doctor: Plan/);
    await terminal.press('q');
    expect(await terminal.exited).toBe(0);
    expect(terminal.bytes()).toContain('\x1b[?1049l');
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
