import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUNDLE, run, scratch } from './run.ts';
import { environment, openbsdGuest, processes } from './stubs.ts';

// Commands of a guest that cannot exist here are stood in for by small programs that print captures of fixtures/cases.

async function collect(folder: string, ...args: string[]) {
  const file = join(scratch(), 'bundle.txt');
  const words = ['collect', '--as', 'guest', '-y', '--interval', '1', '-o', file, ...args];
  const ran = await run(words, { env: environment(folder) });
  return { ...ran, file, text: existsSync(file) ? readFileSync(file, 'utf8') : '' };
}

describe('a guest that stands in for OpenBSD', () => {
  test('is collected, and its bundle gives the diagnosis', async () => {
    const { code, err, file, text } = await collect(openbsdGuest({}));
    expect(code, err).toBe(0);
    expect(text).toMatch(/^# vio-doctor bundle 1\n/);
    expect(text).toMatch(/\n#== done \d+\n$/);
    expect(err).toContain('None of these changes anything.');
    const { out } = await run(['diagnose', '--json', file]);
    expect(JSON.parse(out).findings[0]).toMatchObject({
      fault: 'interface-down',
      nic: 'vio1',
      standing: 'certain',
    });
  });

  test('what is read twice has two sections, the second later', async () => {
    const { text } = await collect(openbsdGuest({}));
    const taken = [...text.matchAll(/^#== run netstat -in\n#== taken (\S+)$/gm)].map(
      ([, time]) => time ?? '',
    );
    expect(taken).toHaveLength(2);
    expect(Date.parse(taken[1] ?? '')).toBeGreaterThan(Date.parse(taken[0] ?? ''));
  });

  test('looking at the link comes after what looking changes', async () => {
    const { text } = await collect(openbsdGuest({}));
    const order = [...text.matchAll(/^#== begin \d+ guest openbsd\/(\S+)$/gm)].map(([, id]) => id);
    expect(order.indexOf('route')).toBeLessThan(order.indexOf('ifconfig'));
  });

  test('a missing, a dying and a refused command are evidence, not errors', async () => {
    const { code, text } = await collect(
      openbsdGuest({ pcidump: 'kill -9 $$', dhcpleasectl: 'echo no; exit 126' }),
    );
    expect(code).toBe(0);
    expect(sectionOf(text, 'openbsd/pcidump')).toMatch(/#== end \d+ killed /);
    expect(sectionOf(text, 'openbsd/dhcpleasectl')).toMatch(/no\n#== end \d+ refused /);
    expect(sectionOf(text, 'openbsd/kstat')).toMatch(/#== end \d+ missing /);
  });

  test('a command that hangs is stopped after its time, and nothing of it is left running', async () => {
    const { code, text } = await collect(openbsdGuest({ pcidump: 'echo begun; sleep 4321 & sleep 4322' }));
    expect(code).toBe(0);
    expect(sectionOf(text, 'openbsd/pcidump')).toMatch(/begun\n#== end \d+ timed-out /);
    expect(processes()).not.toMatch(/sleep\x00432[12]/);
  });

  test('a command without end is cut at its limit, in bounded memory', async () => {
    const { code, text, peakMegabytes } = await collect(
      openbsdGuest({
        pcidump: "exec /usr/bin/yes 'a line of a very long output' | /usr/bin/head -c 1000000000",
      }),
    );
    expect(code).toBe(0);
    expect(sectionOf(text, 'openbsd/pcidump')).toMatch(/#== end \d+ too-large /);
    expect(text.length).toBeLessThan(2_000_000);
    expect(peakMegabytes).toBeLessThan(250);
  });

  test('a disk that is full keeps whole sections, and says so', async () => {
    const file = join(scratch(), 'bundle.txt');
    const folder = openbsdGuest({ ifconfig: `exec /usr/bin/head -c 60000 /dev/zero | /usr/bin/tr '\\0' x` });
    const words = [BUNDLE, 'collect', '--as', 'guest', '-y', '--interval', '1', '-o', file];
    // 16 blocks of 512 bytes: the listing does not fit.
    const child = spawn(
      'sh',
      ['-c', 'ulimit -f 16; trap "" XFSZ; exec "$@"', 'sh', process.execPath, ...words],
      {
        env: environment(folder),
      },
    );
    const err: Buffer[] = [];
    child.stderr.on('data', (bytes) => err.push(bytes));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(66);
    expect(Buffer.concat(err).toString()).toMatch(/not written/);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^# vio-doctor bundle 1\n/);
    expect(text.endsWith('\n')).toBe(true);
    expect(text.match(/^#== begin /gm)?.length).toBe(text.match(/^#== end /gm)?.length);
  });

  test('Ctrl-C keeps what is there, names what is missing, and ends what runs', async () => {
    const file = join(scratch(), 'bundle.txt');
    const folder = openbsdGuest({ ifconfig: 'echo half; exec /bin/sleep 5432' });
    const words = [BUNDLE, 'collect', '--as', 'guest', '-y', '-o', file];
    const child = spawn(process.execPath, words, { env: environment(folder) });
    let err = '';
    let isAsked = false;
    child.stderr.on('data', (bytes) => {
      err += bytes;
      if (isAsked || !/collecting[\s\S]*guest: dmesg/.test(err)) return;
      isAsked = true;
      setTimeout(() => child.kill('SIGINT'), 500);
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code, err).toBe(2);
    const text = readFileSync(file, 'utf8');
    expect(sectionOf(text, 'openbsd/dmesg')).toMatch(/exit-0/);
    expect(sectionOf(text, 'openbsd/ifconfig')).toMatch(/half\n#== end \d+ stopped /);
    expect(sectionOf(text, 'openbsd/pcidump')).toMatch(/#== end \d+ stopped lines 0 /);
    expect(processes()).not.toMatch(/sleep\x005432/);
    const { out } = await run(['diagnose', '--json', file]);
    expect(JSON.parse(out).samples.length).toBeGreaterThan(0);
  });

  test('two collections at once, into one name: both are kept', async () => {
    const folder = openbsdGuest({});
    const file = join(scratch(), 'bundle.txt');
    const words = ['collect', '--as', 'guest', '-y', '--interval', '1', '-o', file];
    const both = await Promise.all([1, 2].map(() => run(words, { env: environment(folder) })));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const written = readdirSync(join(file, '..')).filter((name) => name.startsWith('bundle.txt'));
    expect(written).toHaveLength(2);
    for (const name of written)
      expect(readFileSync(join(file, '..', name), 'utf8')).toMatch(/#== done \d+\n$/);
  });

  test('a second collection is put behind the first one', async () => {
    const folder = openbsdGuest({});
    const first = await collect(folder);
    await run(['collect', '--as', 'guest', '-y', '--interval', '1', '-o', first.file], {
      env: environment(folder),
    });
    const text = readFileSync(first.file, 'utf8');
    expect(text.startsWith(first.text)).toBe(true);
    expect(text.match(/^#== done /gm)).toHaveLength(2);
  });

  test('a file that is no bundle is left alone', async () => {
    const file = join(scratch(), 'thesis.txt');
    writeFileSync(file, 'years of work\n');
    const words = ['collect', '--as', 'guest', '-y', '-o', file];
    const { code, err } = await run(words, { env: environment(openbsdGuest({})) });
    expect(code).toBe(66);
    expect(err).toContain('is no bundle');
    expect(readFileSync(file, 'utf8')).toBe('years of work\n');
  });

  test('nobody there to say yes: nothing is run', async () => {
    const marker = join(scratch(), 'ran');
    const folder = openbsdGuest({ pcidump: `touch '${marker}'` });
    const { code, err } = await run(['collect', '--as', 'guest'], { env: environment(folder) });
    expect(code).toBe(64);
    expect(err).toMatch(/pcidump -v/);
    expect(err).toMatch(/give --yes/);
    expect(existsSync(marker)).toBe(false);
  });
});

function sectionOf(text: string, probe: string): string {
  const from = text.indexOf(` guest ${probe}\n`);
  return from < 0 ? '' : text.slice(from, text.indexOf('\n', text.indexOf('\n#== end ', from) + 1) + 1);
}
