import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { findInputs } from '../../src/machine/find-inputs.ts';
import { readList } from '../../src/machine/read-list.ts';

const BUNDLE = '# vio-doctor bundle 1\n';

function tree(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vio-doctor-scan-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Name of each case and how many files it has. */
function found(folder: string, eachFile = false): [string, number][] {
  return [...findInputs(folder, { eachFile })].map((input) => [
    relative(folder, input.name),
    'paths' in input ? input.paths.length : -1,
  ]);
}

describe('findInputs', () => {
  test('what belongs together is one case', () => {
    const folder = tree({
      'one.txt': 'vio0: flags',
      'two.log': 'vio1: flags',
      'fw1/dmesg.txt': 'a',
      'fw1/ifconfig.txt': 'b',
      'fw1/old/dmesg.txt': 'c',
      'fw2/guest/dmesg.txt': 'd',
      'fw2/host/qm.txt': 'e',
      'fw2/case.yaml': 'what: x',
      'fw3/case.yaml': 'what: x',
      'fw3/thread.txt': 'x',
      'fw3/answer.txt': 'y',
      'month/a.txt': `${BUNDLE}a`,
      'month/b.txt': `${BUNDLE}b`,
      'month/report.txt': '\n==== general system info ====\n',
      'month/mail.eml': 'From: a@example.org\nSubject: x\n',
      'month/sos.tar.gz': Buffer.from('1f8b0800', 'hex'),
      'month/case1.txt': 'x',
      'month/case2.txt': 'y',
      'all/host/a.tar.gz': Buffer.from('1f8b0800', 'hex'),
      'all/host/b.txt': `${BUNDLE}a`,
      'sosreport-x/sos_commands/networking/ip_-s_-d_link': 'f',
      'sosreport-x/etc/hosts': 'g',
      '.git/config': 'h',
    });
    expect(found(folder)).toEqual([
      ['one.txt', 1],
      ['two.log', 1],
      ['all/host/a.tar.gz', 1],
      ['all/host/b.txt', 1],
      ['fw1', 2],
      ['fw1/old/dmesg.txt', 1],
      ['fw2', 1],
      ['fw3', 1],
      ['month/a.txt', 1],
      ['month/b.txt', 1],
      ['month/mail.eml', 1],
      ['month/report.txt', 1],
      ['month/sos.tar.gz', 1],
      ['month/case1.txt', 1],
      ['month/case2.txt', 1],
      ['sosreport-x', 1],
    ]);
    expect(found(join(folder, 'fw1'), true).map(([name]) => name)).toEqual([
      'dmesg.txt',
      'ifconfig.txt',
      'old/dmesg.txt',
    ]);
  });

  test('links, pipes and devices are passed by; nothing hangs, nothing is read outside', () => {
    const folder = tree({ 'a/real.txt': 'x' });
    symlinkSync('..', join(folder, 'a/up'));
    symlinkSync('/etc', join(folder, 'etc'));
    symlinkSync('/etc/passwd', join(folder, 'passwd'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(found(folder)).toEqual([['a/real.txt', 1]]);
    expect([...findInputs(join(folder, 'pipe'), { eachFile: false })][0]).toMatchObject({
      error: expect.stringContaining('neither'),
    });
  });

  test('what is not there or not to be entered is told', () => {
    expect([...findInputs('/nonexistent', { eachFile: false })]).toEqual([
      { name: '/nonexistent', error: 'no such file or folder.' },
    ]);
    const folder = tree({ 'shut/a.txt': 'x', 'b.txt': 'y' });
    chmodSync(join(folder, 'shut'), 0);
    const names = found(folder).map(([name]) => name);
    expect(names).toEqual(process.getuid?.() === 0 ? ['b.txt', 'shut/a.txt'] : ['b.txt', 'shut']);
    chmodSync(join(folder, 'shut'), 0o700);
  });
});

describe('readList', () => {
  const list = async (...parts: string[]) => {
    const paths: string[] = [];
    for await (const path of readList(Readable.from(parts))) paths.push(path);
    return paths;
  };

  test('one a line, however it is cut; NUL as find -print0 has it', async () => {
    const bytes = Buffer.from('a\u00e4\nb');
    const cut = [bytes.subarray(0, 2), bytes.subarray(2)];
    const paths: string[] = [];
    for await (const path of readList(Readable.from(cut))) paths.push(path);
    expect(paths).toEqual(['a\u00e4', 'b']);
    expect(await list('a b\nc/', 'd\r\n', '\ne')).toEqual(['a b', 'c/d', 'e']);
    expect(await list('a\nb\0', 'c\0')).toEqual(['a\nb', 'c']);
    expect(await list('')).toEqual([]);
  });
});
