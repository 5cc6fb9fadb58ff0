import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { CASES, run, scratch } from './run.ts';
import { has, processes, programs } from './stubs.ts';

// The collectors under each shell that a machine without Node may have.
const CASE = join(CASES, 'no-carrier-vlan-40');
const SHELLS = [['dash'], ['bash', '--posix'], ['busybox', 'ash'], ['mksh'], ['ksh93']];
const bin = programs({
  uname: 'echo OpenBSD',
  dmesg: `exec /bin/cat '${CASE}/guest/dmesg.txt'`,
  ifconfig: `exec /bin/cat '${CASE}/guest/ifconfig.txt'`,
  pcidump: 'echo "#== end 1 exit-0 lines 0 bytes 0"; printf "caf\\303\\251\\n"',
  // It hangs, and so does what it started.
  dhcpleasectl: 'sleep 7531 & sleep 7532',
  // What it leaves behind holds its output open.
  vmstat: 'sleep 7533 & echo left',
  netstat: 'exec yes "a line of a very long output" | head -c 1000000000',
});
const env = { ...process.env, PATH: `${bin}:/usr/bin:/bin` };
/** The hanging command made quick, where it is not what the test is about. */
const quick = { ...env, PATH: `${programs({ dhcpleasectl: 'true', netstat: 'true' })}:${env.PATH}` };
/** ... and nothing left behind. */
const tidy = { ...quick, PATH: `${programs({ vmstat: 'true' })}:${quick.PATH}` };
const folder = scratch();
const script = join(folder, 'collect.sh');

beforeAll(async () => {
  const { code } = await run(['script', 'openbsd', '-o', script]);
  expect(code).toBe(0);
  // The time of what hangs made short.
  const text = readFileSync(script, 'utf8');
  writeFileSync(script, text.replace(/^p openbsd\/dhcpleasectl 10 /m, 'p openbsd/dhcpleasectl 2 '));
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

/** How a shell gives a command a process group: as it can here, or by none of its ways, as FreeBSD's sh without a terminal. */
const WAYS = [...SHELLS.map((shell) => ({ shell, isPlain: false })), { shell: ['dash'], isPlain: true }];

describe.each(WAYS)('under $shell (plain: $isPlain)', ({ shell, isPlain }) => {
  const [command = '', ...options] = shell;
  const canRun = has(command) && (!isPlain || has('ps'));
  const own = join(folder, `${command}${isPlain}.sh`);
  const file = join(folder, `${command}${isPlain}.txt`);
  const prepare = () =>
    writeFileSync(
      own,
      readFileSync(script, 'utf8').replace('command -v setsid', isPlain ? 'command -v no-such' : '$&'),
    );

  test.skipIf(!canRun)('writes a bundle that gives the diagnosis, whatever its commands do', async () => {
    prepare();
    // By hand it leads a group of its own; a group that others share it leaves alone (see below).
    const ran = spawnSync('setsid', ['-w', command, ...options, own, '-i', '0', '-o', file], {
      env,
      encoding: 'utf8',
    });
    expect(ran.status, ran.stderr).toBe(0);
    expect(ran.stderr).not.toMatch(/[Kk]illed|line \d/);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^# vio-doctor bundle 1\n/);
    expect(text).toMatch(/\n#== done \d+\n$/);
    expect(text).toMatch(
      /#== run dhcpleasectl -l vio0\n#== taken \S+\n#== end \d+ timed-out lines 0 bytes 0 seconds [23]\n/,
    );
    expect(text).toMatch(/#== run kstat vio0:::\n/);
    expect(text).toMatch(/\nleft\n#== end \d+ exit-0 lines 1 bytes 5 seconds \d\n/);
    expect(text).toMatch(/\n#== end \d+ too-large lines \d+ bytes 10\d{5} seconds/);
    expect(text.length).toBeLessThan(6_000_000);
    expect(text).toContain('#==|#== end 1 exit-0 lines 0 bytes 0\ncaf??\n');
    expect(processes()).not.toMatch(/sleep\x00753\d/);
    const { out } = await run(['diagnose', '--json', file]);
    const report = JSON.parse(out);
    expect(report.findings[0]).toMatchObject({ fault: 'interface-down', nic: 'vio1', standing: 'certain' });
    const told = report.problems.map(({ says }: { says: string }) => says).join('\n');
    expect(told).not.toContain('cut or re-wrapped');
  });

  test.skipIf(!canRun)('interrupted, it keeps what it has and ends what it started', async () => {
    prepare();
    const kept = join(folder, `${command}${isPlain}-kept.txt`);
    const child = spawn(command, [...options, own, '-i', '0', '-o', kept], { env, detached: true });
    let said = '';
    child.stderr.on('data', (bytes) => {
      const isFirst = !/dhcpleasectl/.test(said);
      said += bytes;
      // As Ctrl-C does: to the whole group of the terminal.
      if (isFirst && /dhcpleasectl/.test(said))
        setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGINT'), 300);
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code, said).toBe(2);
    expect(said).toContain(`stopped; what was collected is kept: ${kept}`);
    const { out } = await run(['diagnose', '--json', kept]);
    expect(JSON.parse(out).samples.length).toBeGreaterThan(1);
    await vi.waitFor(() => expect(processes()).not.toMatch(/sleep\x00753\d/), 4000);
  });

  test.skipIf(!canRun || !existsSync('/dev/full'))('a full disk is told, and nothing is left running', () => {
    prepare();
    const small = join(folder, `${command}${isPlain}-small.txt`);
    // 16 blocks: less than the outputs take.
    const limited = ['-c', 'ulimit -f 16; trap "" XFSZ; exec "$@"', 'sh', command, ...options, own];
    const words = ['-w', 'sh', ...limited, '-i', '0', '-o', small];
    const ran = spawnSync('setsid', words, { env, encoding: 'utf8' });
    expect(ran.stderr).toMatch(/is the disk full\?: /);
    expect(ran.status).toBe(73);
    expect(readFileSync(small, 'utf8')).toMatch(/^# vio-doctor bundle 1\n/);
  });
});

test.skipIf(!has('setsid'))('in a group that others began, it ends none of them', async () => {
  const plain = join(folder, 'shared.sh');
  writeFileSync(plain, readFileSync(script, 'utf8').replace('command -v setsid', 'command -v no-such'));
  const out = join(folder, 'shared.txt');
  // A neighbour whose parent has gone, in the group of the script that starts the collector.
  const around = `(sleep 7546 & echo $! >"$1"); dash "$2" -i 0 -o "$3"; kill "$(cat "$1")" && echo lives`;
  const words = ['-w', 'sh', '-c', around, 'sh', join(folder, 'neighbour'), plain, out];
  const ran = spawnSync('setsid', words, { env: tidy, encoding: 'utf8' });
  expect(ran.stdout).toContain('lives');
  expect(readFileSync(out, 'utf8')).toMatch(/\n#== done \d+\n$/);
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

test('of many VMs it reads the first, and says which it leaves out', async () => {
  const ids = Array.from({ length: 18 }, (_, index) => 101 + index);
  const rows = ids.map((id) => `${id} vm${id} running`).join(' ');
  const host = programs({
    uname: 'echo Linux',
    qm: `case $1 in list) printf '%10s %-20s %-10s\\n' VMID NAME STATUS ${rows} ;; config) echo "of $2" ;; esac`,
  });
  const { out } = await run(['script', 'proxmox']);
  const collected = (...words: string[]) =>
    spawnSync('sh', ['-s', '--', '-i', '0', '-o', '-', ...words], {
      env: { ...process.env, PATH: `${host}:/usr/bin:/bin` },
      input: out,
      encoding: 'utf8',
    }).stdout;
  const all = collected();
  expect(all).toContain('# not run: VMs 117 118: --vm names one');
  expect(all.match(/^of \d+$/gm)).toHaveLength(16);
  const one = collected('--vm', '118');
  expect(one).not.toContain('# not run');
  expect(one.match(/^of \d+$/gm)).toEqual(['of 118']);
});

test("on Proxmox VE it reads the registers of the VM's NICs through the monitor", async () => {
  const lost = join(CASES, 'lab-config-vector-lost/host');
  const host = programs({
    uname: 'echo Linux',
    qm: `case $1 in
list) printf '%10s %-20s %-10s\\n' VMID NAME STATUS 107 fw running 108 old stopped ;;
monitor) read -r line; case $line in 'info pci') exec cat '${lost}/info-pci.txt' ;; *) echo "$2: $line" ;; esac ;;
esac`,
  });
  const { out } = await run(['script', 'proxmox']);
  const { stdout } = spawnSync('sh', ['-s', '--', '-i', '0', '-o', '-'], {
    env: { ...process.env, PATH: `${host}:/usr/bin:/bin` },
    input: out,
    encoding: 'utf8',
  });
  const bar = /BAR4: 64 bit .* at (0x[0-9a-f]+)/.exec(readFileSync(`${lost}/info-pci.txt`, 'utf8'))?.[1];
  expect(stdout).toContain(`\n107: xp /1hx ${bar}+0x10\n`);
  expect(stdout).not.toContain('108: ');
  expect(stdout.match(/^#== run info pci$/gm)).toHaveLength(1);
});
