import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CASES, run, scratch } from './run.ts';
import { has, programs } from './stubs.ts';

// The collectors under each shell that a machine without Node may have.
const CASE = join(CASES, 'no-carrier-vlan-40');
const SHELLS = [['dash'], ['bash', '--posix'], ['busybox', 'ash'], ['mksh'], ['ksh93']];
const bin = programs({
  uname: 'echo OpenBSD',
  dmesg: `exec /bin/cat '${CASE}/guest/dmesg.txt'`,
  ifconfig: `exec /bin/cat '${CASE}/guest/ifconfig.txt'`,
  pcidump: 'echo "#== end 1 exit-0 lines 0 bytes 0"; printf "caf\\303\\251\\n"',
  dhcpleasectl: 'exec sleep 7531',
});
const env = { ...process.env, PATH: `${bin}:/usr/bin:/bin` };
/** The hanging command made quick, where it is not what the test is about. */
const quick = { ...env, PATH: `${programs({ dhcpleasectl: 'true' })}:${env.PATH}` };
const folder = scratch();
const script = join(folder, 'collect.sh');

beforeAll(async () => {
  const { code } = await run(['script', 'openbsd', '-o', script]);
  expect(code).toBe(0);
});

test('its lines fit a console of 80 columns, in ASCII', () => {
  const text = readFileSync(script, 'utf8');
  expect(text).toMatch(/^[\t\n\x20-\x7e]*$/);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(78);
});

test.each([
  'openbsd',
  'freebsd',
  'opnsense',
  'netbsd',
  'linux',
  'linux-host',
  'proxmox',
  'libvirt',
  'vmd',
  'bhyve',
])('the collector for %s is sh, and runs something', async (system) => {
  const { out } = await run(['script', system]);
  expect(spawnSync('sh', ['-n'], { input: out }).status).toBe(0);
  expect(out.match(/^[pq] \S+\/\S+ \d+ /gm)?.length ?? 0, out).toBeGreaterThan(2);
});

describe.each(SHELLS)('under %s', (...shell) => {
  const file = join(folder, `${shell[0]}.txt`);

  test.skipIf(!has(shell[0] ?? ''))('writes a bundle that gives the diagnosis', async () => {
    const [command = '', ...words] = shell;
    execFileSync(command, [...words, script, '-i', '0', '-o', file], { env, stdio: 'pipe' });
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^# vio-doctor bundle 1\n/);
    expect(text).toMatch(/\n#== done \d+\n$/);
    expect(text).toMatch(
      /#== run dhcpleasectl -l vio0\n#== taken \S+\n#== end \d+ timed-out lines 0 bytes 0\n/,
    );
    expect(text).toMatch(/#== run kstat vio0:::\n/);
    expect(text).toContain('#==|#== end 1 exit-0 lines 0 bytes 0\ncaf??\n');
    const { out } = await run(['diagnose', '--json', file]);
    const report = JSON.parse(out);
    expect(report.findings[0]).toMatchObject({ fault: 'interface-down', nic: 'vio1', standing: 'certain' });
    const told = report.problems.map(({ says }: { says: string }) => says).join('\n');
    expect(told).not.toContain('cut or re-wrapped');
  });
});

test('the same on a console that breaks its lines', async () => {
  const wide = join(folder, 'wide.txt');
  execFileSync('sh', [script, '-i', '0', '-o', wide], { env: quick, stdio: 'pipe' });
  const broken = readFileSync(wide, 'utf8').replace(/[^\n]{80}(?=[^\n])/g, '$&\r\n');
  const { out } = await run(['diagnose', '--json', '-'], { input: broken });
  expect(JSON.parse(out).findings[0]).toMatchObject({ fault: 'interface-down', standing: 'certain' });
});

test.each([-1, 20, 90])('a copy that lacks a line (%i) runs nothing', (at) => {
  const lines = readFileSync(script, 'utf8').split('\n');
  lines.splice(at === -1 ? lines.length - 2 : at, 1);
  const cut = join(folder, 'cut.sh');
  writeFileSync(cut, lines.join('\n'));
  const { status, stdout } = spawnSync('sh', [cut, '-o', '-'], { env, encoding: 'utf8' });
  expect(stdout).toBe('');
  // Without its last line it is a list of functions: sh has nothing to complain of.
  if (at > 0) expect(status).not.toBe(0);
});

test('piped into sh from afar it runs whole', () => {
  const { stdout } = spawnSync('sh', ['-s', '--', '-i', '0', '-o', '-'], {
    env: quick,
    input: readFileSync(script, 'utf8'),
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/\n#== done \d+\n$/);
});

test('a name that is no name never reaches a command', () => {
  const evil = programs({
    uname: 'echo OpenBSD',
    dhcpleasectl: 'true',
    dmesg: `printf 'vio0 at x\\nvio1;touch$IFS/tmp/evil at virtio1: x\\n'`,
  });
  const child = spawnSync('sh', [script, '-i', '0', '-o', '-'], {
    env: { ...process.env, PATH: `${evil}:/usr/bin:/bin` },
    encoding: 'utf8',
  });
  expect(child.stdout).not.toContain('evil:::');
});
