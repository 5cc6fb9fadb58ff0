import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openSession } from '../../src/machine/sessions.ts';
import type { Survey } from '../../src/model/survey.ts';
import type { World } from '../../src/ui/world.ts';
import { GUEST, HOST, machine, type Puppet, probe, puppet } from './collection.ts';
import { openScreen, type Screen } from './open-screen.tsx';
import { IFCONFIG, standInWorld } from './world.ts';

const ESC = '\x1b';
const DMESG = 'vio1 at virtio4: 1 queue, address c2:8a:93:59:9a:0a\nvirtio4: msix per-VQ\n';
const FIXED = IFCONFIG.replace('2008802<', '2008843<UP,RUNNING,').replace('no carrier', 'active');
const LINUX =
  '2: eth0: <BROADCAST,UP> mtu 1500 qdisc fq state UP\n    link/ether bc:24:11:00:00:05 brd ff:ff:ff:ff:ff:ff\n';

/** The app over sessions in a folder, as a process of its own. */
async function app(root: string, start: { resume?: boolean } = {}, other: Partial<World> = {}) {
  const session = openSession(root);
  const world = standInWorld({
    keep(given) {
      keeping = session.keep(given);
      return keeping;
    },
    leaveSession: session.leave,
    keptSessions: async () => session.others(),
    resume: session.resume,
    ...other,
  });
  return openScreen(world, start);
}

/** The disk may be slow. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 20 });

const scratch = () => mkdtempSync(join(tmpdir(), 'vio-doctor-test-'));
/** Until what was given last is on the disk. */
let keeping = Promise.resolve();

/** What is pasted, and the keys; each is one read. */
type Given = readonly (readonly ['paste', string] | string)[];

async function give(screen: Screen, given: Given): Promise<void> {
  for (const one of given)
    if (typeof one === 'string') await screen.press(one);
    else await screen.paste(one[1]);
}

const paste = (text: string) => ['paste', text] as const;

describe('a crash and --resume lead back to', () => {
  test.each<[string, Given]>([
    ['the chosen finding', [paste(DMESG), paste(IFCONFIG), '2']],
    ['a place further down in the findings', [paste(IFCONFIG), `${ESC}[6~`]],
    ['what was filtered for', [paste(IFCONFIG), '/', 'possible\r', 'j']],
    ['the evidence of a finding, its file and place', [paste(DMESG), paste(IFCONFIG), '2', 'e', '\t', 'j']],
    ['a search in it', [paste(IFCONFIG), 'e', '/', 'groups\r']],
    ['long lines that are scrolled', [paste(IFCONFIG), 'e', 'l']],
    ['a plan, its step and the done ones', [paste(IFCONFIG), 'p', ' ', ' ', 'j']],
    ['the other plan', [paste(IFCONFIG), 'p', '\t', 'j']],
    ['an export and its redaction', [paste(IFCONFIG), 'x', '4', 'r', 'j']],
    ['what stands for what', [paste(IFCONFIG), 'x', 's']],
    ['an edited export', [paste(IFCONFIG), 'x', '2', 'E']],
    ['the command to run next', [paste(DMESG), 'a', 'j']],
    ['what was pasted as an answer', [paste(DMESG), 'a', 'j', paste(IFCONFIG)]],
    ['the question whose a paste is', [paste(LINUX)]],
    ['its answer', [paste(LINUX), '1']],
    ['two such questions', [paste(LINUX), paste(LINUX.replaceAll('eth0', 'eth1'))]],
    ['the second of them', [paste(LINUX), paste(LINUX.replaceAll('eth0', 'eth1')), '1']],
    ['the question what is seen', [paste(IFCONFIG), 'c', 'j', 'j']],
    ['the start, with what was said', [paste(IFCONFIG), 'c', '8', ESC]],
    ['the keys', [paste(IFCONFIG), 'p', '?', 'j']],
    ['how to look again', [paste(IFCONFIG), 'r']],
    ['what was given after the fix', [paste(IFCONFIG), 'p', ' ', 'r', paste(FIXED)]],
    ['the plan, while there is something given after the fix', [paste(IFCONFIG), 'r', paste(FIXED), 'p']],
    ['a half typed path', ['o', '/var/log/mess', `${ESC}[D`]],
    ['a half typed guest', ['2', 'root@f']],
    ['a half typed host, and the guest before it', ['2', 'root@fw\r', 'root@pv']],
    ['a half typed search', [paste(IFCONFIG), 'e', '/', 'vi']],
    ['a half typed filter', [paste(IFCONFIG), '/', 'vi']],
    ['a file name to write to', [paste(IFCONFIG), 'x', 'w', '.bak']],
    ['the file name of a plan', [paste(IFCONFIG), 'p', 'w', '.bak']],
  ])('%s', async (_, given) => {
    const root = scratch();
    const edit = async (text: string) => `MINE\n${text}`;
    const first = await app(root, {}, { edit });
    await give(first, given);
    await keeping;
    const second = await app(root, { resume: true });
    await eventually(() => expect(shown(second)).toEqual(shown(first)));
  });
});

test('of each of two pastes is asked, in their order, also after a crash before that', async () => {
  const root = scratch();
  const first = await app(root, {}, { diagnose: () => new Promise(() => undefined) });
  await give(first, [paste(LINUX), paste(LINUX.replaceAll('eth0', 'eth1'))]);
  await keeping;
  const second = await app(root, { resume: true });
  await eventually(() => expect(second.text()).toMatch(/^paste-1 \(Linux ip link.*may be of either/m));
  await second.press('1');
  await eventually(() => expect(second.text()).toMatch(/^paste-2 \(Linux ip link.*may be of either/m));
  await second.press(ESC);
  await second.settle(60);
  expect(second.text()).not.toContain('may be of either machine');
  await keeping;
  const third = await app(root, { resume: true });
  await eventually(() => expect(third.text()).toContain('vio-doctor: Findings'));
  expect(third.text()).not.toContain('may be of either machine');
});

describe('a collection', () => {
  const PLAN = { probes: [probe('dmesg'), probe('ifconfig', { argv: ['ifconfig', '-A'] })], leftOut: [] };
  /** Collects of such machines; the collections that were opened. */
  const collecting = (survey: Survey) => {
    const opened: Puppet[] = [];
    const openCollection: World['openCollection'] = async (of, watch) => {
      opened.push(puppet([machine(survey, of.guest)], PLAN, watch));
      return opened.at(-1) as Puppet;
    };
    return { opened, openCollection };
  };

  test('over ssh comes back to its question, and connects only after another yes', async () => {
    const root = scratch();
    const first = await app(root, {}, collecting(GUEST));
    await give(first, ['2', 'root@fw\r', '\r', '1', 'y', ' ']);
    expect(first.text()).toMatch(/\[ \] dmesg/);
    await keeping;
    const { opened, openCollection } = collecting(GUEST);
    const second = await app(root, { resume: true }, { openCollection });
    await eventually(() => expect(second.text()).toContain('guest: root@fw'));
    expect(opened).toEqual([]);
    await second.press('y');
    expect(second.text()).toMatch(/\[ \] dmesg/);
    expect(second.text()).toMatch(/\[x\] ifconfig -A/);
  });

  test.each<[string, Survey, Given]>([
    ['of this machine', GUEST, ['1', '2', ' ']],
    ['of a VM', HOST, ['1', '2', '1', ' ']],
  ])('%s comes back to its list, with what was ticked', async (_, survey, given) => {
    const root = scratch();
    const first = await app(root, {}, collecting(survey));
    await give(first, given);
    expect(first.text()).toMatch(/\[ \] dmesg/);
    await keeping;
    const { opened, openCollection } = collecting(survey);
    const second = await app(root, { resume: true }, { openCollection });
    await eventually(() => expect(shown(second)).toEqual(shown(first)));
    expect(opened[0]?.asked[0]?.vm).toBe(survey === HOST ? '107' : undefined);
  });

  test('is done again after the fix, also in a session that is gone on with', async () => {
    const root = scratch();
    const { opened, openCollection } = collecting(GUEST);
    const first = await app(root, {}, { openCollection });
    await give(first, ['1', '2', 'y']);
    for (const name of ['dmesg', 'ifconfig -A']) opened.at(-1)?.end(name);
    await eventually(() => expect(first.rows()[0]).toContain('Findings'));
    await first.press('r');
    expect(first.text()).toContain('Let the app run its commands again (r)');
    await keeping;
    const again = collecting(GUEST);
    const second = await app(root, { resume: true }, again);
    await eventually(() => expect(shown(second)).toEqual(shown(first)));
    await second.press('r', 'y');
    expect(again.opened.at(-1)?.started).toEqual(['dmesg', 'ifconfig -A']);
    for (const name of ['dmesg', 'ifconfig -A']) again.opened.at(-1)?.end(name);
    await eventually(() => expect(second.rows()[0]).toContain('Compare: before, and now'));
    expect(second.text()).toContain('STILL THERE: interface-down');
  });
});

describe('several sessions', () => {
  test('are offered at the start, the newest first; not the one that one is in', async () => {
    const root = scratch();
    for (const text of [DMESG, IFCONFIG]) {
      const screen = await app(root);
      await screen.paste(text);
      await keeping;
    }
    const screen = await app(root);
    expect(offers(screen)).toEqual([
      expect.stringMatching(/UTC: OpenBSD, interface-down \(vio1\)/),
      expect.stringMatching(/UTC: OpenBSD 7.7 or later, nothing found/),
    ]);
    await screen.press(/(\d) {2}Go on .*interface-down/.exec(screen.text())?.[1] ?? '');
    await eventually(() => expect(screen.text()).toContain('Fault: the interface is not up'));
    await screen.press(ESC);
    await screen.settle(60);
    expect(offers(screen)).toEqual([expect.not.stringMatching(/interface-down/)]);
  });

  test('of which another process holds the only one, that is told', async () => {
    const held = { id: 'a', saved: '2026-11-27T03:12:00.000Z', captures: 1, about: '', heldBy: 4711 };
    const other = { keptSessions: async () => [held] };
    const screen = await app(scratch(), { resume: true }, other);
    await eventually(() =>
      expect(screen.text()).toMatch(/session of 2026-11-27 03:12 UTC is still open in process 4711/),
    );
    expect(offers(screen)).toEqual([]);
  });

  test('the built-in case puts one aside, to which one goes back', async () => {
    const screen = await app(scratch());
    await screen.paste(IFCONFIG);
    await screen.press(ESC);
    await screen.settle(60);
    await screen.press('d');
    await eventually(() => expect(screen.text()).toContain('Yours is kept: the start offers it.'));
    await screen.press(ESC);
    await screen.settle(60);
    await screen.press(/(\d) {2}Go on/.exec(screen.text())?.[1] ?? '');
    await eventually(() => expect(screen.text()).toContain('Findings so far (f; 1 capture)'));
    expect(offers(screen)).toEqual([]);
  });

  test('who quits before anything was given leaves none', async () => {
    const root = scratch();
    const screen = await app(root);
    await screen.press('c', '8', 'o', '/var', ESC);
    await screen.settle(60);
    await screen.press('q');
    await keeping;
    expect(offers(await app(root))).toEqual([]);
  });

  test('a paste that was taken back is not kept', async () => {
    const root = scratch();
    const screen = await app(root);
    await screen.paste(IFCONFIG);
    await screen.press('u');
    await keeping;
    expect(offers(await app(root))).toEqual([]);
  });
});

function offers(screen: Screen): string[] {
  return screen.rows().filter((row) => row.includes('Go on with '));
}

/** Without the message, which is of the moment. */
function shown(screen: Screen): string[] {
  const rows = screen.rows();
  const isAsking = rows.some((row) => row.startsWith('enter done'));
  return isAsking ? rows : rows.toSpliced(-3, 2);
}
