import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import { formats } from '../../src/report/formats.ts';
import { knowledge, readCase } from '../cases.ts';

const { captures } = readCase('no-carrier-vlan-40');
const reportOn = (...inputs: string[]) => doctor(captures, null, knowledge, inputs);
const stepOf = (...inputs: string[]) => {
  const steps = reportOn(...inputs).findings[0]?.plans[0]?.steps ?? [];
  const at = steps.findIndex(({ on }) => on === 'here');
  return { step: steps[at], before: steps[at - 1]?.purpose, behind: steps[at + 1]?.purpose };
};

describe('the check of a plan ends with the comparison', () => {
  test.each([
    [['fw.txt'], 'vio-doctor compare fw.txt fw-after.txt'],
    [['a/b/fw.txt'], 'vio-doctor compare a/b/fw.txt a/b/fw-after.txt'],
    [['sos.tar.xz'], 'vio-doctor compare sos.tar.xz sos-after.tar.xz'],
    [['case/fw/'], 'vio-doctor compare case/fw case/fw-after'],
    [['.'], 'vio-doctor compare . after'],
    [['-fw.txt'], 'vio-doctor compare ./-fw.txt ./-fw-after.txt'],
    [['my fw'], "vio-doctor compare 'my fw' 'my fw-after'"],
    [['-'], 'vio-doctor compare before.txt after.txt'],
    [['/dev/fd/63'], 'vio-doctor compare before.txt after.txt'],
    [[], 'vio-doctor compare before.txt after.txt'],
    [['guest.txt', 'host.txt'], 'vio-doctor compare before.txt after.txt'],
  ])('%j', (inputs, shown) => {
    const { step, before, behind } = stepOf(...inputs);
    expect(step).toMatchObject({ shown, purpose: 'verify' });
    expect([before, behind]).toEqual(['verify', 'undo']);
  });

  test('what is not one file is first put into one', () => {
    expect(stepOf('guest.txt', 'host.txt').step?.note).toContain(
      'vio-doctor diagnose --format bundle -o before.txt guest.txt host.txt',
    );
    expect(stepOf().step?.note).toContain('--format bundle');
  });

  test('in all formats but the letters to others', () => {
    const report = reportOn('fw.txt');
    const shown = (name: string) =>
      formats
        .find((format) => format.name === name)
        ?.render(report)
        .includes('vio-doctor compare fw.txt');
    expect(['text', 'markdown', 'json'].map(shown)).toEqual([true, true, true]);
    expect(['sendbug', 'plain-text'].map(shown)).toEqual([false, false]);
  });
});
