import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type FaultFile, faultFile } from '../../src/diagnose/rule-schema.ts';
import type { Finding } from '../../src/model/report.ts';
import { caseNames, examine, knowledge, readCase } from '../cases.ts';

// Every rule carries its own tests: a case where it fires, one where it keeps quiet, one with a capture missing.
const FAULTS = join(import.meta.dirname, '../../rules/faults');
const files = readdirSync(FAULTS).map((name) => ({
  name,
  file: parse(readFileSync(join(FAULTS, name), 'utf8')) as FaultFile,
}));

test('no file of rules/ is broken', () => {
  expect(knowledge.problems).toEqual([]);
});

describe.each(files)('$name', ({ name, file }) => {
  const rule = faultFile.parse(file);
  const find = (findings: readonly Finding[], nic?: string) =>
    findings.find((finding) => finding.fault === rule.id && (nic === undefined || finding.nic === nic));

  test('is named after its id, has tests and known fixes', () => {
    expect(name).toBe(`${rule.id}.yaml`);
    expect(rule.tests).toBeDefined();
    const fixes = knowledge.rulebook.fixes.map(({ id }) => id);
    for (const fix of rule.fixes) expect(fixes).toContain(fix);
  });

  test.each(rule.tests?.fires ?? [])('fires in $case on $nic', (expected) => {
    const finding = find(examine(readCase(expected.case)).findings, expected.nic);
    expect(finding?.standing).toBe(expected.standing);
    const because = finding?.because.map(({ line }) => `${line.sample}:${line.number}`) ?? [];
    expect(because).toEqual(expect.arrayContaining(expected.because));
  });

  test.each(rule.tests?.silent ?? [])('keeps quiet in $case', (expected) => {
    const report = examine(readCase(expected.case));
    expect(find(report.findings, expected.nic)).toBeUndefined();
    if (expected.ruledOut) expect(find(report.ruledOut, expected.nic)).toBeDefined();
  });

  test.each(rule.tests?.unsure ?? [])('is unsure in $case without $without', (expected) => {
    const testCase = readCase(expected.case);
    const names = testCase.captures.map((capture) => capture.name);
    for (const capture of expected.without) expect(names).toContain(capture);
    const finding = find(examine(testCase, expected.without).findings, expected.nic);
    expect(finding?.standing ?? 'silent').toBe(expected.standing);
    const asked = finding?.ask.map(({ probe }) => probe) ?? [];
    expect(asked).toEqual(expect.arrayContaining(expected.ask ?? []));
  });
});

describe.each(caseNames)('case %s', (name) => {
  const testCase = readCase(name);
  const { findings, captures } = examine(testCase);

  test('finds what it must, the main fault first', () => {
    const found = [...new Set(findings.map(({ fault }) => fault))];
    expect(found).toEqual(expect.arrayContaining([...testCase.expect]));
    if (testCase.expect[0]) expect(found[0]).toBe(testCase.expect[0]);
  });

  test('finds nothing else for certain or likely', () => {
    const sure = findings.filter(({ standing }) => standing !== 'possible').map(({ fault }) => fault);
    for (const fault of sure) expect(testCase.expect).toContain(fault);
  });

  test('every claim has its lines, and they are as given', () => {
    const texts = new Map(
      captures.map(({ name, text, numbers }) => {
        const lines = text.split('\n');
        return [name, new Map(lines.map((line, index) => [numbers?.[index] ?? index + 1, line]))];
      }),
    );
    for (const finding of findings) {
      expect(finding.because.length).toBeGreaterThan(0);
      for (const { line } of finding.because) {
        if (line.sample !== 'complaint') expect(line.text).toBe(texts.get(line.sample)?.get(line.number));
      }
    }
  });
});
