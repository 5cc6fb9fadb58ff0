import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import { formats } from '../../src/report/formats.ts';
import { redact } from '../../src/report/redact.ts';
import { knowledge } from '../cases.ts';

// Any text gives a report: real lines cut, joined, shuffled and poisoned, as forums and terminals do to them.
const OUTPUTS = join(import.meta.dirname, '../../fixtures/outputs');
const lines = readdirSync(OUTPUTS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.txt'))
  .flatMap((file) => readFileSync(join(OUTPUTS, file), 'utf8').split('\n'));

const line = fc.constantFrom(...lines);
const mangled = fc.oneof(
  { weight: 6, arbitrary: line },
  fc.tuple(line, fc.nat(80)).map(([text, at]) => text.slice(0, at)),
  fc.tuple(line, fc.nat(80)).map(([text, at]) => text.slice(at)),
  fc.tuple(line, line).map(([one, other]) => one + other),
  line.map((text) => `> ${text}`),
  line.map((text) => `\x1b[31m${text}\u202e`),
  line.map((text) => text.replace(/\d+/g, '99999999999999999999')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

test('any text gives a report, in every format, redacted or not', () => {
  fc.assert(
    fc.property(
      fc.array(mangled, { maxLength: 120 }),
      fc.constantFrom('guest', 'host', 'unknown'),
      (texts, side) => {
        const capture: Capture = {
          name: 'paste-1',
          side: side as Capture['side'],
          origin: 'pasted',
          text: texts.join('\n'),
        };
        const report = doctor([capture], 'no-traffic', knowledge);
        const count = capture.text.split('\n').length;
        for (const finding of report.findings) {
          for (const { line: at } of finding.because) expect(at.number).toBeLessThanOrEqual(count);
        }
        for (const one of [report, redact(report).report]) for (const format of formats) format.render(one);
      },
    ),
    { numRuns: 300, seed: 20261124 },
  );
});
