import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { fence } from '../../src/report/formats/markdown.ts';
import { formatNamed, formats } from '../../src/report/formats.ts';
import { caseNames, examine, readCase } from '../cases.ts';

const seed = examine(readCase('no-carrier-vlan-40'));
const HOSTILE = '\x1b[2J\u202e`````$(reboot)\x9b';

/** The same report with something hostile in every string. */
function poisoned(report: Report): Report {
  const poison = (value: unknown): unknown => {
    if (typeof value === 'string') return `${value}${HOSTILE}`;
    if (Array.isArray(value)) return value.map(poison);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, KEPT.has(key) ? part : poison(part)]),
    );
  };
  return poison(report) as Report;
}
const KEPT = new Set([
  'standing',
  'severity',
  'purpose',
  'verdict',
  'state',
  'kind',
  'complaint',
  'on',
  'side',
  'machine',
  'code',
]);

describe.each(formats.map(({ name }) => name))('%s', (name) => {
  test('says fault, line and command of the seed case', () => {
    const text = formatNamed(name).render(seed);
    expect(text).toContain('guest/ifconfig.txt');
    expect(text).toContain('ifconfig vio1 up');
    expect(text).toMatch(/certain/i);
  });

  test('renders every case', () => {
    for (const one of caseNames)
      expect(formatNamed(name).render(examine(readCase(one))).length).toBeGreaterThan(50);
  });

  test('lets nothing hostile through', () => {
    expect(formatNamed(name).render(poisoned(seed))).not.toMatch(
      /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/,
    );
  });
});

describe('text', () => {
  const lines = formatNamed('text').render(seed).split('\n');

  test('has the answer on the first screen: what is wrong, why, and what to do', () => {
    const screen = lines.slice(0, 22).join('\n');
    expect(screen).toContain('the interface is not up in the guest (vio1), certain');
    expect(screen).toContain('no UP');
    expect(screen).toContain('guest# ifconfig vio1 up');
  });

  test('keeps to 80 columns, but for commands', () => {
    for (const line of lines)
      if (!/^\s*(?:Do|Keep|Check|Way)|^\s{2}\S+ .*[/=]|explain/.test(line))
        expect(line.length, line).toBeLessThanOrEqual(80);
  });
});

test('json has the promised shape', () => {
  const report = JSON.parse(formatNamed('json').render(seed));
  expect(report.version).toBe(1);
  expect(Object.keys(report.samples[0])).toEqual(
    expect.arrayContaining(['name', 'kind', 'machine', 'lines', 'notUnderstood']),
  );
  expect(Object.keys(report.nics[0])).toEqual(
    expect.arrayContaining([
      'name',
      'os',
      'driver',
      'mac',
      'link',
      'up',
      'interrupts',
      'offloads',
      'tap',
      'bridge',
      'vlan',
      'vm',
      'joined',
    ]),
  );
  const [finding] = report.findings;
  expect(Object.keys(finding)).toEqual(
    expect.arrayContaining(['fault', 'nic', 'standing', 'title', 'because', 'ask', 'plans']),
  );
  expect(finding.because[0]).toMatchObject({
    sample: 'guest/ifconfig.txt',
    line: 1,
    text: expect.stringContaining('flags=2008802'),
  });
  const asked = report.findings.find((one: { ask: unknown[] }) => one.ask.length > 0).ask[0];
  expect(Object.keys(asked)).toEqual(expect.arrayContaining(['probe', 'command', 'machine', 'why']));
  expect(Object.keys(finding.plans[0].steps[0])).toEqual(expect.arrayContaining(['on', 'argv', 'purpose']));
  expect(report.problems.every((one: object) => 'code' in one && 'says' in one && 'at' in one)).toBe(true);
});

test('a code fence cannot be closed by what it holds', () => {
  expect(fence(['a ```` b'])).toBe('`````\na ```` b\n`````');
});

test('sendbug has the fields of the form, and the dmesg whole', () => {
  const text = formatNamed('sendbug').render(examine(readCase('healthy-openbsd-7.8')));
  for (const field of [
    'To: bugs@openbsd.org',
    'Subject: ',
    '>Synopsis:',
    '>Category:',
    '>Environment:',
    '>Description:',
    '>How-To-Repeat:',
    '>Fix:',
  ]) {
    expect(text).toContain(field);
  }
  expect(text).toContain('Architecture: OpenBSD.amd64');
  expect(text).toContain('virtio4: msix per-VQ\nroot on sd0a');
});
