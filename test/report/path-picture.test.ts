import { describe, expect, test } from 'vitest';
import type { Hop, HopCount, NicSummary, Vanish } from '../../src/model/report.ts';
import { pathLines } from '../../src/report/path-lines.ts';
import { pathLegend, pathPicture } from '../../src/report/path-picture.ts';
import { sampleReport } from './sample-report.ts';

const count = (direction: HopCount['direction'], packets: number, more: number, moreDrops = 0): HopCount => ({
  direction,
  packets,
  drops: moreDrops,
  morePackets: more,
  moreDrops,
  at: [],
});
const hop = (kind: Hop['kind'], name: string, says: string, given: Partial<Hop> = {}): Hop => ({
  kind,
  name,
  state: 'ok',
  says,
  counts: [],
  at: [],
  ...given,
});
const path = [
  hop('guest-nic', 'eth0', 'up, active', { counts: [count('to-guest', 58, 0)] }),
  hop('virtqueues', 'virtio0', 'not seen', { state: 'unknown' }),
  hop('tap', 'tap107i1', 'up', { counts: [count('to-guest', 258, 0, 1764)] }),
  hop('bridge', 'vmbr0', 'port forwarding'),
  hop('uplink', 'enp1s0', 'up'),
];
const vanish = (given: Partial<Vanish>): Vanish => ({
  direction: 'to-guest',
  after: 'tap107i1',
  before: 'eth0',
  hop: null,
  span: [0, 2],
  by: 'counters',
  because: 'tap107i1 drops them',
  at: [],
  ...given,
});
const draw = (given: Parameters<typeof pathPicture>[0], options?: Parameters<typeof pathPicture>[1]) =>
  pathPicture(given, options).map(({ text }) => text);

test('hops side by side, what each says and counts, and where packets get lost', () => {
  expect(draw({ path, vanish: [vanish({})] })).toEqual([
    'guest NIC     virtqueues   tap            bridge             uplink',
    'eth0 ───?──── virtio0 ─?── tap107i1 ───── vmbr0 ──────────── enp1s0',
    'ok up, active ?? not seen  ok up          ok port forwarding ok up',
    '← 58 +0                    ← 258 +0',
    '                           ← 1764 +1764 ×',
    '× to the guest, packets get lost between tap107i1 and eth0: tap107i1 drops them',
  ]);
});

test('in ASCII', () => {
  const lines = draw({ path, vanish: [vanish({})] }, { ascii: true });
  expect(lines.join('\n')).toMatch(/^[\n\x20-\x7e]*$/);
  expect(pathLegend({ ascii: true })).toBe('!! broken, ?? not known, X lost; < to, > from the guest');
});

describe('the mark of the loss', () => {
  test('between two neighbours', () => {
    const [, names] = draw({ path, vanish: [vanish({ span: [2, 3], after: 'vmbr0', before: 'tap107i1' })] });
    expect(names).toMatch(/tap107i1 ─+×─+ vmbr0/);
  });

  test('behind the hop that loses them', () => {
    const at = vanish({ direction: 'from-guest', hop: 'tap107i1', span: [1, 3] });
    expect(draw({ path, vanish: [at] })[1]).toMatch(/tap107i1 ─+×─+ vmbr0/);
    expect(draw({ path, vanish: [{ ...at, direction: 'to-guest' }] })[1]).toMatch(/virtio0 ─+×─+ tap107i1/);
  });

  test('at both ends of the path', () => {
    const inside = vanish({ hop: 'eth0', span: [-1, 1] });
    const beyond = vanish({ direction: 'from-guest', after: 'enp1s0', before: null, span: [4, 5] });
    expect(draw({ path, vanish: [inside] })[1]).toMatch(/^×─ eth0/);
    expect(draw({ path, vanish: [beyond] })[1]).toMatch(/enp1s0 ─×$/);
    expect(draw({ path, vanish: [beyond] }).at(-1)).toMatch(/beyond enp1s0/);
  });
});

test.each([20, 30, 40, 60, 79, 80, 120, 200])('keeps to %i columns, however long the names', (width) => {
  const long = path.map((one) => ({
    ...one,
    name: `${one.name}${'x'.repeat(60)}`,
    says: 'a-b-c '.repeat(9),
  }));
  for (const ascii of [true, false])
    for (const given of [path, long])
      for (const line of draw({ path: given, vanish: [vanish({})] }, { width, ascii }))
        expect([...line].length).toBeLessThanOrEqual(width);
});

test('of many NICs, those that lose packets or have a finding are drawn, and of the others each is a row', () => {
  const nics = Array.from({ length: 40 }, (_, index) => ({
    name: `tap${100 + index}i0`,
    path,
    vanish: [] as Vanish[],
  }));
  const lossy = nics.map((nic, index) => (index === 7 ? { ...nic, vanish: [vanish({})] } : nic));
  const report = { ...sampleReport, findings: [], nics: lossy as unknown as NicSummary[] };
  const lines = pathLines(report, {});
  expect(lines.filter((line) => line.startsWith('guest NIC')).length).toBe(1);
  expect(lines.filter((line) => line.startsWith('eth0 [')).length).toBe(39);
  expect(lines.join('\n')).toContain('drops them');
});
