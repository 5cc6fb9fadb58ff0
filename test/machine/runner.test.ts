import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { thisMachine } from '../../src/machine/reach.ts';
import { runSection } from '../../src/machine/run-section.ts';
import { runHere } from '../../src/machine/runner.ts';
import { bundleSection } from '../../src/model/bundle-text.ts';
import { readCapture } from '../../src/parse/read-capture.ts';
import { unpackBundle } from '../../src/parse/unpack-bundle.ts';

const limits = { seconds: 10, bytes: 1000 };

describe('runHere', () => {
  test('a text has both streams', async () => {
    const { output, outcome } = await runHere(['sh', '-c', 'echo out; echo error >&2'], limits);
    expect(Buffer.from(output).toString().split('\n').sort()).toEqual(['', 'error', 'out']);
    expect(outcome).toBe('exit 0');
  });

  test('packets have nothing among them', async () => {
    const script =
      'echo "listening on tap107i1" >&2; printf "\\324\\303\\262\\241\\0"; echo "5 packets captured" >&2';
    const { output } = await runHere(['sh', '-c', script], limits);
    expect(Buffer.from(output).toString('hex')).toBe('d4c3b2a100');
  });
});

test('collected packets come out of the bundle as they went in, and are read', async () => {
  const file = join(import.meta.dirname, '../../fixtures/outputs/pcap-2.4/dhcp-tap100i0.pcap');
  const job = { machine: 'host', probe: 'linux-host/tcpdump-tap', argv: ['cat', file] } as const;
  const watch = { stop: new AbortController().signal, begin: () => () => undefined };
  const section = await runSection(thisMachine, job, { seconds: 10, kilobytes: 100 }, watch);
  const argv = ['tcpdump', '-U', '-w', '-', '-n', '-i', 'tap100i0'];
  const text = bundleSection({ ...section, argv }, 1);
  const [capture] = unpackBundle({ name: 'b.txt', side: 'unknown', origin: 'file', text });
  const [sample] = capture ? readCapture(capture).samples : [];
  expect(Buffer.concat([...(capture?.bytes ?? [])])).toEqual(readFileSync(file));
  expect(sample).toMatchObject({ kind: 'tcpdump/pcap', side: 'host', total: 13 });
  expect(sample?.sightings[0]).toMatchObject({ is: 'packetCapture', id: 'tap100i0' });
});
