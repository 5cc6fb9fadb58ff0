import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Capture } from '../../src/model/capture.ts';
import { cleanLine, toRows } from '../../src/parse/rows.ts';

const capture = (text: string): Capture => ({ name: 'paste-1', side: 'unknown', origin: 'pasted', text });
const LINE = 'vio0 at virtio2: address c6:82:da:26:a6:5b';

describe('cleanLine takes off what others put around a line', () => {
  test.each([
    ['nothing', LINE],
    ['mail quoting', `> > ${LINE}`],
    ['CRLF', `${LINE}\r`],
    ['colours', `\x1b[1;31m${LINE}\x1b[0m`],
    ['colours that lost their ESC', `[01;31m${LINE}[0m`],
    ['OSC titles', `\x1b]0;title\x07${LINE}`],
    ['OpenBSD syslog', `Nov 20 10:00:01 fw /bsd: ${LINE}`],
    ['Linux syslog', `Nov  2 10:00:01 fw kernel: ${LINE}`],
    ['a priority', `<7>${LINE}`],
    ['an uptime', `[    6.232453] ${LINE}`],
    ['syslog and uptime', `Nov 21 07:15:07 host kernel: [ 12.345678] ${LINE}`],
    ['dmesg -T', `[Fri Nov 21 07:15:07 2026] ${LINE}`],
    ['ISO time', `2026-11-21T07:15:07.123456+01:00 fw kernel: ${LINE}`],
    ['logread of OpenWrt', `Fri Nov 20 10:00:01 2026 kern.warn kernel: [ 12.3] ${LINE}`],
    ['journalctl -o short-iso', `2026-11-21T07:15:07+0100 fw kernel: ${LINE}`],
    ['journalctl -o short-full', `Sat 2026-11-21 07:15:07 UTC fw kernel: ${LINE}`],
    ['journalctl -o short-unix', `1795245307.412587 fw kernel: ${LINE}`],
    ['journalctl -o short-monotonic', `[    6.232453] fw kernel: ${LINE}`],
    ['a German month', `Okt 11 10:45:43 fw kernel: ${LINE}`],
    ['a French month', `f\u00e9vr. 11 10:45:43 fw kernel: ${LINE}`],
    ['a Chinese month', `11\u6708 21 10:45:43 fw kernel: ${LINE}`],
    ['dmesg -T in German', `[Fr Nov 21 07:15:07 2026] ${LINE}`],
    ['dmesg -x', `kern  :warn  : [    6.232453] ${LINE}`],
    ['dmesg -d', `[    6.232453 <    0.000012>] ${LINE}`],
    ['dmesg -e', `[Nov21 07:15] ${LINE}`],
    ['dmesg --time-format iso', `2026-11-21T07:15:07,412587+01:00 ${LINE}`],
    ['the caller in the uptime', `[    6.232453][    T1] ${LINE}`],
    ['docker compose', `qemu-1  | [    6.232453] ${LINE}`],
    ['a test runner', `machine # [    6.232453] ${LINE}`],
    ['a table of a log viewer', `| 2026-11-21 07:15:07 | fw | warning | kernel | ${LINE} |`],
    ['FreeBSD syslog -v', `Nov  2 10:00:01 <kern.crit> fw kernel: ${LINE}`],
    ['RFC 5424', `<13>1 2026-11-21T07:15:07.123+01:00 fw kernel - - [meta sequenceId="7"] <6>${LINE}`],
    ["OPNsense's log table", `2026-11-21T07:15:07\tNotice\tkernel\t<6>${LINE}`],
    ["pfSense's log table", `Nov 2 10:00:01\tkernel\t\t${LINE}`],
    ['a zero width space and a BOM', `\ufeff\u200b${LINE}`],
    ['blanks at the end', `${LINE}   `],
  ])('%s', (_, given) => {
    expect(cleanLine(given)).toBe(LINE);
  });

  test('entities, non-breaking blanks and curly quotes', () => {
    expect(cleanLine('flags=8802&lt;BROADCAST&gt;\u00a0mtu \u201c1500\u201d')).toBe(
      'flags=8802<BROADCAST> mtu "1500"',
    );
  });

  test('a daemon keeps its name', () => {
    expect(cleanLine('Nov 20 10:00:01 fw dhcpd[77]: 5 bad udp checksums in 5 packets')).toBe(
      'dhcpd[77]: 5 bad udp checksums in 5 packets',
    );
  });

  test('seconds of a FreeBSD message buffer go before a device only', () => {
    expect(cleanLine('[12] vtnet0: link state changed to UP')).toBe('vtnet0: link state changed to UP');
    expect(cleanLine('[1] see the manual')).toBe('[1] see the manual');
  });

  test('a daemon in RFC 5424 gets the name that syslog gives it', () => {
    expect(cleanLine('<29>1 2026-11-21T07:15:07+01:00 fw dhclient 512 - - bound to 192.0.2.9')).toBe(
      'dhclient[512]: bound to 192.0.2.9',
    );
  });

  test('quoted-printable only where the text is', () => {
    expect(toRows(capture('a=3Db=\nc\n')).rows[0]?.text).toBe('a=bc');
    expect(toRows(capture('a=3Db\n')).rows[0]?.text).toBe('a=3Db');
  });
});

describe('toRows', () => {
  test('a line that mail broke in the middle of a word is one again', () => {
    const first = `[   66.081694] virtio_net virtio0 eth0: a message that is long enough t=`;
    const { rows } = toRows(capture(`${first}\no be cut\nnext\n`));
    expect(rows.map(({ text, at, isLogged }) => [text, at.length, isLogged ?? false])).toEqual([
      ['virtio_net virtio0 eth0: a message that is long enough to be cut', 2, true],
      ['next', 1, false],
    ]);
  });

  test('one row a line, numbered as given', () => {
    const { rows } = toRows(capture('a\n\nb\n'));
    expect(rows.map(({ text, at }) => [text, at[0].number])).toEqual([
      ['a', 1],
      ['', 2],
      ['b', 3],
    ]);
  });

  test("a code block's indent goes, a tool's own stays", () => {
    expect(toRows(capture('    vio0: flags=1<UP>\n    \tlladdr x\n')).rows.map(({ text }) => text)).toEqual([
      'vio0: flags=1<UP>',
      '\tlladdr x',
    ]);
    expect(toRows(capture('vio0: x\n\tlladdr y\n')).rows[1]?.text).toBe('\tlladdr y');
  });

  test('a line too long is cut and told', () => {
    const { rows, problems } = toRows(capture('x'.repeat(10_000)));
    expect(rows[0]?.at[0].text.length).toBe(4096);
    expect(problems.map(({ code }) => code)).toEqual(['line-too-long']);
  });

  test("QEMU's command line may be longer", () => {
    const { rows, problems } = toRows(
      capture(`/usr/bin/qemu-system-x86_64 -S ${'x'.repeat(9000)} -netdev user`),
    );
    expect(rows[0]?.text.endsWith('-netdev user')).toBe(true);
    expect(problems).toEqual([]);
  });

  test('any text gives a row for each of its lines, without control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const { rows } = toRows(capture(text));
        const lines = text.split('\n');
        expect(rows.length).toBe(lines.at(-1) === '' ? lines.length - 1 : lines.length);
        for (const row of rows) expect(row.text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
      }),
    );
  });
});
