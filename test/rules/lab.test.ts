import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import type { Finding } from '../../src/model/report.ts';
import { caseNames, knowledge, readCase } from '../cases.ts';

// Cases made of what a real guest and a real QEMU printed while one fault was made on purpose. Beyond what holds for every case:
// nobody has to say what is wrong, one machine alone misleads nobody, and both ends are known to be one NIC.
const cases = caseNames.map(readCase).filter(({ origin }) => /^lab\b/.test(origin));

test('there are some, of faults and of health', () => {
  expect(cases.length).toBeGreaterThan(20);
  expect(cases.some(({ expect }) => expect.length === 0)).toBe(true);
});

describe.each(cases)('$name', ({ captures, expect: faults, complaint }) => {
  // That nothing is wrong must be said: else a spare NIC that is down is taken for the one that is asked about.
  const said = complaint === 'none' ? 'none' : null;
  const whole = doctor(captures, said, knowledge);

  test('the fault is found although nobody complains, and no other', () => {
    const sure = surely(whole.findings);
    if (faults[0]) expect(sure).toContain(faults[0]);
    for (const fault of sure) expect(faults).toContain(fault);
  });

  test.each(['guest', 'host'] as const)('the %s alone misleads nobody', (side) => {
    const alone = doctor(of(captures, side), said, knowledge);
    for (const fault of surely(alone.findings)) expect(faults).toContain(fault);
  });

  test('both ends are one NIC, and lines of both show why', () => {
    if (doctor(of(captures, 'host'), said, knowledge).nics.length === 0) return;
    for (const { joined, up } of whole.nics) {
      if (up === null) continue;
      const sides = joined.flatMap(({ at }) => at.map(({ sample }) => sample.split('/')[0]));
      expect(sides).toEqual(expect.arrayContaining(['guest', 'host']));
    }
  });
});

function of(captures: readonly Capture[], side: 'guest' | 'host'): Capture[] {
  return captures.filter((capture) => capture.side === side);
}

function surely(findings: readonly Finding[]): string[] {
  return findings.filter(({ standing }) => standing !== 'possible').map(({ fault }) => fault);
}
