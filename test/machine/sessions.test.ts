import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { packetFile } from '../../src/machine/packet-file.ts';
import { keptSessions, readSession } from '../../src/machine/resume.ts';
import { openSession } from '../../src/machine/sessions.ts';
import type { Capture } from '../../src/model/capture.ts';
import type { Session } from '../../src/model/session.ts';

const scratch = () => mkdtempSync(join(tmpdir(), 'vio-doctor-test-'));
const capture = (name: string, text = `${name}\n`): Capture => ({
  name,
  side: 'guest',
  origin: 'pasted',
  text,
});
const session = (...captures: Capture[]): Session => ({
  captures,
  complaint: 'no-link',
  screen: 'plan',
  done: ['step'],
});

/** The one session in a folder: its folder and the index in it. */
function only(root: string) {
  const [id = ''] = readdirSync(root).filter((name) => !name.startsWith('aside'));
  return { id, folder: join(root, id), index: join(root, id, 'session.json') };
}

describe('a session', () => {
  test('comes back as it was kept', async () => {
    const root = scratch();
    const given = session(capture('paste-1'), capture('paste-2', 'vio0: x\x1b[2J\u{1f600}\n'));
    await openSession(root).keep(given);
    const [kept] = keptSessions(root);
    expect(kept).toMatchObject({ id: only(root).id, captures: 2 });
    expect(readSession(kept?.id ?? '', root)).toMatchObject({ session: given, lost: 0 });
  });

  test('keeps what was given after the fix apart', async () => {
    const root = scratch();
    const given = { ...session(capture('paste-1')), second: [capture('paste-1', 'fixed\n')] };
    await openSession(root).keep(given);
    expect(readSession(only(root).id, root)).toMatchObject({ session: given, lost: 0 });
  });

  test('keeps what was typed, where it was, and an export that was edited', async () => {
    const root = scratch();
    const given = {
      ...session(capture('paste-1')),
      edited: { format: 'github', isRedacted: true, text: 'mine\n' },
      about: 'OpenBSD 7.8, interface-down (vio1)',
      view: { filter: 'vio1', cursor: { plan: 3 }, prompt: { asks: 'open', text: '/var/lo' } },
    };
    await openSession(root).keep(given);
    expect(keptSessions(root)).toMatchObject([{ about: given.about }]);
    expect(readSession(only(root).id, root)).toMatchObject({ session: given, lost: 0 });
  });

  test('brings packets back, from memory and from a file', async () => {
    const root = scratch();
    const file = join(root, 'tap.pcap');
    writeFileSync(file, Buffer.from('d4c3b2a1020004', 'hex'));
    const inMemory = { ...capture('a', ''), bytes: [Uint8Array.of(1, 2), Uint8Array.of(255)] };
    const ofFile = { ...capture('b', ''), ...packetFile(file) };
    const sessions = join(root, 'sessions');
    await openSession(sessions).keep(session(inMemory, ofFile));
    const [first, second] = readSession(only(sessions).id, sessions).session.captures;
    expect([...(first?.bytes ?? [])]).toEqual(inMemory.bytes);
    expect(Buffer.concat([...(second?.bytes ?? [])]).toString('hex')).toBe('d4c3b2a1020004');
  });

  test('is for its owner only', async () => {
    const root = scratch();
    await openSession(root).keep(session(capture('paste-1')));
    const { folder } = only(root);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test('of changes in a row holds the last one, and no capture that was taken back', async () => {
    const root = scratch();
    const { keep } = openSession(root);
    const [a, b] = [capture('paste-1'), capture('paste-2')];
    await Promise.all([session(a), session(a, b), session(b)].map(keep));
    expect(readSession(only(root).id, root).session.captures).toEqual([b]);
    expect(readdirSync(only(root).folder)).toHaveLength(2);
  });

  test('writes a large capture once', async () => {
    const root = scratch();
    const { keep } = openSession(root);
    const large = capture('paste-1', 'x'.repeat(5_000_000));
    await keep(session(large));
    const file = join(
      only(root).folder,
      readdirSync(only(root).folder).find((name) => name !== 'session.json') ?? '',
    );
    const { mtimeMs } = statSync(file);
    await keep({ ...session(large), screen: 'export' });
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
    expect(readSession(only(root).id, root).session.screen).toBe('export');
  });

  test('writes the index alone at a key, and not at each of them', async () => {
    const root = scratch();
    const { keep } = openSession(root);
    const large = session(capture('paste-1', 'x'.repeat(5_000_000)));
    await keep(large);
    const { folder, index } = only(root);
    const kept = readdirSync(folder);
    const indexes = new Set<number>();
    const typed: Promise<void>[] = [];
    for (let key = 0; key < 100; key++) {
      typed.push(keep({ ...large, view: { prompt: 'x'.repeat(key) } }));
      await new Promise((resolve) => setTimeout(resolve, 2));
      indexes.add(statSync(index).ino);
    }
    await Promise.all(typed);
    expect(readdirSync(folder)).toEqual(kept);
    expect(statSync(index).size).toBeLessThan(1000);
    expect(indexes.size).toBeLessThan(20);
    expect(readSession(only(root).id, root).session.view).toEqual({ prompt: 'x'.repeat(99) });
  });

  test('that nothing is worth any more goes', async () => {
    const root = scratch();
    const { keep, hasKept } = openSession(root);
    await keep(null);
    await keep(session(capture('paste-1')));
    expect(hasKept()).toBe(true);
    await keep(null);
    expect([readdirSync(root), hasKept()]).toEqual([[], false]);
  });

  test('too large is not kept, and says so', async () => {
    const huge = capture('paste-1', 'x'.repeat(70_000_000));
    await expect(openSession(scratch()).keep(session(huge))).rejects.toThrow('more than 64 MB');
    const packets = { ...capture('a', ''), bytes: [new Uint8Array(70_000_000)] };
    await expect(openSession(scratch()).keep(session(packets))).rejects.toThrow('more than 64 MB');
  });

  test('where nothing can be written says so', async () => {
    const file = join(scratch(), 'file');
    writeFileSync(file, '');
    await expect(openSession(file).keep(session(capture('a')))).rejects.toThrow(/^the session is not kept: /);
  });
});

describe('a session that was left', () => {
  test('is offered beside the one that was begun after it', async () => {
    const root = scratch();
    const { keep, leave, others } = openSession(root);
    await keep(session(capture('a')));
    expect(others()).toEqual([]);
    await leave();
    await keep(session(capture('b'), capture('c')));
    expect(others()).toMatchObject([{ captures: 1 }]);
  });

  test('is gone on with by one alone, in its own files', async () => {
    const root = scratch();
    await openSession(root).keep(session(capture('a', 'x'.repeat(1000))));
    const { id, folder } = only(root);
    const [file = ''] = readdirSync(folder).filter((name) => name !== 'session.json');
    const { ino } = statSync(join(folder, file));
    const second = openSession(root);
    const read = await second.resume(id);
    expect([second.others(), second.hasKept()]).toEqual([[], true]);
    await second.keep({ ...read.session, screen: 'export' });
    expect(statSync(join(only(root).folder, file)).ino).toBe(ino);
    await expect(openSession(root).resume(id)).rejects.toThrow('somebody goes on with it elsewhere');
  });

  test('of a version without places and things typed is gone on with', async () => {
    const root = scratch();
    const folder = join(root, '20200101000000-7');
    mkdirSync(folder);
    const name = `${'0'.repeat(24)}.json`;
    writeFileSync(join(folder, name), JSON.stringify(capture('a')));
    const index = { version: 1, pid: 7, saved: '', complaint: 'flaps', screen: 'plan', done: ['a'] };
    writeFileSync(join(folder, 'session.json'), JSON.stringify({ ...index, captures: [name] }));
    const { session: read, lost } = await openSession(root).resume('20200101000000-7');
    expect([read, lost]).toEqual([
      { captures: [capture('a')], complaint: 'flaps', screen: 'plan', done: ['a'] },
      0,
    ]);
  });
});

describe('a session that is', () => {
  test.each([
    ['cut short', '{"version":1,"pid":', /its index cannot be read/],
    ['no object', '7', /its index cannot be read/],
    ['of a newer program', '{"version":2}', /of version 2, made by another vio-doctor/],
  ])('%s is put aside and told, and not offered again', async (_, text, says) => {
    const root = scratch();
    await openSession(root).keep(session(capture('a')));
    const { id, index } = only(root);
    writeFileSync(index, text);
    expect(() => readSession(id, root)).toThrow(says);
    expect(readdirSync(root)).toEqual([`aside-${id}`]);
    expect(keptSessions(root)).toEqual([]);
  });

  test('broken in a capture gives the others', async () => {
    const root = scratch();
    await openSession(root).keep(session(capture('a'), capture('b')));
    const { id, folder, index } = only(root);
    const [first] = JSON.parse(readFileSync(index, 'utf8')).captures;
    writeFileSync(join(folder, first), '{"name":');
    expect(readSession(id, root)).toMatchObject({ session: { captures: [capture('b')] }, lost: 1 });
  });

  test('hostile reads no file elsewhere', async () => {
    const root = scratch();
    await openSession(root).keep(session(capture('a')));
    const { id, index } = only(root);
    const given = {
      ...JSON.parse(readFileSync(index, 'utf8')),
      captures: ['../../../etc/passwd', 7],
      complaint: {},
    };
    writeFileSync(index, JSON.stringify(given));
    expect(readSession(id, root)).toMatchObject({ session: { captures: [], complaint: null }, lost: 2 });
  });

  test('somebody else in says by whom it is held', async () => {
    const root = scratch();
    await openSession(root).keep(session(capture('a')));
    const { index } = only(root);
    const given = JSON.parse(readFileSync(index, 'utf8'));
    writeFileSync(index, JSON.stringify({ ...given, pid: process.ppid }));
    expect(keptSessions(root)).toMatchObject([{ heldBy: process.ppid }]);
  });

  test.skipIf(process.platform !== 'linux')('of a process whose number another one has now is', async () => {
    const root = scratch();
    await openSession(root).keep(session(capture('a')));
    const { index } = only(root);
    const given = JSON.parse(readFileSync(index, 'utf8'));
    // After the machine's start, before that of this program's parent.
    const saved = new Date(Date.now() - (uptime() - 1) * 1000).toISOString();
    writeFileSync(index, JSON.stringify({ ...given, pid: process.ppid, saved }));
    expect(keptSessions(root)).toEqual([expect.not.objectContaining({ heldBy: process.ppid })]);
  });
});

test.skipIf(process.platform !== 'linux')(
  'a process that has ended holds none, though its number is still there',
  async () => {
    const root = scratch();
    await openSession(root).keep(session(capture('a')));
    const { index } = only(root);
    const given = JSON.parse(readFileSync(index, 'utf8'));
    // The child of a shell that has become another program, which does not ask for its end.
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 20']);
    const pid = Number(String((await once(parent.stdout, 'data'))[0]));
    await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /));
    writeFileSync(index, JSON.stringify({ ...given, pid, saved: new Date().toISOString() }));
    expect(keptSessions(root)).toEqual([expect.not.objectContaining({ heldBy: pid })]);
    parent.kill();
  },
);

test('only some old sessions are let stand, the newest', async () => {
  const root = scratch();
  for (let year = 2010; year < 2020; year++) {
    const folder = join(root, `${year}0101000000-7`);
    mkdirSync(folder);
    const index = { version: 1, pid: 0, saved: `${year}-01-01T00:00:00.000Z`, captures: [] };
    writeFileSync(join(folder, 'session.json'), JSON.stringify(index));
  }
  for (let year = 2010; year < 2020; year++) mkdirSync(join(root, `aside-${year}0101000000-7`));
  await openSession(root).keep(session(capture('a')));
  const [own, ...others] = readdirSync(root)
    .sort()
    .reverse()
    .filter((name) => !name.startsWith('aside-'));
  expect(own).toMatch(/^2[1-9]|^20[2-9]/);
  expect(others.map((name) => name.slice(0, 4))).toEqual(['2019', '2018', '2017', '2016']);
  expect(readdirSync(root).filter((name) => name.startsWith('aside-'))).toHaveLength(4);
});
