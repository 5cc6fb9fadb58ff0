import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { BUNDLE, run, scratch } from './run.ts';
import { type Sshd, startSshd } from './sshd.ts';
import { fakeMonitor, has, linkDown, processes, programs } from './stubs.ts';

// Guest and host at once, over a real sshd on loopback.
let sshd: Sshd | undefined;
const guest = programs({
  ...linkDown.guest,
  kstat: 'printf "%s\\n" "$@"',
});
const hung = programs({ uname: "echo 'OpenBSD 7.8'", pcidump: 'echo half; sleep 3455 & sleep 3455' });
const host = programs({
  ...linkDown.host,
  ping: 'echo pinged',
  // Ended by a signal, it says how many packets it heard.
  tcpdump: 'echo heard; trap "echo summary; exit 0" TERM INT; sleep 30 & wait',
  bridge: 'sleep 3.21',
});

const canRun = has('sshd') && has('ssh') && has('ssh-keygen') && process.getuid?.() === 0;

beforeAll(async () => {
  if (canRun) sshd = await startSshd({ fw: guest, pve: host, hung });
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
    expect(text).toMatch(/^#== begin \d+ host .*\n#== run qm config 107$/m);
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
    expect(err).toMatch(/The connection to (?:fw and )?pve was lost meanwhile\./);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^#== begin \d+ guest openbsd\/dmesg$/m);
    // The host's slow command was lost with the connection.
    expect(text).toMatch(/#== run bridge -d link show\n#== taken \S+\n[\s\S]*?#== end \d+ lost /);
    await vi.waitFor(() => expect(processes()).not.toMatch(/sleep\x003\.21/), 15_000);
    expect(text.match(/^#== begin /gm)?.length).toBe(text.match(/^#== end /gm)?.length);
    const { out } = await run(['diagnose', '--json', file]);
    expect(JSON.parse(out).samples.length).toBeGreaterThan(0);
  });

  test('by way of another machine, as its configuration says', async () => {
    const { code, err, text } = await collect('--guest', 'fw-behind');
    expect(code, err).toBe(0);
    expect(text).toMatch(/#== run kstat vio0:::\n#== taken \S+\nvio0:::\n#== end \d+ exit-0 /);
  });

  test('a command that hangs there is ended there, with what it started', async () => {
    const { text } = await collect('--guest', 'hung');
    expect(text).toMatch(/#== run pcidump -v\n#== taken \S+\nhalf\n(?:Terminated\n)?#== end \d+ timed-out /);
    await vi.waitFor(() => expect(processes()).not.toMatch(/sleep\x003455/), 3000);
  });

  test('Ctrl-C keeps what is there, and ends what runs there too', async () => {
    const file = join(scratch(), 'bundle.txt');
    const words = [BUNDLE, 'collect', '-y', '--interval', '1', '-o', file, '--guest', 'hung'];
    const child = spawn(process.execPath, words, { env: env() });
    let err = '';
    child.stderr.on('data', (bytes) => {
      err += bytes;
    });
    await vi.waitFor(() => expect(processes()).toMatch(/sleep\x003455/), 15_000);
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code, err).toBe(2);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/#== run pcidump -v\n#== taken \S+\nhalf\n#== end \d+ stopped /);
    expect(text.match(/^#== begin /gm)?.length).toBe(text.match(/^#== end /gm)?.length);
    // The other machine ends it after its own time, for nobody there hears that we left.
    await vi.waitFor(() => expect(processes()).not.toMatch(/sleep\x003455/), 20_000);
  });

  test('a host key that nobody saw yet is told, with what to do', async () => {
    const { code, err } = await collect('--guest', 'fw-new');
    expect(code).toBe(66);
    expect(err).toMatch(/fw-new: Host key verification failed: .*connect once by hand/);
  });

  test('where a passphrase is wanted nobody is asked, and it says so', async () => {
    const key = join(sshd?.folder ?? '', 'pve');
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'a phrase', '-f', key]);
    const { code, err } = await collect('--host', 'pve');
    execFileSync('ssh-keygen', ['-q', '-p', '-P', 'a phrase', '-N', '', '-f', key]);
    expect(code).toBe(66);
    expect(err).toMatch(/pve: .*Permission denied \(.*the passphrase of a key.*ssh-add/);
  });

  test("a monitor's socket is reached through the connection", async () => {
    const path = join(scratch(), 'monitor');
    const server = fakeMonitor(path);
    const { code, err, text } = await collect('--host', 'pve', '--vm', '107', '--monitor', path);
    server.close();
    expect(code, err).toBe(0);
    expect(text).toContain(`#== through ${path}\nanswer to info network\n#== end`);
  });

  test('both ends are watched around one event, when that was asked for', async () => {
    const both = ['--guest', 'fw', '--host', 'pve', '--vm', '107', '--tcpdump', '--seconds', '2'];
    const quiet = await collect(...both);
    expect(quiet.text).not.toMatch(/#== run ping /);
    const { code, err, text } = await collect(...both, '--packets', '7', '--ping', '192.0.2.10');
    expect(code, err).toBe(0);
    expect(text).toMatch(/#== run ping -n -c 5 192\.0\.2\.10\n#== taken \S+\npinged/);
    // One command for each tap, in both directions, bounded; what it had heard is there although it was ended.
    expect(text.match(/#== run tcpdump .*-c 7 -i tap107i1\n/g)).toHaveLength(1);
    expect(text).toMatch(/#== run tcpdump .*-i tap107i1\n#== taken \S+\nheard\nsummary\n#== end \d+ exit-0 /);
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
