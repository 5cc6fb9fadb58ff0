import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { Capture } from '../../src/model/capture.ts';
import type { ReadCapture } from '../../src/model/sample.ts';
import { readCapture } from '../../src/parse/read-capture.ts';

// Every fixtures/outputs/<system>-<version>/<command>.txt must give the .json beside it.
// `npm run fixtures` writes the .json files anew; a person reads the difference before it is committed.
const OUTPUTS = join(import.meta.dirname, '../../fixtures/outputs');
const folders = readdirSync(OUTPUTS);
const outputs = folders.flatMap((folder) =>
  readdirSync(join(OUTPUTS, folder))
    .filter((file) => /\.(?:txt|pcap|pcapng)$/.test(file))
    .map((file) => join(folder, file)),
);
const texts = outputs.filter((path) => path.endsWith('.txt'));
const packets = outputs.filter((path) => !path.endsWith('.txt'));

describe.each(outputs)('%s', (path) => {
  test('gives what stands in its .json', () => {
    const expected = join(OUTPUTS, path.replace(/\.\w+$/, '.json'));
    const written = show(readCapture(fileAt(path)));
    if (process.env.UPDATE_FIXTURES) writeFileSync(expected, written);
    expect(existsSync(expected), `${expected} is missing: npm run fixtures`).toBe(true);
    expect(JSON.parse(written)).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
  });

  test('says where it comes from', () => {
    const [folder = '', file = ''] = path.split('/');
    const origins = parseYaml(readFileSync(join(OUTPUTS, folder, 'origin.yaml'), 'utf8'));
    expect(origins[basename(file)]).toMatch(/^(?:seed|lab|synthetic)\b/);
  });
});

describe.each(texts)('%s', (path) => {
  const text = readFileSync(join(OUTPUTS, path), 'utf8');
  const whole = readCapture(captureOf(path, text));

  test('no line is lost', () => {
    const kept = new Set<number>();
    for (const sample of whole.samples)
      for (const row of sample.rows) for (const line of row.at) kept.add(line.number);
    for (const row of whole.loose) for (const line of row.at) kept.add(line.number);
    const lines = text.split('\n');
    const lost = lines.flatMap((line, index) =>
      isContent(line) && !kept.has(index + 1) ? [`${index + 1}: ${line}`] : [],
    );
    expect(lost).toEqual([]);
  });

  test('every beginning of it can be read, and claims lines of its own only', () => {
    const lines = text.split('\n').slice(0, 400);
    for (let length = 0; length < lines.length; length++) {
      const cut = readCapture(captureOf(path, lines.slice(0, length).join('\n')));
      const claimed = cut.samples.flatMap(({ sightings }) => sightings.flatMap(({ at }) => at));
      const beyond = claimed.filter(({ number }) => number > length);
      if (beyond.length > 0) expect({ length, beyond }).toEqual({ length, beyond: [] });
    }
  });
});

describe.each(packets)('%s', (path) => {
  const bytes = readFileSync(join(OUTPUTS, path));
  const { samples, capture } = readCapture(fileAt(path));

  test('every frame is shown', () => {
    const numbers = samples.flatMap(({ rows }) => rows.map(({ at }) => at[0].number)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: samples[0]?.total ?? 0 }, (_, index) => index + 1));
    expect(capture.text).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('every beginning of it can be read, and claims frames of its own only', () => {
    for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 300)) {
      const cut = readCapture({ ...fileAt(path), bytes: [bytes.subarray(0, length)] });
      const [sample] = cut.samples;
      for (const { at } of sample?.sightings ?? [])
        for (const line of at) expect(line.number).toBeLessThanOrEqual(sample?.total ?? 0);
    }
  });
});

function fileAt(path: string): Capture {
  const bytes = readFileSync(join(OUTPUTS, path));
  return path.endsWith('.txt')
    ? captureOf(path, bytes.toString('utf8'))
    : { ...captureOf(path, ''), bytes: [bytes] };
}

function captureOf(path: string, text: string): Capture {
  return { name: basename(path), side: 'unknown', origin: 'file', text };
}

/** Prompts, fences and blank lines are read but belong to no sample. */
function isContent(line: string): boolean {
  return (
    line.trim() !== '' && !/^\s*(?:>\s*)?(?:```|~~~)/.test(line) && !/^(?:PS )?\S{0,40}[$#%>)] ?\S/.test(line)
  );
}

function show({ samples, loose, problems }: ReadCapture): string {
  const numbers = (rows: readonly { at: readonly { number: number }[] }[]) =>
    rows.flatMap((row) => row.at.map((line) => line.number));
  const list = (entries: readonly unknown[], indent: string) =>
    entries.length === 0
      ? '[]'
      : `[\n${entries.map((entry) => `${indent}  ${JSON.stringify(entry)}`).join(',\n')}\n${indent}]`;
  const shown = samples.map((sample) => {
    const sightings = sample.sightings.map(({ is, id, says, at }) => ({
      is,
      id,
      says,
      at: numbers([{ at }]),
    }));
    return `{ "kind": ${JSON.stringify(sample.kind)}, "side": ${JSON.stringify(sample.side)}, "sightings": ${list(sightings, '    ')},
    "notUnderstood": ${JSON.stringify(numbers(sample.notUnderstood))}, "problems": ${JSON.stringify(sample.problems.map(({ code }) => code))} }`;
  });
  return `{
  "samples": [
    ${shown.join(',\n    ')}
  ],
  "loose": ${JSON.stringify(numbers(loose))},
  "problems": ${JSON.stringify(problems.map(({ code }) => code))}
}
`;
}
