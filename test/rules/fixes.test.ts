import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { blankNames } from '../../src/diagnose/blanks.ts';
import { type FixFile, fixFile } from '../../src/diagnose/rule-schema.ts';
import { examine, knowledge, readCase } from '../cases.ts';

// Every fix is tried on a case: the commands stand in its plan exactly as a person would copy them.
const FIXES = join(import.meta.dirname, '../../rules/fixes');
const files = readdirSync(FIXES).map((name) => ({
  name,
  file: parse(readFileSync(join(FIXES, name), 'utf8')) as FixFile,
}));

describe.each(files)('$name', ({ name, file }) => {
  const fix = fixFile.parse(file);

  test('is named after its id, is used by a rule, and has tests', () => {
    expect(name).toBe(`${fix.id}.yaml`);
    expect(knowledge.rulebook.rules.some(({ fixes }) => fixes.includes(fix.id))).toBe(true);
    expect(fix.tests).toBeDefined();
  });

  test('has only blanks that can be filled', () => {
    const blanks = [...JSON.stringify(fix.ways).matchAll(/\{([a-z]+\.[a-z0-9-]+)\}/g)].map(
      (match) => match[1],
    );
    for (const blank of blanks) expect(blankNames).toContain(blank);
  });

  test.each(fix.tests ?? [])('gives the commands of $case', (expected) => {
    const finding = examine(readCase(expected.case)).findings.find(
      ({ fault, nic }) => fault === expected.fault && nic === expected.nic,
    );
    const plan = finding?.plans.find((candidate) => candidate.fix === fix.id);
    expect(plan?.steps.map(({ shown }) => shown)).toEqual(expect.arrayContaining(expected.shown));
    expect(plan?.missing).toEqual(expected.missing ?? []);
    for (const purpose of ['do', 'verify', 'undo']) {
      expect(
        plan?.steps.some((step) => step.purpose === purpose),
        purpose,
      ).toBe(true);
    }
  });
});
