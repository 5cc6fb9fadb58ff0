import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Capture } from '../../src/model/capture.ts';
import type { Sighting } from '../../src/model/sighting.ts';
import { readCapture } from '../../src/parse/read-capture.ts';

// The same file, printed by the tcpdump of this machine and read from its text, says the same things.
const FIXTURES = join(import.meta.dirname, '../../fixtures');
const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.pcap(?:ng)?$/.test(file))
  .map((file) => join(FIXTURES, file));
// Of these its text shows less: no -e, no names of interfaces.
const asText = files.filter((path) => !/(?:any|pflog0|raw-ip)\.pcap|\.pcapng$/.test(path));
const hasTcpdump = spawnSync('tcpdump', ['--version']).error === undefined;

test.skipIf(!hasTcpdump).each(asText)('%s says what its text says', (path) => {
  const { stdout } = spawnSync('tcpdump', ['-r', path, '-nne', '-vv'], { encoding: 'utf8' });
  const [text, bytes] = [capture({ text: stdout }), capture({ text: '', bytes: [readFileSync(path)] })];
  expect(thingsIn(bytes)).toEqual(thingsIn(text));
});

test.each(files)('what is shown of %s says the same when it is read again', (path) => {
  const whole = readCapture(capture({ text: '', bytes: [readFileSync(path)] }));
  expect(thingsIn({ ...whole.capture, name: 'again' })).toEqual(
    thingsIn(capture({ text: '', bytes: [readFileSync(path)] })),
  );
});

function capture(given: Pick<Capture, 'text' | 'bytes'>): Capture {
  return { name: 'x', side: 'unknown', origin: 'file', ...given };
}

function thingsIn(given: Capture): unknown[] {
  return readCapture(given)
    .samples.flatMap(({ sightings }) => sightings.flatMap(comparable))
    .sort();
}

/** tcpdump prints local times, and of 802.3 the length of what is carried. */
function comparable({ is, id, says }: Sighting): string[] {
  if (is === 'packetCapture') return [];
  const { firstAt: _, lastAt: __, ...rest } = says as Record<string, unknown>;
  if (rest.what === 'stp' || rest.what === 'other') delete rest.maxLength;
  return [JSON.stringify({ is, id, says: rest })];
}
