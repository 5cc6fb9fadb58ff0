import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { run, scratch } from './run.ts';
import { type Sshd, startSshd } from './sshd.ts';
import { has, linkDown, openbsdGuest, processes, programs } from './stubs.ts';
import { openTerminal, type Terminal } from './terminal.ts';

// The app, and other machines over a real sshd on loopback.
const SIZE = { columns: 80, rows: 24 };
const guest = programs({
  ...linkDown.guest,
});
const slow = programs({
  uname: "echo 'OpenBSD 7.8'",
  sysctl: 'echo QEMU',
  dmesg: 'echo first; echo whole',
  pcidump: 'echo half; exec sleep 4566',
});
const deaf = programs({ uname: 'exec sleep 5677' });
const host = programs({
  ...linkDown.host,
  tcpdump: 'echo heard "$@"',
});

const canRun = has('sshd') && has('ssh') && has('ssh-keygen') && process.getuid?.() === 0;
let sshd: Sshd | undefined;
const open: Terminal[] = [];

beforeAll(async () => {
  if (canRun) sshd = await startSshd({ fw: guest, pve: host, slow, deaf });
});
afterAll(() => sshd?.stop());
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.kill();
});

/** The app on a guest of its own, in a folder of its own; its ssh knows the machines. */
function app(size = SIZE, args: readonly string[] = []) {
  const folder = scratch();
  const PATH = `${sshd?.path}:${openbsdGuest({})}:/usr/bin:/bin`;
  const terminal = openTerminal(args, size, { PATH }, process.execPath, folder);
  open.push(terminal);
  return { terminal, folder };
}

/** To the question whether to connect; what is seen on the NIC is no link. */
async function name(terminal: Terminal, guest: string, host: string): Promise<void> {
  const line = /(\d) {2}Look at a guest, its host or both over ssh/;
  await terminal.see(line);
  await terminal.press(line.exec(terminal.text())?.[1] ?? '');
  await terminal.see(/The guest, as ssh takes it/);
  await terminal.press(`${guest}\r`);
  await terminal.see(/Its host/);
  await terminal.press(`${host}\r`);
  await terminal.see(/What do you see on the NIC|y connects/);
  if (/What do you see/.test(terminal.text())) await terminal.press('1');
  await terminal.see(/y connects with your own ssh/);
}

function bundleIn(folder: string): string {
  const names = readdirSync(folder).filter((one) => /^vio-doctor-\d{8}-\d{4}.*\.txt$/.test(one));
  expect(names).toHaveLength(1);
  return join(folder, names[0] ?? '');
}

/** Those of this program: its connections lie in folders of their own. */
function connections(): string {
  return execFileSync('ps', ['ax', '-o', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /^(?:\/usr\/bin\/)?ssh[: ].*\/vio-\w{6}\//.test(line))
    .join('\n');
}

async function nothingLeft(): Promise<void> {
  await vi.waitFor(() => expect(connections()).toBe(''), 12_000);
}

/** Smaller windows and back: the title stays in the first row, and the last row free, so that nothing ever scrolls. */
async function fits(terminal: Terminal, title: RegExp): Promise<void> {
  for (const [columns, rows] of [
    [50, 14],
    [40, 10],
    [80, 24],
  ] as const) {
    await terminal.resize(columns, rows);
    await terminal.see(title);
    expect(terminal.screen()[0]).toMatch(title);
    expect(terminal.screen().at(-1)?.trim()).toBe('');
  }
}

describe.skipIf(!canRun)('the app over ssh', () => {
  test('guest and host at once: the VM, the tap, one yes, the fault on its NIC', async () => {
    const { terminal, folder } = app();
    await name(terminal, 'fw', 'pve');
    expect(connections()).toBe('');
    await fits(terminal, /^vio-doctor: Collect over ssh/);
    await terminal.press('y');
    await terminal.see(/Whose NIC misbehaves\?[\s\S]*> 1 {2}107 {2}fw/, 15_000);
    await fits(terminal, /^vio-doctor: Collect: which VM\?/);
    await terminal.press('1');
    await terminal.see(
      /guest: fw, OpenBSD 7\.8.*\nhost: pve, Linux 6\.8\.12-4-pve, .*a host \(Proxmox VE, 1 VM\).*\ny runs these/,
      15_000,
    );
    await fits(terminal, /^vio-doctor: Collect/);
    await terminal.press('t');
    await terminal.see(/1 {2}all 2 of them\n.*2 {2}tap107i0: .*\n.*3 {2}tap107i1: .* of VM 107/);
    await terminal.press('3');
    await terminal.see(/> \[x\] host +tcpdump .*/, 15_000);
    await terminal.press('y');
    await terminal.see(/Collecting: \d+ of \d+ commands have run/);
    await fits(terminal, /^vio-doctor: Collect/);
    await terminal.see(/Fault: .*\(vio1\)/, 60_000);
    await terminal.see(/Collected in vio-doctor-/);
    const bundle = bundleIn(folder);
    const text = readFileSync(bundle, 'utf8');
    expect(text).toMatch(/^#== begin \d+ guest openbsd\/ifconfig$/m);
    expect(text).toMatch(/^#== begin \d+ host .*\n#== run qm config 107$/m);
    expect(text.match(/^#== run tcpdump .*-i tap107i\d$/gm)).toEqual([
      '#== run tcpdump -l -e -n -vv -c 200 -i tap107i1',
    ]);
    const { out } = await run(['diagnose', '--json', bundle]);
    expect(JSON.parse(out).findings[0]).toMatchObject({ fault: 'link-down-by-host', nic: 'vio1' });
    // Nothing stays connected while the person reads.
    await nothingLeft();
    await terminal.press('q');
    expect(await terminal.exited).toBe(0);
  });

  test('by way of another machine, as its configuration says; opened anew where it ended at the list', async () => {
    const { terminal, folder } = app();
    await name(terminal, 'fw-behind', '');
    await terminal.press('y');
    await terminal.see(/guest: fw-behind, OpenBSD 7\.8[\s\S]*y runs these \d+ commands/, 20_000);
    sshd?.drop();
    await nothingLeft();
    await terminal.press('y');
    await terminal.see(/Collected in vio-doctor-/, 60_000);
    expect(readFileSync(bundleIn(folder), 'utf8')).not.toMatch(/^#== end \d+ lost /m);
    await terminal.press('\x03');
    expect(await terminal.exited).toBe(0);
    await nothingLeft();
  });

  test('a host key that nobody saw yet is told, with what to do; r tries again', async () => {
    const { terminal, folder } = app();
    await name(terminal, 'fw-new', '');
    await terminal.press('y');
    await terminal.see(/fw-new: Host key verification failed:.*[\s\S]*connect\s+once by hand/, 15_000);
    await fits(terminal, /^vio-doctor: Collect/);
    // Who has connected by hand has its key.
    const known = join(sshd?.folder ?? '', 'known');
    execFileSync('cp', [known, join(sshd?.folder ?? '', 'nothing')]);
    await terminal.press('r');
    await terminal.see(/y runs these \d+ commands/, 15_000);
    execFileSync('rm', [join(sshd?.folder ?? '', 'nothing')]);
    expect(readdirSync(folder).filter((one) => one.startsWith('vio-doctor-'))).toEqual([]);
    await terminal.press('\x03');
    expect(await terminal.exited).toBe(0);
  });

  test('where a password or a passphrase is wanted nobody is asked, and it says so', async () => {
    const key = join(sshd?.folder ?? '', 'pve');
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'a phrase', '-f', key]);
    const { terminal } = app();
    await name(terminal, '', 'pve');
    await terminal.press('y');
    await terminal.see(/pve: .*Permission denied\s+\([\s\S]*the\s+passphrase of a key[\s\S]*ssh-add/, 15_000);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', 'a phrase', '-N', '', '-f', key]);
    expect(terminal.bytes()).not.toMatch(/Enter passphrase|password:/i);
    await nothingLeft();
    await terminal.press('r');
    await terminal.see(/Whose NIC misbehaves/, 15_000);
  });

  test('a connection that drops half-way: what was collected is kept, and r runs the rest', async () => {
    const { terminal, folder } = app();
    await name(terminal, 'slow', '');
    await terminal.press('y');
    await terminal.see(/y runs these \d+ commands/, 15_000);
    await terminal.press('y');
    await terminal.see(/running since .* pcidump/, 15_000);
    await terminal.see(/exit 0 .*dmesg/, 15_000);
    sshd?.drop();
    await terminal.see(/The connection to slow was lost meanwhile\. What was collected is\s+kept/, 60_000);
    await terminal.see(/r runs the rest \(\d+ commands?\) into the same bundle/);
    await fits(terminal, /^vio-doctor: Collect/);
    const bundle = bundleIn(folder);
    const text = readFileSync(bundle, 'utf8');
    expect(text).toMatch(/#== run dmesg\n#== taken \S+\nfirst\nwhole\n#== end \d+ exit-0 /);
    expect(text).toMatch(/#== run pcidump -v\n#== taken \S+\n[\s\S]*?#== end \d+ lost /);
    expect(text.match(/^#== begin /gm)?.length).toBe(text.match(/^#== end /gm)?.length);
    await nothingLeft();
    await terminal.press('r');
    await terminal.see(/running since .* pcidump/, 20_000);
    await terminal.press('s');
    await terminal.see(/Stopped by hand/, 15_000);
    expect(bundleIn(folder)).toBe(bundle);
    await nothingLeft();
  });

  test('Esc stops a machine that does not answer, and a command that hangs', async () => {
    const { terminal, folder } = app();
    await name(terminal, 'deaf', '');
    await terminal.press('y');
    await terminal.see(/Looking at deaf: /);
    await vi.waitFor(() => expect(connections()).not.toBe(''), 10_000);
    await terminal.press('\x1b');
    await terminal.see(/y connects with your own ssh/);
    await nothingLeft();
    await terminal.press('\x1b');
    await terminal.see(/vio-doctor: Start/);
    await name(terminal, 'slow', '');
    await terminal.press('y');
    await terminal.see(/y runs these \d+ commands/, 15_000);
    await terminal.press('y');
    await vi.waitFor(() => expect(processes()).toMatch(/sleep\x004566/), 15_000);
    await terminal.press('\x1b');
    await terminal.see(/Stopped by hand/, 15_000);
    expect(readFileSync(bundleIn(folder), 'utf8')).toMatch(/half\n#== end \d+ stopped /);
    await nothingLeft();
  });

  test('who leaves the list leaves the machine', async () => {
    const { terminal } = app();
    await name(terminal, 'fw', '');
    await terminal.press('y');
    await terminal.see(/y runs these \d+ commands/, 15_000);
    await terminal.press('\x1b');
    await terminal.see(/vio-doctor: Start/);
    await nothingLeft();
  });

  test('in the plain mode the same', async () => {
    const { terminal } = app({ columns: 300, rows: 60 }, ['--plain']);
    await terminal.see(/Look at others over ssh[\s\S]*Number:/);
    await terminal.press('2\r');
    await terminal.press('fw-new\r');
    await terminal.press('\r');
    await terminal.see(
      /fw-new: Host key verification failed:[\s\S]*connect\s+once by hand[\s\S]*Number:/,
      15_000,
    );
    await terminal.press('2\r');
    await terminal.press('slow\r');
    await terminal.press('\r');
    await terminal.see(/Run them\? yes or no/, 15_000);
    await terminal.press('yes\r');
    await vi.waitFor(() => expect(processes()).toMatch(/sleep\x004566/), 15_000);
    await terminal.press('\x03');
    await terminal.see(/Stopped; kept in vio-doctor-/, 15_000);
    await nothingLeft();
    await terminal.press('0\r');
    expect(await terminal.exited).toBe(0);
  });

  test.each([
    ['while a machine is reached', 'deaf', /Looking at deaf: /],
    ['while a command runs', 'slow', /running since .* pcidump/],
  ])('Ctrl-C %s leaves no ssh', async (_, machine, there) => {
    const { terminal } = app();
    await name(terminal, machine, '');
    await terminal.press('y');
    if (machine === 'slow') {
      await terminal.see(/y runs these \d+ commands/, 15_000);
      await terminal.press('y');
    }
    await terminal.see(there, 15_000);
    await vi.waitFor(() => expect(connections()).not.toBe(''), 10_000);
    await terminal.press('\x03');
    expect(await terminal.exited).toBe(0);
    await nothingLeft();
    expect(processes()).not.toMatch(/ssh\x00-F.*ControlMaster/);
  });
});
