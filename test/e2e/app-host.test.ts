import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { CASES, scratch } from './run.ts';
import { programs } from './stubs.ts';
import { openTerminal, type Terminal } from './terminal.ts';

// The app on a host with many VMs: which one, on which tap, and what may disturb. Its commands are stood in for.
const CASE = join(CASES, 'proxmox-link-down');
const IDS = Array.from({ length: 20 }, (_, index) => 101 + index);
const rows = IDS.map((id) => `${id} ${id === 107 ? 'fw' : `web${id}`} running 2048 8.00 4711`).join(' ');
const open: Terminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.kill();
});

/** What each command that must not run by itself was given is written to `marks`. */
function host(args: readonly string[] = [], size = { columns: 80, rows: 24 }) {
  const folder = scratch();
  const marks = join(folder, 'marks');
  const bin = programs({
    uname: "echo 'Linux 6.8.12-4-pve'",
    ls: 'echo /proc/version; echo /proc/modules; exit 2',
    cat: 'case $1 in /sys/class/dmi*) echo Dell ;; *) exec /bin/cat "$@" ;; esac',
    pgrep: 'exit 1',
    virsh: 'exit 1',
    ip: 'echo "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000"',
    qm: `case $1 in
list) printf '%10s %-20s %-10s %-10s %12s %s\\n' VMID NAME STATUS 'MEM(MB)' 'BOOTDISK(GB)' PID ${rows} 400 old stopped 2048 8.00 0 ;;
config) exec /bin/cat '${CASE}/host/qm-config.txt' ;;
monitor) read -r line; case $line in announce_self) echo "$2 $line" >> '${marks}' ;; esac ;;
esac`,
    nft: `echo nft >> '${marks}'`,
    tcpdump: `echo "tcpdump $*" >> '${marks}'; echo heard`,
  });
  const PATH = `${bin}:/usr/bin:/bin`;
  const terminal = openTerminal(args, size, { PATH }, process.execPath, folder);
  open.push(terminal);
  const marked = () => (existsSync(marks) ? readFileSync(marks, 'utf8').trimEnd().split('\n').sort() : []);
  return { terminal, folder, marked };
}

async function toTheVms(terminal: Terminal): Promise<void> {
  await terminal.see(/> 1 {2}Look at a VM of this host/);
  await terminal.press('1');
  await terminal.see(/What do you see on the NIC/);
  await terminal.press('1');
  await terminal.see(/Whose NIC misbehaves/);
}

describe('in the app', () => {
  test('one VM of many is found, one tap chosen, and nothing that may disturb runs without its own yes', async () => {
    const { terminal, folder, marked } = host();
    await toTheVms(terminal);
    expect(terminal.text()).toContain('21 VMs are listed');
    await terminal.press('/');
    await terminal.see(/Only VMs with these words, or the id of one:/);
    await terminal.press('fw\r');
    await terminal.see(/> 1 {2}107 {2}fw\s*\n\s*\n/);
    await terminal.press('\r');
    await terminal.see(/y runs these \d+ commands; none of them changes anything/, 15_000);
    await terminal.press('d');
    await terminal.see(/y adds these \d+ commands to the list; nothing runs before your yes there/);
    expect(terminal.text()).toMatch(
      /What it may do: it would load a kernel module \(nf_tables\), which then stays\s+until/,
    );
    await terminal.press('\x1b');
    await terminal.see(/none of them changes anything/);
    await terminal.press('t');
    await terminal.see(/1 {2}all 2 of them/);
    await terminal.press('3');
    await terminal.see(/> \[x\] tcpdump -l -e -n -vv -c 200 -i tap107i1/, 15_000);
    expect(marked()).toEqual([]);
    await terminal.press('y');
    await terminal.see(/Collected in vio-doctor-/, 60_000);
    expect(marked()).toEqual(['tcpdump -l -e -n -vv -c 200 -i tap107i1']);
    const [bundle = ''] = readdirSync(folder).filter((name) => name.startsWith('vio-doctor-'));
    expect(readFileSync(join(folder, bundle), 'utf8')).toMatch(
      /^# not run: linux-host\/packet-filter: it would load .*; --allow-system-changes runs it$/m,
    );
  });

  test('what may disturb runs after both, is marked, and is in the log', async () => {
    const { terminal, marked } = host();
    await toTheVms(terminal);
    await terminal.press('/');
    await terminal.press('107\r');
    await terminal.see(/> 1 {2}107/);
    await terminal.press('\r');
    await terminal.see(/y runs these/, 15_000);
    await terminal.press('d');
    await terminal.see(/y adds these/);
    await terminal.press('y');
    await terminal.see(/\d+ of them may disturb \(d takes them out\)[\s\S]*> \[x\] nft list ruleset/, 15_000);
    expect(terminal.text()).toMatch(/What it may do: it\s+would load a kernel module/);
    // One of them is taken out again.
    await terminal.press(' ');
    await terminal.see(/> \[ \] nft list ruleset/);
    expect(marked()).toEqual([]);
    await terminal.press('y');
    await terminal.see(/Collected in vio-doctor-/, 60_000);
    expect(marked()).toEqual(['107 announce_self']);
    await terminal.press('L');
    await terminal.see(/Command log/);
    await terminal.press('w');
    await terminal.press('\r');
    await terminal.see(/Written: .*vio-doctor-commands\.txt/);
  });

  test('of all that run the first are looked at, and the list says which are not', async () => {
    const { terminal } = host();
    await toTheVms(terminal);
    await terminal.press('Gk');
    await terminal.see(/> +all 20 that run, the first 16 of them/);
    await terminal.press('\r');
    await terminal.see(/y runs these/, 30_000);
    await terminal.press('G');
    await terminal.press('k'.repeat(6));
    for (let tries = 0; tries < 8 && !/> {2}- {2}left out \(Esc/.test(terminal.text()); tries++)
      await terminal.press('j');
    await terminal.see(/> {2}- {2}left out \(Esc, then choose it\): VM 117, VM 118, VM 119, VM 120/);
    await terminal.press('\r');
    await terminal.see(/Whose NIC misbehaves/);
  });

  test.each([
    [50, 14],
    [40, 10],
  ])('at %i x %i each question fits, and is answered', async (columns, rows) => {
    const { terminal, marked } = host([], { columns, rows });
    const isWhole = () => {
      expect(terminal.screen()[0]).toMatch(/^vio-doctor: /);
      expect(terminal.screen().at(-1)?.trim()).toBe('');
    };
    await terminal.see(/vio-doctor: Start[\s\S]*This machine: Linux/);
    await terminal.press('1');
    await terminal.see(/What do you see\?/);
    await terminal.press('1');
    for (const [title, keys] of [
      [/which VM\?[\s\S]*> 1 {2}101/, '/107\r\r'],
      [/y runs these[\s\S]*> \[x\]/, 'd'],
      [/what may[\s\S]*y adds these/, '\x1b'],
      [/y runs these[\s\S]*> \[x\]/, 't'],
      [/which tap\?[\s\S]*> 1 {2}all 2/, '3'],
      [/y runs these[\s\S]*> \[x\] tcpdump/, 'y'],
      [/Collecting: /, 's'],
    ] as const) {
      await terminal.see(title, 20_000);
      isWhole();
      // A key by itself: Esc would take the next one for its own.
      for (const key of keys) await terminal.press(key);
    }
    await terminal.see(/Stopped by hand|Collected/, 20_000);
    isWhole();
    expect(marked().join()).not.toMatch(/announce|nft/);
  });
});

test('in the plain mode the same, by numbers and letters', async () => {
  const { terminal, marked } = host(['--plain'], { columns: 80, rows: 60 });
  await terminal.see(/What do you want to do\?[\s\S]*Number:/);
  await terminal.press('1\r');
  await terminal.see(
    /Whose NIC misbehaves\?[\s\S]*21 {2}400 {2}old {2}\(does not run\)[\s\S]*Number, or \/ and words:/,
    15_000,
  );
  await terminal.press('/fw\r');
  await terminal.see(/\n1 {2}107 {2}fw\s*\n0 {2}back\s*\nNumber, or \/ and words:/);
  await terminal.press('1\r');
  await terminal.see(/Run them\? yes or no, or t, d as above \[no\]:/, 15_000);
  await terminal.press('t\r');
  await terminal.see(/Listen on which tap\?[\s\S]*3 {2}tap107i1/);
  await terminal.press('3\r');
  await terminal.see(/host# tcpdump -l -e -n -vv -c 200 -i tap107i1[\s\S]*Run them\?/, 15_000);
  await terminal.press('d\r');
  await terminal.see(/what it may do: sends five RARP frames[\s\S]*Add them to the list\?/);
  await terminal.press('no\r');
  await terminal.see(/Run them\?[^?]*$/, 15_000);
  await terminal.press('yes\r');
  await terminal.see(/Collected in vio-doctor-/, 60_000);
  expect(marked()).toEqual(['tcpdump -l -e -n -vv -c 200 -i tap107i1']);
});
