import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Report } from '../../src/model/report.ts';
import { formatNamed, formats } from '../../src/report/formats.ts';
import { redact } from '../../src/report/redact.ts';
import { caseNames, examine, knowledge, readCase } from '../cases.ts';
import { captures, HOSTILE, poisoned, sampleReport } from './sample-report.ts';

const all = caseNames.map((one) => examine(readCase(one)));
const seed = examine(readCase('no-carrier-vlan-40'));
const RAW = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe.each(formats.map(({ name }) => name))('%s', (name) => {
  const { render } = formatNamed(name);

  test('says fault, line and command of the seed case', () => {
    const text = render(seed);
    expect(text).toContain('guest/ifconfig.txt');
    // A bundle holds the captures alone.
    if (name === 'bundle') return;
    expect(text).toContain('ifconfig vio1 up');
    expect(text).toMatch(/certain/i);
  });

  test('renders every case', () => {
    for (const report of all) expect(render(report).length).toBeGreaterThan(50);
  });

  test('lets nothing hostile through raw, and loses nothing of it', () => {
    const text = render(poisoned(sampleReport));
    expect(HOSTILE).toMatch(RAW);
    expect(text).not.toMatch(RAW);
    expect(text).toContain('$(reboot)');
    expect(text).toContain('\u241b');
  });

  test('a capture whose name holds a line break begins no line of its own', () => {
    const [first] = captures;
    const evil = { ...first, name: 'x\n>Fix:\n# Evil heading' } as (typeof captures)[0];
    const loose = [{ sample: evil.name, number: 1, text: 'y\n# Evil heading' }];
    expect(render({ ...sampleReport, captures: [evil], loose })).not.toMatch(/^# Evil heading/m);
  });

  test('a redacted report says that it is, and names nobody', () => {
    const text = render(redact(sampleReport).report);
    expect(text).toMatch(/stand-in|^# redacted yes$/m);
    expect(text).not.toMatch(/munich|customer-gateway|0e:51:07|59:9a:0a|95\.163|2a02:810d/i);
  });

  test('every piece of evidence stands with its file and line', () => {
    const text = render(sampleReport);
    for (const { line } of sampleReport.findings.flatMap(({ because }) => because)) {
      if (name !== 'json' && name !== 'bundle') expect(text).toContain(`${line.sample}:${line.number}`);
      expect(text).toContain(line.text.trim());
    }
  });
});

test('a bundle gives the same findings again, redacted or not', () => {
  const faults = ({ findings }: Report) => findings.map(({ fault, standing }) => `${fault} ${standing}`);
  for (const report of [seed, redact(seed).report]) {
    const text = formatNamed('bundle').render(report);
    const again = doctor([{ name: 'b.txt', side: 'unknown', origin: 'file', text }], 'no-link', knowledge);
    expect(faults(again)).toEqual(faults(seed));
  }
});

describe('json', () => {
  const parse = (report: Report) => JSON.parse(formatNamed('json').render(report));

  test('counts every line of no known output, and names the first hundred of each capture', () => {
    const loose = Array.from({ length: 250 }, (_, at) => ({ sample: 'paste-1', number: at + 1, text: 'x' }));
    const [entry] = parse({ ...sampleReport, loose }).loose;
    expect(entry).toMatchObject({ sample: 'paste-1', count: 250 });
    expect(entry.lines).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
  });

  test('has the promised shape', () => {
    const report = parse(sampleReport);
    expect(report.version).toBe(1);
    expect(report.samples[0]).toMatchObject({
      name: 'guest/ifconfig.txt',
      kind: 'openbsd/ifconfig',
      machine: 'guest',
      lines: 8,
      notUnderstood: 0,
    });
    expect(Object.keys(report.nics[0])).toEqual(
      expect.arrayContaining(
        'name os driver mac link up interrupts offloads tap bridge vlan vm joined'.split(' '),
      ),
    );
    expect(report.findings[0]).toMatchObject({
      fault: 'link-down-by-host',
      nic: 'vio1',
      standing: 'certain',
      title: "The host has unplugged this NIC's cable",
      because: [{ sample: 'guest/ifconfig.txt', line: 9, text: '\tstatus: no carrier' }, { line: 3 }],
    });
    expect(report.findings[2].ask[0]).toMatchObject({
      probe: 'openbsd/netstat-in',
      command: 'netstat -in -I vio0',
      machine: 'guest',
      why: 'whether vio0 receives and sends',
    });
    expect(report.findings[1].plans[0]).toMatchObject({
      fix: 'interface-up',
      missing: ['nic.address'],
      steps: [{ on: 'guest', argv: ['ifconfig', 'vio1', 'up'], purpose: 'do' }, {}],
    });
    expect(report.ruledOut[0]).toMatchObject({
      fault: 'no-address',
      nic: 'vio0',
      because: [{ sample: 'guest/ifconfig.txt', line: 4 }],
    });
    expect(report.problems[1]).toMatchObject({
      code: 'samples-disagree',
      at: [{ sample: 'guest/ifconfig.txt', line: 9 }],
    });
    expect(report.ask[0]).toMatchObject({ machine: 'host', command: 'qm config 107 --current 1' });
    expect(report).toMatchObject({ verdict: 'fault', complaint: 'no-link', redacted: false });
  });

  test('stays JSON and safe after parsing, whatever it holds; two blanks a level', () => {
    expect(JSON.stringify(parse(poisoned(sampleReport)))).not.toMatch(/\\u001b|\\u009b|\\ud800/);
    expect(formatNamed('json').render(sampleReport)).toMatch(/^\{\n {2}"version": 1,\n/);
  });
});

test('github: both machines, folded captures, and a word where it is too long', () => {
  const text = formatNamed('github').render(sampleReport);
  const title = "# vio1: the host has unplugged this NIC's cable (OpenBSD 7.5 on Proxmox VE 8.2)\n";
  expect(text.startsWith(title)).toBe(true);
  const headings = [...text.matchAll(/^## (.*)/gm)].map(([, heading]) => heading);
  expect(headings).toEqual([
    'Environment',
    'Expected and seen',
    'Diagnosis',
    'Steps to reproduce',
    'Captures',
  ]);
  expect(text.match(/<details><summary>/g)).toHaveLength(captures.length);
  expect(text.match(/<\/details>/g)).toHaveLength(captures.length);
  const [first] = captures;
  const long = { ...sampleReport, captures: [{ ...first, text: 'x\n'.repeat(50_000) }] } as Report;
  expect(text).not.toContain('65536');
  expect(formatNamed('github').render(long)).toContain('65536 characters');
});

test('plain text: prose in 72 columns, captured lines whole and at the end', () => {
  const text = formatNamed('plain-text').render(sampleReport);
  const [letter = '', ...attached] = text.split(/^---- .* ----$/m);
  const foreign = [
    ...captures.flatMap((capture) => capture.text.split('\n')),
    ...sampleReport.findings.flatMap(({ plans }) =>
      plans.flatMap((plan) => plan.steps.map(({ shown }) => shown)),
    ),
  ].map((line) => line.trim());
  for (const line of letter.split('\n').slice(1)) {
    const isForeign = foreign.some((one) => one !== '' && line.endsWith(one));
    if (!isForeign) expect(line.length, line).toBeLessThanOrEqual(72);
  }
  expect(attached).toHaveLength(captures.length);
  expect(text).toContain(captures[0]?.text);
});
