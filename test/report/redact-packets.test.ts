import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import { formatNamed, formats } from '../../src/report/formats.ts';
import { redact } from '../../src/report/redact.ts';
import { caseNames, examine, knowledge, readCase } from '../cases.ts';
import { arp, dhcp, ethernet, ipv4, pcap, udp } from '../parse/pcap-bytes.ts';

// A packet capture is shown as text: what is replaced there is gone, and what is left says the same when it is read again.
const cases = caseNames.map(readCase).filter(({ captures }) => captures.some(({ bytes }) => bytes));
// 192.0.2.0/24 is what stand-ins are made of.
const REAL = /bc:24:11:5a:c0:01|02:00:00:00:00:20|be24:11ff:fe5a:c001/i;

test('there are some', () => {
  expect(cases.length).toBeGreaterThan(3);
});

describe.each(cases)('$name', (testCase) => {
  const whole = examine(testCase);
  const { report } = redact(whole);

  test('no address of the packets is left in any format, and no byte of them', () => {
    expect(whole.captures.some(({ text }) => REAL.test(text))).toBe(true);
    for (const { name } of formats) {
      const text = formatNamed(name).render(report);
      expect(REAL.exec(text)?.[0], name).toBeUndefined();
      expect(text).not.toMatch(/^#== begin .* base64$/m);
    }
  });

  test('the redacted bundle gives the same findings', () => {
    const text = formatNamed('bundle').render(report);
    const again = doctor(
      [{ name: 'b.txt', side: 'unknown', origin: 'file', text }],
      testCase.complaint,
      knowledge,
    );
    const told = (findings: typeof again.findings) =>
      findings.map(({ fault, standing }) => `${standing} ${fault}`);
    expect(told(again.findings)).toEqual(told(whole.findings));
  });
});

test('addresses in frames, in ARP, in DHCP and in names of files', () => {
  const from = '10.11.12.13';
  const to = '9.8.7.77';
  const client = '52:54:00:ab:cd:ef';
  const frames = [
    ethernet(arp(1, [client, from], ['00:00:00:00:00:00', to]), { from: client, type: 0x0806 }),
    ethernet(ipv4(udp([1], { from, to, sum: 'pseudo' }), { from, to }), { from: client }),
    ethernet(ipv4(udp(dhcp(1, client), { ports: [68, 67], from, to }), { from, to }), { from: client }),
  ];
  const given = {
    name: 'vm-10.11.12.13.pcap',
    side: 'host',
    origin: 'file',
    text: '',
    bytes: [pcap(frames)],
  } as const;
  const { report } = redact(doctor([given], null, knowledge));
  expect(report.captures[0]?.text).toContain('[pseudo-header sum]');
  for (const { name } of formats)
    expect(formatNamed(name).render(report), name).not.toMatch(
      /10\.11\.12\.13|9\.8\.7\.77|52:54:00:ab:cd:ef/,
    );
});
