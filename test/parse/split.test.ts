import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Capture } from '../../src/model/capture.ts';
import { readPrompt } from '../../src/parse/prompt.ts';
import { readCapture } from '../../src/parse/read-capture.ts';

const capture = (text: string): Capture => ({ name: 'paste-1', side: 'unknown', origin: 'pasted', text });
const kindsOf = (text: string) =>
  readCapture(capture(text)).samples.map(({ kind, rows }) => [kind, rows.length]);

describe('readPrompt', () => {
  test.each([
    ['$ dmesg | grep vio0', 'dmesg | grep vio0'],
    ['# ifconfig -A', 'ifconfig -A'],
    ['vm# ifconfig vio1', 'ifconfig vio1'],
    ['root@pve:~# qm config 107', 'qm config 107'],
    ['[root@host ~]# bridge vlan show', 'bridge vlan show'],
    ['(qemu) info network', 'info network'],
    ['qm> info pci', 'info pci'],
    ['$ doas pcidump -v', 'pcidump -v'],
    ['# ifconfig vio1 # the bad one', 'ifconfig vio1'],
  ])('%s', (text, command) => {
    expect(readPrompt(text)?.command).toBe(command);
  });

  test.each(['vio0: flags=8843<UP> mtu 1500', 'plain words', '#1: a heading', 'lladdr c2:8a:93:59:9a:0a'])(
    '%s is none',
    (text) => {
      expect(readPrompt(text)).toBeUndefined();
    },
  );
});

describe('split', () => {
  test('prose around and between outputs stays loose', () => {
    const text = [
      'Hello, this is my guest:',
      'kern.version=OpenBSD 7.8 (GENERIC) #1: Sun Oct 12 10:22:41 MDT 2025',
      'hw.ncpu=2',
      '',
      'and that was it.',
    ].join('\n');
    expect(kindsOf(text)).toEqual([['openbsd/sysctl', 2]]);
    expect(readCapture(capture(text)).loose.map((row) => row.at[0].number)).toEqual([1, 5]);
  });

  test('a command line says what follows, and is told as the reason', () => {
    const [sample] = readCapture(capture('fw# sysctl hw.ncpu\nhw.ncpu=2\n')).samples;
    expect(sample).toMatchObject({
      kind: 'openbsd/sysctl',
      command: 'sysctl hw.ncpu',
      why: 'the command above it: sysctl hw.ncpu',
    });
  });

  test('two runs of one command are two samples: two readings', () => {
    expect(kindsOf('$ sysctl hw.ncpu\nhw.ncpu=2\n$ sysctl hw.ncpu\nhw.ncpu=4\n')).toEqual([
      ['openbsd/sysctl', 1],
      ['openbsd/sysctl', 1],
    ]);
  });

  test('every line of any text is in a sample, loose, blank, a prompt or a fence', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'hw.ncpu=2',
        'vio0 at virtio2: address c6:82:da:26:a6:5b',
        '\tstatus: active',
        '```',
        '$ dmesg',
        '',
        'prose here',
      ),
      fc.string({ maxLength: 60 }).filter((text) => !/[\n\r]/.test(text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (lines) => {
        const { samples, loose } = readCapture(capture(lines.join('\n')));
        const kept = [...samples.flatMap(({ rows }) => rows), ...loose].flatMap((row) =>
          row.at.map(({ number }) => number),
        );
        expect(Math.max(0, ...kept)).toBeLessThanOrEqual(lines.length);
        for (const { rows, notUnderstood } of samples)
          expect(notUnderstood.length).toBeLessThanOrEqual(rows.length);
      }),
    );
  });
});

test("pfSense's prompt is one", () => {
  expect(readPrompt('[2.7.2-RELEASE][root@fw.lan]/root: ifconfig vtnet0')).toEqual({
    command: 'ifconfig vtnet0',
    isSure: true,
    hostName: 'fw',
  });
  expect(readPrompt('[12.345678] virtio_net virtio0: ok')).toBeUndefined();
});
