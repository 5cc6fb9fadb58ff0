import { describe, expect, test } from 'vitest';
import type { Report, Standing } from '../../src/model/report.ts';
import { caseNames, examine, readCase } from '../cases.ts';

// Less evidence never makes a stronger claim: take any capture away, and no standing rises.
const STRENGTH: Record<Standing, number> = { certain: 2, likely: 1, possible: 0, 'ruled-out': 0 };

describe.each(caseNames)('case %s', (name) => {
  const testCase = readCase(name);
  const whole = strengths(examine(testCase));

  test.each(testCase.captures.map((capture) => capture.name))('without %s', (missing) => {
    for (const [fault, strength] of strengths(examine(testCase, [missing]))) {
      expect({ fault, strength }).toEqual({ fault, strength: Math.min(strength, whole.get(fault) ?? 0) });
    }
  });

  test('with nothing at all it is not healthy', () => {
    expect(
      examine(
        testCase,
        testCase.captures.map((capture) => capture.name),
      ).verdict,
    ).toBe('unclear');
  });
});

function strengths({ findings }: Report): Map<string, number> {
  const strongest = new Map<string, number>();
  for (const { fault, standing } of findings) {
    strongest.set(fault, Math.max(strongest.get(fault) ?? 0, STRENGTH[standing]));
  }
  return strongest;
}
