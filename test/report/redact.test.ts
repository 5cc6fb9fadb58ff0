import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '../../src/report/redact.ts';
import { ipv4StandIns, ipv6StandIns } from '../../src/report/redact-address.ts';
import { macStandIns } from '../../src/report/redact-mac.ts';
import { caseNames, examine, readCase } from '../cases.ts';

const octet = fc.integer({ min: 0, max: 255 });
const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
const mac = fc
  .array(octet, { minLength: 6, maxLength: 6 })
  .map((bytes) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':'));

describe('MACs', () => {
  test.each([
    ['52:54:00:ab:cd:ef', /^52:54:00:/],
    ['bc:24:11:0e:51:07', /^bc:24:11:/],
    ['FE-E1-BB-D1-F1-00', /^FE-E1-BB-/],
    ['00:1b:21:3c:9d:f8', /^00:53:01:/],
    ['c2:8a:93:59:9a:0a', /^02:53:01:/],
    ['ff:ff:ff:ff:ff:ff', /^ff:ff:ff:ff:ff:ff$/],
    ['01:00:5e:00:00:01', /^01:00:5e:00:00:01$/],
    ['00:00:5e:00:01:cb', /^00:00:5e:00:01:cb$/],
  ])('%s keeps its meaning', (real, standIn) => {
    expect(macStandIns()(real)).toMatch(standIn);
  });

  test('same in, same out; different in, different out; unicast and local bits stay', () => {
    fc.assert(
      fc.property(fc.uniqueArray(mac, { maxLength: 20 }), (macs) => {
        const standInOf = macStandIns();
        const first = macs.map(standInOf);
        expect(macs.map(standInOf)).toEqual(first);
        expect(new Set(first).size).toBe(macs.length);
        const bits = (one: string) => Number.parseInt(one.slice(0, 2), 16) & 3;
        expect(first.map(bits)).toEqual(macs.map(bits));
      }),
    );
  });
});

describe('IPv4', () => {
  test.each([
    ['10.0.40.2', /^10\./],
    ['172.20.1.2', /^172\.(?:1[6-9]|2\d|3[01])\./],
    ['192.168.64.1', /^192\.168\./],
    ['100.64.1.3', /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./],
    ['169.254.7.7', /^169\.254\./],
    ['95.163.182.60', /^198\.18\./],
    ['127.0.0.1', /^127\.0\.0\.1$/],
    ['255.255.255.0', /^255\.255\.255\.0$/],
    ['224.0.0.18', /^224\.0\.0\.18$/],
    ['192.0.2.9', /^192\.0\.2\.9$/],
  ])('%s stays in its class', (real, standIn) => {
    expect(ipv4StandIns()(real)).toMatch(standIn);
  });

  test('one network stays one network, addresses stay different', () => {
    fc.assert(
      fc.property(fc.uniqueArray(address, { maxLength: 12 }), (addresses) => {
        const standInOf = ipv4StandIns();
        const standIns = addresses.map(standInOf);
        expect(new Set(standIns).size).toBe(addresses.length);
        for (const [a, one] of addresses.entries()) {
          for (const [b, other] of addresses.entries()) {
            const isSame = one.replace(/\.\d+$/, '') === other.replace(/\.\d+$/, '');
            expect(standIns[a]?.replace(/\.\d+$/, '') === standIns[b]?.replace(/\.\d+$/, '')).toBe(isSame);
          }
        }
      }),
    );
  });
});

describe('IPv6', () => {
  const standInOf = ipv6StandIns(macStandIns());

  test('a link-local address made from a MAC follows that MAC', () => {
    expect(standInOf('fe80::5054:ff:feab:cdef')).toBe('fe80::5054:ff:fe00:1');
  });

  test.each(['::1', '::', 'ff02::1'])('%s stays', (real) => {
    expect(standInOf(real)).toBe(real);
  });

  test('one /64 stays one', () => {
    expect(standInOf('2a02:810d:1::5')).toMatch(/^2001:db8:0:\d+:/);
    expect(standInOf('2a02:810d:1::6').split(':').slice(0, 4)).toEqual(
      standInOf('2a02:810d:1::5').split(':').slice(0, 4),
    );
  });
});

describe.each(caseNames)('redacted, case %s', (name) => {
  const report = examine(readCase(name));
  const { report: redacted, map } = redact(report);
  const text = JSON.stringify(redacted).toLowerCase();

  test('no real value is left, and the report says that it is redacted', () => {
    const standIns = new Set(map.values());
    for (const real of map.keys()) {
      const whole = new RegExp(`(?<!\\w)${real.toLowerCase().replaceAll('.', '\\.')}(?!\\w)`);
      if (!standIns.has(real)) expect(text).not.toMatch(whole);
    }
    for (const found of JSON.stringify(report).matchAll(/(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/gi)) {
      const one = found[0].toLowerCase();
      if (!/^(?:ff:ff|33:33|01:)/.test(one) && !standIns.has(one)) expect(text).not.toContain(one);
    }
    expect(redacted.redacted).toBe(true);
    expect(redacted.problems.at(-1)?.says).toMatch(/^Redacted: \d+/);
  });

  test('the diagnosis stays the same', () => {
    const gist = (one: typeof report) =>
      one.findings.map(({ fault, standing, nic }) => [fault, standing, nic]);
    expect(gist(redacted)).toEqual(gist(report));
  });
});

test('names go where their place says that they are names', () => {
  const report = examine(readCase('no-carrier-vlan-40'));
  const text = [
    'operator7@fw-munich:~$ ifconfig vio0',
    'Nov 20 10:00:01 fw-munich /bsd: vio0: device needs reset',
    'name: customer-gateway',
    'mail jane.doe@example.org',
    'description: vm1-if0-customer-gateway',
  ].join('\n');
  const captures = [{ name: 'x.txt', side: 'guest' as const, origin: 'file' as const, text }];
  const { report: redacted, map } = redact({ ...report, captures });
  expect([...map.keys()]).toEqual(
    expect.arrayContaining(['fw-munich', 'customer-gateway', 'jane.doe', 'operator7']),
  );
  expect(redacted.captures[0]?.text).not.toMatch(/munich|customer|jane|operator7/);
  expect(redacted.captures[0]?.text).toContain('device needs reset');
});
