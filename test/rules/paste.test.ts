import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Report } from '../../src/model/report.ts';
import { readCapture } from '../../src/parse/read-capture.ts';
import { caseNames, examine, knowledge, readCase, type TestCase } from '../cases.ts';

// All outputs of a case in one paste, and nobody says which machine each is of: what was sure stays right.
describe.each(caseNames)('case %s in one paste', (name) => {
  const testCase = readCase(name);
  const pasted = paste(testCase);

  test('nothing is called certain or likely that the case has not', () => {
    const sure = pasted.findings.filter(({ standing }) => standing !== 'possible').map(({ fault }) => fault);
    for (const fault of sure) expect(testCase.expect).toContain(fault);
  });

  test('the main fault is among the first three', () => {
    const found = [...new Set(pasted.findings.map(({ fault }) => fault))].slice(0, 3);
    if (testCase.expect[0]) expect(found).toContain(testCase.expect[0]);
  });

  test('no NIC is made up', () => {
    const names = new Set(examine(testCase).nics.map((nic) => nic.name));
    for (const nic of pasted.nics) expect([...names]).toContain(nic.name);
  });
});

function paste({ captures, complaint }: TestCase): Report {
  // Of a packet capture as a file: what is shown of it.
  const text = captures.map((capture) => readCapture(capture).capture.text).join('\n\n');
  return doctor([{ name: 'paste', side: 'unknown', origin: 'pasted', text }], complaint, knowledge);
}
