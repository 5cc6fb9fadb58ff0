import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUNDLE, CASES, run, scratch } from './run.ts';
import { type Sshd, startSshd } from './sshd.ts';
import { has, programs } from './stubs.ts';

// Guest and host at once, over a real sshd on loopback.
const CASE = join(CASES, 'proxmox-link-down');
let sshd: Sshd | undefined;
const guest = programs({
  uname: "echo 'OpenBSD 7.8'",
  sysctl: 'echo QEMU',
  cat: `case $1 in */dmesg.boot) exec /bin/cat '${CASE}/guest/dmesg.txt';; *) exec /bin/cat "$@";; esac`,
  dmesg: `exec /bin/cat '${CASE}/guest/dmesg.txt'`,
  ifconfig: `exec /bin/cat '${CASE}/guest/ifconfig.txt'`,
  kstat: 'printf "%s\\n" "$@"',
});
const host = programs({
  uname: "echo 'Linux 6.8.12-4-pve'",
  qm: `case $1 in
list) printf '      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID\\n       107 fw                   running    2048               8.00 4711\\n' ;;
config) exec /bin/cat '${CASE}/host/qm-config.txt' ;;
monitor) /bin/cat > /dev/null; echo 'Entering QEMU Monitor for VM 107' ;;
esac`,
  ip: 'echo "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000"',
  bridge: 'sleep 1',
});

const canRun = has('sshd') && has('ssh') && has('ssh-keygen') && process.getuid?.() === 0;

beforeAll(async () => {
  if (canRun) sshd = await startSshd({ fw: guest, pve: host });
});
afterAll(() => sshd?.stop());

const env = () => ({ ...process.env, PATH: `${sshd?.path}:/usr/sbin:/usr/bin:/sbin:/bin` });

async function collect(...args: string[]) {
  const file = join(scratch(), 'bundle.txt');
  const ran = await run(['collect', '-y', '--interval', '1', '-o', file, ...args], { env: env() });
  return { ...ran, file, text: existsSync(file) ? readFileSync(file, 'utf8') : '' };
}

describe.skipIf(!canRun)('over ssh', () => {
  test('both ends in one bundle, joined, with the fault on its NIC', async () => {
    const { code, err, file, text } = await collect('--guest', 'fw', '--host', 'pve', '--vm', '107');
    expect(code, err).toBe(0);
    expect(err).toContain('BatchMode');
    expect(text).toMatch(/^#== begin \d+ guest openbsd\/ifconfig$/m);
    expect(text).toMatch(/^#== begin \d+ host proxmox\/qm-config$/m);
    expect(text).toMatch(/^#== through qm monitor 107$/m);
    const { out } = await run(['diagnose', '--json', file]);
    const report = JSON.parse(out);
    expect(report.findings[0]).toMatchObject({ fault: 'link-down-by-host', nic: 'vio1' });
    expect(report.nics.find((nic: { name: string }) => nic.name === 'vio1')).toMatchObject({
      vm: '107',
      joined: [{ by: 'mac' }],
    });
  });

  test('words reach the other machine as they are', async () => {
    const { text } = await collect('--guest', 'fw');
    expect(text).toMatch(/#== run kstat vio0:::\n#== taken \S+\nvio0:::\n#== end \d+ exit-0 /);
  });

  test('the shared connection is gone afterwards', async () => {
    await collect('--guest', 'fw');
    expect(execFileSync('ps', ['ax', '-o', 'args'], { encoding: 'utf8' })).not.toMatch(/ssh: .*\[mux\]/);
  });

  test('a connection that drops half-way: what was collected is there, what is missing is named', async () => {
    const file = join(scratch(), 'bundle.txt');
    const child = spawn(
      process.execPath,
      [
        BUNDLE,
        'collect',
        '-y',
        '--interval',
        '1',
        '-o',
        file,
        '--guest',
        'fw',
        '--host',
        'pve',
        '--vm',
        '107',
      ],
      { env: env() },
    );
    let err = '';
    let hasDropped = false;
    child.stderr.on('data', (bytes) => {
      err += bytes;
      // While the host's slow command runs.
      if (!hasDropped && /guest: ifconfig/.test(err)) {
        hasDropped = true;
        sshd?.drop();
      }
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(hasDropped, err).toBe(true);
    expect([0, 2]).toContain(code);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^#== begin \d+ guest openbsd\/dmesg$/m);
    expect(text.match(/^#== begin /gm)?.length).toBe(text.match(/^#== end /gm)?.length);
    const { out } = await run(['diagnose', '--json', file]);
    expect(JSON.parse(out).samples.length).toBeGreaterThan(0);
  });

  test('a machine that cannot be reached is told in one sentence, with the way without ssh', async () => {
    const { code, err } = await collect('--guest', 'nowhere.invalid');
    expect(code).toBe(66);
    expect(err).toMatch(/nowhere\.invalid: .*vio-doctor script/s);
  });

  test.each(['-oProxyCommand=touch /tmp/x', 'a b', 'x;reboot'])('%s is no destination', async (given) => {
    const { code, err } = await collect(`--guest=${given}`);
    expect(code).toBe(66);
    expect(err).toContain('is no destination for ssh');
  });
});
