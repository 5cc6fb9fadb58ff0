import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import { changes } from '../../src/report/changes.ts';
import { recognised } from '../../src/report/recognised.ts';
import { knowledge } from '../cases.ts';

const BOOT = `OpenBSD 7.8 (GENERIC.MP) #1: Sun Oct 12 11:00:00 MDT 2025
    root@build.example:/usr/src/sys/arch/amd64/compile/GENERIC.MP
vio0 at virtio2: 1 queue, address bc:24:11:00:00:01
virtio2: msix per-VQ
`;
const DOWN = 'vio0: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr bc:24:11:00:00:01\n';
const UP =
  'vio0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr bc:24:11:00:00:01\n\tstatus: active\n';

function report(...texts: string[]) {
  const captures = texts.map((text, index) => ({
    name: `paste-${index + 1}`,
    side: 'unknown' as const,
    origin: 'pasted' as const,
    text,
  }));
  return doctor(captures, null, knowledge);
}

describe('what a paste was taken for', () => {
  test.each([
    [BOOT, 'OpenBSD 7.8 dmesg, 1 NIC'],
    [BOOT + BOOT, 'OpenBSD 7.8 dmesg, 2 boots, 1 NIC'],
    [`${BOOT}\n\nand then it was slow\n`, 'OpenBSD 7.8 dmesg, 1 NIC; 1 line not understood'],
    ['Dear list,\nit does not work.\n', 'no output that is known here; 2 lines not understood'],
    ['', 'no output that is known here'],
  ])('%j', (text, says) => {
    expect(recognised(report(text), 'paste-1')).toBe(says);
  });

  test('is told of that paste alone', () => {
    const both = report(BOOT, DOWN);
    expect(recognised(both, 'paste-1')).toBe('OpenBSD 7.8 dmesg, 1 NIC');
    expect(recognised(both, 'paste-2')).toMatch(/^OpenBSD (?:7\.8 )?ifconfig, 1 NIC$/);
  });
});

describe('what another paste changed', () => {
  test('is told in words, what is surest first', () => {
    const [first] = changes(report(BOOT), report(BOOT, DOWN));
    expect(first).toMatch(/^now certain: .*not up.*\(vio0\)$/);
  });

  test('what is gone is told too', () => {
    expect(changes(report(DOWN), report(UP)).join('; ')).toMatch(
      /(?:no longer certain|now ruled out): .*not up/,
    );
  });

  test('nothing is nothing', () => {
    expect(changes(report(BOOT, DOWN), report(BOOT, DOWN))).toEqual([]);
  });
});
