import { describe, expect, test } from 'vitest';
import type { CollectedMachine, TapChoice } from '../../src/model/collection.ts';
import { GUEST, HOST, LEFT_OUT, machine, manyVms, type Puppet, probe, puppet } from './collection.ts';
import { openScreen } from './open-screen.tsx';
import { standInWorld } from './world.ts';

const ESC = '\x1b';
const PLAN = { probes: [probe('dmesg'), probe('ifconfig')], leftOut: LEFT_OUT };
const TAPS: readonly TapChoice[] = [
  { tap: 'tap107i0', nic: 'net0', vm: '107' },
  { tap: 'tap107i1', nic: 'net1', vm: '107' },
];

/** The app with the list of commands before it; what each plan was asked for is in `asked`. */
async function atList(
  machines: readonly CollectedMachine[],
  {
    taps = TAPS,
    size = {},
    refuses = '',
  }: { taps?: readonly TapChoice[]; size?: object; refuses?: string } = {},
) {
  let one: Puppet | undefined;
  const world = standInWorld({
    openCollection: async (_, watch) => {
      one = puppet(machines, PLAN, watch, taps);
      const { plan } = one;
      return {
        ...one,
        plan: async (choices) => {
          if (choices.tap !== undefined && choices.tap === refuses)
            throw new Error(`${refuses}: is no tap of a VM.`);
          return plan(choices);
        },
      };
    },
  });
  const screen = await openScreen(world, size);
  await screen.press('1', '1');
  return { screen, asked: () => one?.asked ?? [], started: () => one?.started ?? [] };
}

describe('which tap', () => {
  test('is asked where there are several, and the list is shown again before it runs', async () => {
    const { screen, asked, started } = await atList([machine(HOST)]);
    await screen.press('1', 't');
    expect(screen.text()).toContain('Listen on which tap?');
    expect(screen.text()).toMatch(/> 1 {2}all 2 of them\n {2}2 {2}tap107i0: net0 of VM 107\n/);
    await screen.press('3');
    expect(asked().at(-1)).toMatchObject({ vm: '107', tcpdump: true, tap: 'tap107i1' });
    expect(screen.text()).toContain('y runs these 2 commands');
    expect(started()).toEqual([]);
    await screen.press('t');
    expect(asked().at(-1)).toMatchObject({ vm: '107', tcpdump: false, tap: undefined });
  });

  test('one tap is no question, nor is a guest', async () => {
    const host = await atList([machine(HOST)], { taps: TAPS.slice(0, 1) });
    await host.screen.press('1', 't');
    expect(host.asked().at(-1)).toMatchObject({ tcpdump: true });
    const guest = await atList([machine(GUEST)], { taps: [] });
    await guest.screen.press('t');
    expect(guest.asked().at(-1)).toMatchObject({ tcpdump: true });
  });

  test('where none was found an interface is chosen, or named', async () => {
    const { screen, asked } = await atList([machine(HOST)], { taps: [{ tap: 'eno1' }, { tap: 'macvtap0' }] });
    await screen.press('1', 't');
    expect(screen.text()).toMatch(/No tap of the VM was found\. These are the interfaces of the host\./);
    expect(screen.text()).toMatch(
      /> 1 {2}eno1\n {2}2 {2}macvtap0\n {2}3 {2}none of them: only linux-host\/tcpdump/,
    );
    await screen.press('/', 'vif7\r');
    expect(screen.text()).toContain('> 1  vif7  as it was typed');
    await screen.press('\r');
    expect(asked().at(-1)).toMatchObject({ tcpdump: true, tap: 'vif7' });
  });

  test('one that the host does not have is told, and what was there before stays', async () => {
    const { screen, asked } = await atList([machine(HOST)], { refuses: 'tap9' });
    await screen.press('1', 't', '/', 'tap9\r', '\r');
    expect(screen.text()).toContain('tap9: is no tap of a VM.');
    expect(screen.text()).toContain('y runs these 2 commands');
    await screen.press('d', 'y');
    expect(asked().at(-1)).toEqual(expect.not.objectContaining({ tcpdump: true }));
  });

  test('Esc leaves the question and adds nothing', async () => {
    const { screen, asked } = await atList([machine(HOST)]);
    await screen.press('1', 't', ESC);
    await screen.settle(60);
    expect(screen.text()).toContain('y runs these 2 commands');
    expect(asked()).toHaveLength(1);
  });
});

describe('what may disturb', () => {
  test('is never on by itself, and has a yes of its own, which tells what it may do and for how long', async () => {
    const { screen, asked, started } = await atList([machine(HOST)]);
    await screen.press('1');
    expect(asked()[0]?.allowSystemChanges).toBeUndefined();
    expect(screen.text()).toMatch(/left out \(d tells what it may do, and adds it\): qemu\/announce-self/);
    await screen.press('d');
    expect(screen.text()).toContain('y adds this command to the list; nothing runs before your yes there.');
    expect(screen.text()).toContain('host# qm monitor 107 announce_self (at most 10 s)');
    expect(screen.text()).toContain('What it may do: sends five RARP frames, all within a second.');
    await screen.press('\r', ' ');
    expect(asked()).toHaveLength(1);
    await screen.press('y');
    expect(asked().at(-1)).toMatchObject({ vm: '107', allowSystemChanges: true });
    expect(started()).toEqual([]);
    await screen.press('d');
    expect(asked().at(-1)).toMatchObject({ allowSystemChanges: false });
  });

  test('Esc leaves it out; another VM asks anew', async () => {
    const { screen, asked } = await atList([machine(HOST)]);
    await screen.press('1', 'd', ESC);
    await screen.settle(60);
    expect(asked()).toHaveLength(1);
    await screen.press('d', 'y', ESC);
    await screen.settle(60);
    expect(screen.text()).toContain('Whose NIC misbehaves?');
    await screen.press('2');
    expect(asked().at(-1)).toMatchObject({ vm: '101' });
    expect(asked().at(-1)?.allowSystemChanges).toBeUndefined();
  });

  test('on the line that is left out, Enter does what its key does', async () => {
    const { screen } = await atList([machine(GUEST)], { taps: [] });
    await screen.press('j', 'j', 'j');
    expect(screen.text()).toMatch(/> {2}- {2}left out \(d tells/);
    expect(screen.text()).toMatch(/Left out: qemu\/announce-self \(qm monitor 107 announce_self\): sends/);
    await screen.press('\r');
    expect(screen.text()).toContain('Collect: what may disturb');
  });
});

test("a monitor's socket is named by hand", async () => {
  const { screen, asked } = await atList([machine(HOST)]);
  await screen.press('1', 'm', '/run/qmp\r');
  expect(asked().at(-1)).toMatchObject({ vm: '107', monitor: '/run/qmp' });
});

describe('a host with many VMs', () => {
  test('shows how many there are, and filters them', async () => {
    const { screen, asked } = await atList([machine(manyVms(40))]);
    expect(screen.text()).toContain('40 VMs are listed, those that run first.');
    expect(screen.text()).toMatch(/\(1 to \d+ of 42\)/);
    await screen.press('/', '11', '3');
    expect(screen.text()).toMatch(/> 1 {2}113 {2}web113\n\n/);
    await screen.press(ESC);
    await screen.settle(60);
    expect(screen.text()).toMatch(/\(1 to \d+ of 42\)/);
    await screen.press('/', '113 web\r');
    expect(screen.text()).toContain('Only with "113 web"; Esc shows all again.');
    expect(screen.text()).toMatch(/> 1 {2}113 {2}web113\n\n\n/);
    await screen.press(ESC);
    await screen.settle(60);
    expect(screen.text()).toMatch(/\(1 to \d+ of 42\)/);
    await screen.press('/', '113\r', '\r');
    expect(asked().at(-1)).toMatchObject({ vm: '113' });
  });

  test('says that all of them are too many', async () => {
    const { screen, asked } = await atList([machine(manyVms(40))]);
    await screen.press('G', 'k');
    expect(screen.text()).toMatch(/> {4}all 40 that run, the first 16 of them: many commands/);
    await screen.press('\r');
    expect(asked()[0]?.vm).toBeUndefined();
  });

  test('takes the id of one that the host did not list; nothing that could be an option', async () => {
    const { screen, asked } = await atList(
      [machine({ ...HOST, vms: [] })].map((one) => ({ ...one, machine: 'host' })),
    );
    expect(screen.text()).toContain('The host lists none, at least not to this user.');
    await screen.press('/', '--all\r');
    expect(screen.text()).not.toContain('as it was typed');
    await screen.press(ESC);
    await screen.settle(60);
    await screen.press('/', '142\r', '\r');
    expect(asked().at(-1)).toMatchObject({ vm: '142' });
  });

  test('none of them is none of them', async () => {
    const { screen, asked } = await atList([machine(HOST)]);
    await screen.press('G', '\r');
    expect(asked()[0]?.vm).toBeNull();
  });
});

test.each([
  [80, 24],
  [50, 14],
  [40, 10],
  [20, 5],
])('at %i x %i each question fits, with the chosen line on it', async (columns, rows) => {
  const { screen } = await atList([machine(manyVms(40))], { size: { columns, rows } });
  for (const keys of ['j', '/', 'web1\r', '\r', 'j', 'G', 't', 'j', ESC, 'd', ESC, 'm', ESC, 'y']) {
    await screen.press(keys);
    await screen.settle(60);
    expect(screen.rows().at(-1)).toBe('');
    expect(screen.rows()[0]).toMatch(/^vio-doc/);
    if (rows >= 10 && /which|Collect {2,}/.test(screen.rows()[0] ?? '') && keys !== 'y')
      expect(screen.text()).toMatch(/^> /m);
  }
});
