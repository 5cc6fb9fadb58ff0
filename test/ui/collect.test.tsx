import { describe, expect, test, vi } from 'vitest';
import type {
  CollectedMachine,
  CollectionOf,
  CollectionPlan,
  TapChoice,
} from '../../src/model/collection.ts';
import type { World } from '../../src/ui/world.ts';
import { GUEST, HOST, LAPTOP, machine, type Puppet, probe, puppet } from './collection.ts';
import { openScreen } from './open-screen.tsx';
import { standInWorld } from './world.ts';

const ESC = '\x1b';
const PLAN = {
  probes: [probe('dmesg'), probe('ifconfig'), probe('pcidump', { needsRoot: true, twice: true })],
  leftOut: [
    { probe: 'openbsd/tcpdump', machine: 'guest', why: 'it listens', addedBy: 'listening' },
    { probe: 'openbsd/pf', machine: 'guest', why: 'only a person can fill it in' },
  ],
} as const;
const puppets: Puppet[] = [];
const reached: CollectionOf[] = [];

/** The app on a machine that was looked at; the commands end when the test says so. */
async function app(
  machines: readonly CollectedMachine[],
  other: Partial<World> = {},
  size = {},
  { plan = PLAN, taps = [] }: { plan?: CollectionPlan; taps?: readonly TapChoice[] } = {},
) {
  puppets.length = 0;
  reached.length = 0;
  const world = standInWorld({
    openCollection: async (of, watch) => {
      reached.push(of);
      const one = puppet(machines, plan, watch, taps);
      puppets.push(one);
      return one;
    },
    ...other,
  });
  return openScreen(world, size);
}

describe('the start knows where it is', () => {
  test('in a guest, looking at it comes first', async () => {
    const screen = await app([machine(GUEST)]);
    expect(screen.text()).toContain('This machine: OpenBSD 7.8, a guest, as root.');
    expect(screen.text()).toContain('> 1  Look at this machine');
  });

  test('on a host, looking at one of its VMs', async () => {
    const screen = await app([machine(HOST)]);
    expect(screen.text()).toContain('a host (Proxmox VE, 2 VMs), not as root.');
    expect(screen.text()).toContain('> 1  Look at a VM of this host');
  });

  test("on somebody's laptop, pasting, and nothing is run there", async () => {
    const screen = await app([machine(LAPTOP)]);
    expect(screen.text()).toContain('> 1  Paste what you have');
    expect(puppets[0]?.asked).toEqual([]);
  });

  test('a machine that cannot be looked at is no reason to stop', async () => {
    const screen = await app([], { openCollection: () => Promise.reject(new Error('no uname here.')) });
    expect(screen.text()).toContain('This machine could not be looked at.');
    await screen.press('d');
    expect(screen.text()).toContain('Fault:');
  });

  test('recent bundles are offered, and opened by their number', async () => {
    const bundle = {
      path: '/tmp/ok.txt',
      name: 'vio-doctor-20261127-0003.txt',
      written: '2026-11-27T00:03:09Z',
    };
    const screen = await app([machine(GUEST)], { recentBundles: async () => [bundle] });
    expect(screen.text()).toContain('5  Open the bundle vio-doctor-20261127-0003.txt (2026-11-27 00:03 UTC)');
    await screen.press('5');
    expect(screen.text()).toContain('ok.txt:1');
  });
});

describe('collecting', () => {
  test('asks what is seen, shows every command, and runs none before the yes', async () => {
    const screen = await app([machine(GUEST)]);
    await screen.press('1');
    expect(screen.text()).toContain('What do you see on the NIC?');
    await screen.press('2');
    expect(screen.text()).toContain('y runs these 3 commands; none of them changes anything.');
    expect(screen.text()).toMatch(/> \[x\] dmesg +what dmesg tells/);
    expect(screen.text()).toMatch(/\[x\] pcidump +\(twice\)/);
    expect(screen.text()).toContain('left out (t adds it): openbsd/tcpdump: it listens');
    expect(puppets[0]?.started).toEqual([]);
  });

  test('what needs root says so to who is not', async () => {
    const screen = await app([machine({ ...GUEST, isRoot: false })]);
    await screen.press('1', '2');
    expect(screen.text()).toMatch(/pcidump +\(needs root, twice\)/);
  });

  test('a command that was taken out is not run', async () => {
    const screen = await app([machine(GUEST)]);
    await screen.press('1', '2', 'j', ' ');
    expect(screen.text()).toContain('> [ ] ifconfig');
    expect(screen.text()).toContain('y runs 2 of these 3 commands');
    await screen.press('y');
    expect(puppets[0]?.started).toEqual(['dmesg', 'pcidump']);
  });

  test('shows how far it is in words, then the findings and where the bundle lies', async () => {
    const screen = await app([machine(GUEST)]);
    await screen.press('1', '2', 'y');
    expect(screen.text()).toContain('Collecting: 0 of 4 commands have run.');
    expect(screen.text()).toContain('running since 02:13:05: guest# ifconfig');
    puppets[0]?.end('ifconfig');
    puppets[0]?.end('dmesg', 'missing');
    await screen.settle();
    expect(screen.text()).toContain('2 of 4 commands have run, 1 of them refused');
    expect(screen.text()).toMatch(/02:13:05 {2}missing +0\.3 s +1\.2 kB {2}guest# dmesg/);
    puppets[0]?.end('pcidump');
    await screen.settle();
    expect(screen.text()).toContain('Fault: the interface is not up');
    expect(screen.text()).toContain('Collected in /tmp/ok.txt: 3 outputs, 1 of them refused');
  });

  test('stopped, it keeps what is there; carried on, it runs the rest', async () => {
    const screen = await app([machine(GUEST)]);
    await screen.press('1', '2', 'y');
    puppets[0]?.end('ifconfig');
    await screen.settle();
    await screen.press(ESC);
    await screen.settle(60);
    expect(screen.text()).toContain('Stopped by hand:');
    expect(screen.text()).toContain('Kept in /tmp/ok.txt');
    expect(screen.text()).toContain('r runs the rest (2 commands) into the same bundle');
    await screen.press('r');
    expect(puppets[1]?.started).toEqual(['dmesg', 'pcidump']);
    puppets[1]?.end('dmesg');
    puppets[1]?.end('pcidump');
    await screen.settle();
    expect(screen.text()).toContain('Findings');
    expect(screen.text()).not.toContain('ok.txt (2)');
  });

  test('where the connection was lost it says so, and stays to carry on', async () => {
    const screen = await app([machine(GUEST, 'root@fw')]);
    await screen.press('2', 'root@fw\r', '\r', '1', 'y', 'y');
    puppets[1]?.end('dmesg');
    puppets[1]?.end('ifconfig', 'lost');
    puppets[1]?.end('pcidump', 'lost');
    await screen.settle();
    expect(screen.text()).toMatch(
      /The connection to root@fw was lost meanwhile\. What was collected is kept:/,
    );
    expect(screen.text()).toContain('r runs the rest (2 commands) into the same bundle');
    await screen.press('r');
    expect(puppets[2]?.started).toEqual(['ifconfig', 'pcidump']);
  });

  test('run again, it looks at the machines again', async () => {
    const screen = await app([machine(GUEST)]);
    await screen.press('1', '2', 'y');
    for (const name of ['dmesg', 'ifconfig', 'pcidump']) puppets[0]?.end(name);
    await screen.settle();
    await screen.press('r', 'r');
    await screen.settle();
    expect(puppets[1]?.asked).toHaveLength(1);
    expect(puppets[1]?.started).toEqual(['dmesg', 'ifconfig', 'pcidump']);
  });

  test('on a host asks for the VM, running ones first', async () => {
    const screen = await app([machine(HOST)]);
    await screen.press('1', ESC);
    await screen.settle(60);
    expect(screen.text()).toMatch(/> 1 {2}107 {2}fw\n.*2 {2}101 {2}old {2}\(does not run\)/);
    await screen.press('1');
    expect(puppets[0]?.asked[0]).toMatchObject({ vm: '107' });
    expect(puppets[0]?.asked[0]).not.toMatchObject({ tcpdump: true });
  });

  test('over ssh nothing is reached before the yes', async () => {
    const screen = await app([machine(GUEST, 'root@fw')]);
    await screen.press('2', 'root@fw\r', '\r', ESC);
    await screen.settle(60);
    expect(screen.text()).toContain('guest: root@fw');
    expect(reached).toEqual([{}]);
    await screen.press('y');
    expect(reached).toEqual([{}, { guest: 'root@fw' }]);
    expect(screen.text()).toContain('guest: root@fw, OpenBSD 7.8, a guest, as root');
  });

  test('every command is in the log, which can be copied', async () => {
    const copy = vi.fn();
    const screen = await app([machine(GUEST)], { copy });
    await screen.press('1', '2', 'y', 'L');
    expect(screen.text()).toMatch(/02:13:05 {2}running .* ifconfig/);
    await screen.press('y');
    expect(copy.mock.calls[0]?.[0]).toMatch(/^# Commands that vio-doctor has run.*\n02:13:05 {2}running/);
  });

  test.each([
    [80, 24],
    [50, 14],
    [20, 5],
  ])('at %i x %i each of its screens fits', async (columns, rows) => {
    const screen = await app([machine(HOST)], {}, { columns, rows });
    for (const keys of ['1', ESC, '1', 'y', 's']) {
      await screen.press(keys);
      await screen.settle(60);
      expect(screen.rows().at(-1)).toBe('');
      expect(screen.rows()[0]).toMatch(/^vio-doc/);
    }
  });
});
