import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { formatNamed } from '../../src/report/formats.ts';
import { captures, sampleReport } from './sample-report.ts';

const { render } = formatNamed('sendbug');
const text = render(sampleReport);
/** What sendbug.c 1.80 sends of it: all but the lines that begin with SENDBUG. */
const sent = (form: string) => form.split('\n').filter((line) => !line.startsWith('SENDBUG'));

test('has the fields of the form in their order, each once, after the headers of a mail', () => {
  const fields = sent(text).filter((line) => /^(?:To|Subject):|^>[A-Z]/.test(line));
  expect(fields.map((line) => line.split(':')[0])).toEqual([
    'To',
    'Subject',
    '>Synopsis',
    '>Category',
    '>Environment',
    '>Description',
    '>How-To-Repeat',
    '>Fix',
  ]);
  expect(sent(text)[0]).toBe('To: bugs@openbsd.org');
  expect(sent(text)[2]).toBe('');
});

test('fills System, Details, Architecture and Machine as sendbug does', () => {
  expect(text).toContain(
    [
      '\tSystem      : OpenBSD 7.5',
      '\tDetails     : OpenBSD 7.5 (GENERIC.MP) #82: Wed Mar 20 15:48:40 MDT 2024',
      '\t\t\t deraadt@amd64.openbsd.org:/usr/src/sys/arch/amd64/compile/GENERIC.MP',
      '',
      '\tArchitecture: OpenBSD.amd64',
      '\tMachine     : amd64',
    ].join('\n'),
  );
});

test('what is not known says so, and a missing dmesg is asked for', () => {
  const guest = { ...sampleReport.guest, release: null };
  const bare = render({ ...sampleReport, captures: [], samples: [], guest });
  expect(bare).toContain('\tSystem      : <unknown: paste sysctl kern.version>');
  expect(bare).toContain('\tDetails     : <unknown: paste sysctl kern.version>');
  expect(bare).toContain('SENDBUG: There is no dmesg here.');
});

test('attaches every captured line, the dmesg first, none taken away by sendbug', () => {
  const lines = sent(text);
  expect(lines).toContain('dmesg:');
  expect(lines.indexOf('dmesg:')).toBeLessThan(
    lines.indexOf('guest/ifconfig.txt (guest): OpenBSD ifconfig:'),
  );
  for (const line of captures.flatMap((capture) => capture.text.split('\n')))
    expect(lines.map((one) => one.replace(/^ (?=SENDBUG)/, ''))).toContain(line);
  expect(lines).toContain(' SENDBUG is no word of a dmesg');
  expect(text).toContain('(failed: permission denied)');
});

test('a form that was pasted as a capture adds no second fields', () => {
  const [first] = captures;
  const pasted = { ...first, text: '>Synopsis:\tother\n>Category:\tuser\n' } as (typeof captures)[0];
  const form = render({ ...sampleReport, captures: [pasted] });
  expect(form.match(/^>Synopsis:/gm)).toHaveLength(1);
  expect(form).toContain('\n >Synopsis:\tother\n');
});

test("a setting of the host is no kernel bug, and the sender is told; a driver's fault is one", () => {
  expect(text).toContain('>Category:\tsystem\n');
  expect(text).toContain("SENDBUG: By these lines it is not OpenBSD's fault (link-down-by-host)");
  const [first] = sampleReport.findings;
  const stall = render({
    ...sampleReport,
    findings: [{ ...first, fault: 'ring-event-idx-stall' }],
  } as Report);
  expect(stall).toContain('>Category:\tkernel\n');
  expect(stall).not.toContain("not OpenBSD's fault");
});

describe('the subject', () => {
  const findings = sampleReport.findings.slice(2);
  const unclear: Report = { ...sampleReport, verdict: 'unclear', complaint: null, findings };

  test('names NIC, what is wrong, release and hypervisor in one line', () => {
    expect(text).toMatch(
      /^Subject: vio1: the host has unplugged this NIC's cable \(OpenBSD 7\.5 on Proxmox VE 8\.2\)$/m,
    );
  });

  test('holds no cause that is only possible', () => {
    expect(render(unclear)).toMatch(
      /^Subject: vio0: does not work as expected, cause not known \(OpenBSD 7\.5/m,
    );
    expect(render({ ...unclear, complaint: 'stalls' })).toMatch(/^Subject: vio0: traffic stalls \(/m);
  });
});
