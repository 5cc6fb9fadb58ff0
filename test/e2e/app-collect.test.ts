import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { run, scratch } from './run.ts';
import { openbsdGuest, processes } from './stubs.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const SMALL = { columns: 80, rows: 24 };
const open: Terminal[] = [];

/** The app in a folder of its own, on a machine that stands in for an OpenBSD guest. */
function guest(changed: Record<string, string> = {}, size = SMALL) {
  const folder = scratch();
  const PATH = `${openbsdGuest(changed)}:/usr/bin:/bin`;
  const terminal = openTerminal([], size, { PATH }, process.execPath, folder);
  open.push(terminal);
  return { terminal, folder };
}

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.kill();
});

function bundlesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^vio-doctor-\d{8}-\d{4}.*\.txt$/.test(name));
}

/** To the list of commands, having said that there is no link. */
async function toTheList(terminal: Terminal): Promise<void> {
  await terminal.see(/> 1 {2}Look at this machine/);
  await terminal.see(/OpenBSD 7\.8, a guest/);
  await terminal.press('1');
  await terminal.see(/What do you see on the NIC/);
  await terminal.press('1');
  await terminal.see(/y runs these \d+ commands; none of them changes anything/);
}

describe('on a misbehaving guest', () => {
  test('one look, one question, one yes: the fault, and a bundle to send on', async () => {
    const { terminal, folder } = guest();
    await toTheList(terminal);
    expect(terminal.text()).toContain('[x] ');
    expect(bundlesIn(folder)).toEqual([]);
    await terminal.press('y');
    await terminal.see(/Collecting: \d+ of \d+ commands have run/);
    await terminal.see(/Fault: the interface is not up in the guest \(vio1\), certain\./, 40_000);
    await terminal.see(/Collected in vio-doctor-/);
    const [bundle = ''] = bundlesIn(folder);
    const { out } = await run(['diagnose', '--json', join(folder, bundle)]);
    expect(JSON.parse(out).findings[0]).toMatchObject({ fault: 'interface-down', nic: 'vio1' });
    await terminal.press('L');
    await terminal.see(/\d\d:\d\d:\d\d {2}exit 0 .*uname -s -r/);
    await terminal.press('w');
    await terminal.see(/Write the command log to:/);
    await terminal.press('\r');
    await terminal.see(/Written: /);
    expect(readFileSync(join(folder, 'vio-doctor-commands.txt'), 'utf8')).toMatch(/exit 0 .* ifconfig/);
    await terminal.press('q');
    expect(await terminal.exited).toBe(0);
    expect(terminal.bytes()).toContain('vio-doctor --resume');
  });

  test('stopped, it keeps what is there and leaves nothing running; r runs the rest', async () => {
    const { terminal, folder } = guest({ ifconfig: 'echo half; exec /bin/sleep 6543' });
    await toTheList(terminal);
    await terminal.press('y');
    await terminal.see(/running since .* ifconfig/);
    await terminal.press('\x1b');
    await terminal.see(/Stopped by hand: .*\n.*Kept in vio-doctor-|Kept in vio-doctor-/);
    expect(processes()).not.toMatch(/sleep\x006543/);
    const [bundle = ''] = bundlesIn(folder);
    expect(readFileSync(join(folder, bundle), 'utf8')).toMatch(/half\n#== end \d+ stopped /);
    await terminal.press('r');
    await terminal.see(/running since .* ifconfig/);
    await terminal.press('s');
    await terminal.see(/Stopped by hand/);
    expect(bundlesIn(folder)).toEqual([bundle]);
    await terminal.press('\r');
    await terminal.see(/vio-doctor: Findings/);
  });

  test.each([
    ['Ctrl-C', (terminal: Terminal) => terminal.press('\x03')],
    ['a connection that is cut', async (terminal: Terminal) => terminal.kill('SIGHUP')],
    ['kill', async (terminal: Terminal) => terminal.kill('SIGTERM')],
  ])('%s while commands run leaves none of them, a bundle, and a sane terminal', async (_, leave) => {
    const { terminal, folder } = guest({ ifconfig: 'echo half; exec /bin/sleep 7654' });
    await toTheList(terminal);
    await terminal.press('y');
    await terminal.see(/running since .* ifconfig/);
    await leave(terminal);
    expect(await terminal.exited).toBe(0);
    expect(processes()).not.toMatch(/sleep\x007654/);
    expect(terminal.bytes()).toContain('\x1b[?1049l');
    expect(terminal.bytes()).toContain('\x1b[?2004l');
    expect(terminal.bytes()).toContain('\x1b[?25h');
    expect(readFileSync(join(folder, bundlesIn(folder)[0] ?? ''), 'utf8')).toMatch(/^# vio-doctor bundle/);
  });

  test('at rest nothing is drawn', async () => {
    const { terminal } = guest({ ifconfig: 'exec /bin/sleep 8765' });
    await toTheList(terminal);
    await terminal.press('y');
    await terminal.see(/running since .* ifconfig/);
    const quiet = async () => {
      const before = terminal.bytes().length;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return terminal.bytes().length - before;
    };
    // The first second may still bring ends of commands.
    await quiet();
    expect(await quiet()).toBe(0);
    await terminal.press('s');
    await terminal.see(/Stopped by hand/);
  });

  test('no frame is larger than the window, on any of its screens', async () => {
    const { terminal } = guest({ ifconfig: 'exec /bin/sleep 9876' });
    const shrink = async (title: RegExp) => {
      for (const [columns, rows] of [
        [50, 14],
        [30, 8],
        [80, 24],
      ] as const) {
        await terminal.resize(columns, rows);
        await terminal.see(title);
        expect(terminal.screen()[0]).toMatch(title);
        expect(terminal.screen().at(-1)?.trim()).toBe('');
      }
    };
    await terminal.see(/> 1 {2}Look at this machine/);
    await shrink(/vio-doctor: Start/);
    await terminal.press('1');
    await terminal.see(/What do you see on/);
    await shrink(/vio-doctor: What do/);
    await terminal.press('2');
    await terminal.see(/y runs these/);
    await shrink(/vio-doctor: Collect/);
    await terminal.press('y');
    await terminal.see(/running since/);
    await shrink(/vio-doctor: Collect/);
    await terminal.press('L');
    await terminal.see(/Command log/);
    await shrink(/vio-doctor: Command/);
  });
});

test('a host asks for its VM, and a wrong ssh destination is told', async () => {
  const { terminal } = guest();
  await terminal.see(/over ssh/);
  await terminal.press('2');
  await terminal.see(/The guest, as ssh takes it/);
  await terminal.press('-oProxyCommand=x\r');
  await terminal.see(/Its host/);
  await terminal.press('\r');
  await terminal.see(/What do you see on/);
  await terminal.press('9');
  await terminal.see(/y connects with your own ssh/);
  await terminal.press('y');
  await terminal.see(/is no destination for ssh/);
  await terminal.press('\x03');
  expect(await terminal.exited).toBe(0);
});
