import { Session } from 'node:inspector/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import { MANY } from '../bench/many.ts';
import { knowledge } from '../cases.ts';

// Four times as much of anything is four times the work: V8 counts how often the functions of src/ were called.
const session = new Session();

beforeAll(async () => {
  session.connect();
  await session.post('Profiler.enable');
  // What is known of the beginnings of all outputs is put together once, when a text is long enough.
  examine('nothing that any output begins with\n'.repeat(3000));
});
afterAll(() => session.disconnect());

test.each([
  ...Object.keys(MANY),
  'interfaces of Linux, NICs in qm config',
  'interfaces of OpenBSD, taps of a host',
  'taps of a host, MACs of a bridge',
  'taps of vmd, rules of PF',
  'local interfaces of vmd, rules of PF by address',
  'taps of vmd, ports of a veb, VLANs of a host',
  'taps of vmd, ports of a veb, VLANs of a host, rules of PF',
])('%s', async (names) => {
  const text = (count: number) =>
    names
      .split(', ')
      .map((name) => MANY[name]?.(count))
      .join('\n');
  examine(text(10));
  const [few, more] = [await workOn(text(40)), await workOn(text(160))];
  expect(more / few).toBeLessThan(4.6);
});

function examine(text: string): void {
  doctor([{ name: 'paste-1', side: 'unknown', origin: 'pasted', text }], null, knowledge);
}

async function workOn(text: string): Promise<number> {
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  examine(text);
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  const own = result.filter(({ url }) => url.includes('/src/') && !url.includes('/node_modules/'));
  return own
    .flatMap(({ functions }) => functions)
    .reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
}
