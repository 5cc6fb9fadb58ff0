import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expand, ipv6StandIns } from '../../src/report/redact-address.ts';
import { ipv4StandIns } from '../../src/report/redact-ipv4.ts';
import { bareMac, macStandIns } from '../../src/report/redact-mac.ts';

const octet = fc.integer({ min: 0, max: 255 });
const address = fc
  .oneof(
    fc.tuple(octet, octet, octet, octet),
    fc.tuple(fc.constant(10), fc.integer({ min: 0, max: 3 }), octet, octet),
    fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
    fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
    fc.tuple(fc.constant(95), fc.constant(163), octet, octet),
  )
  .map((parts) => parts.join('.'));
const mac = fc
  .oneof(
    fc.tuple(octet, octet, octet, octet, octet, octet),
    fc.tuple(fc.constant(0x52), fc.constant(0x54), fc.constant(0), fc.constant(0), fc.constant(0), octet),
  )
  .map((bytes) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':'));

describe('MACs', () => {
  test.each([
    ['52:54:00:ab:cd:ef', /^52:54:00:/],
    ['bc:24:11:0e:51:07', /^bc:24:11:/],
    ['58:9c:fc:0e:51:07', /^58:9c:fc:/],
    ['00:0c:29:0e:51:07', /^00:0c:29:/],
    ['FE-E1-BB-D1-F1-00', /^FE-E1-BB-/],
    ['fe:e1:ba:d1:f1:00', /^fe:e1:ba:/],
    ['00:1b:21:3c:9d:f8', /^00:53:01:/],
    ['c2:8a:93:59:9a:0a', /^02:53:01:/],
    ['0:d:b9:4c:1a:2b', /^0:53:1:1:0:1$/],
    ['ff:ff:ff:ff:ff:ff', /^ff:ff:ff:ff:ff:ff$/],
    ['01:00:5e:00:00:01', /^01:00:5e:00:00:01$/],
    ['33:33:00:00:00:01', /^33:33:00:00:00:01$/],
    ['00:00:5e:00:01:cb', /^00:00:5e:00:01:cb$/],
  ])('%s keeps its meaning', (real, standIn) => {
    expect(macStandIns().mac(real)).toMatch(standIn);
  });

  test('what is real somewhere is no stand-in elsewhere', () => {
    const first = macStandIns().mac('52:54:00:ab:cd:ef');
    const macs = ['52:54:00:ab:cd:ef', first, '00:1b:21:00:00:01', '00:53:01:00:00:01'];
    const standIns = macStandIns(macs.map(bareMac));
    for (const mac of macs) expect(macs).not.toContain(standIns.mac(mac));
  });

  test('same in, same out; different in, different out; none is a real one; both low bits stay', () => {
    fc.assert(
      fc.property(fc.uniqueArray(mac, { maxLength: 40 }), (macs) => {
        const standIns = macStandIns(macs.map(bareMac));
        const first = macs.map(standIns.mac);
        expect(macs.map(standIns.mac)).toEqual(first);
        expect(new Set(first).size).toBe(macs.length);
        const bits = (one: string) => Number.parseInt(one.slice(0, 2), 16) & 3;
        expect(first.map(bits)).toEqual(macs.map(bits));
        for (const [index, one] of first.entries()) {
          const isGroup = (bits(one) & 1) === 1;
          if (!isGroup && !/^00:00:5e:00:0[12]|^00:00:00:00:00:00/.test(one)) expect(macs).not.toContain(one);
          else if (!one.startsWith('33:33:ff')) expect(one).toBe(macs[index]);
        }
      }),
    );
  });
});

describe('IPv4', () => {
  const one = (real: string, ...others: string[]) => ipv4StandIns([real, ...others])(real);

  test.each([
    ['10.0.40.2', /^10\.\d+\.\d+\.2$/],
    ['172.20.1.2', /^172\.(?:1[6-9]|2\d|3[01])\.\d+\.2$/],
    ['192.168.64.1', /^192\.168\.\d+\.1$/],
    ['100.65.1.3', /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./],
    ['169.254.7.7', /^169\.254\./],
    ['95.163.182.255', /^198\.18\.\d+\.255$/],
    ['198.18.7.7', /^198\.19\./],
    ['127.0.0.1', /^127\.0\.0\.1$/],
    ['255.255.255.0', /^255\.255\.255\.0$/],
    ['224.0.0.18', /^224\.0\.0\.18$/],
    ['192.0.2.9', /^192\.0\.2\.9$/],
    ['192.168.0.0', /^192\.168\.0\.0$/],
    ['10.255.255.255', /^10\.255\.255\.255$/],
  ])('%s stays in its class', (real, standIn) => {
    expect(one(real)).toMatch(standIn);
  });

  test("10.0.0.0 is the range, but a network where it is somebody's", () => {
    expect(one('10.0.0.0')).toBe('10.0.0.0');
    const standInOf = ipv4StandIns(['10.0.0.0', '10.0.0.5']);
    expect(standInOf('10.0.0.0').replace(/\d+$/, '')).toBe(standInOf('10.0.0.5').replace(/\d+$/, ''));
    expect(standInOf('10.0.0.5')).not.toBe('10.0.0.5');
  });

  /** How many bits two addresses have in common. */
  const common = (a: string, b: string) => {
    const bits = (text: string) =>
      text
        .split('.')
        .map((part) => Number(part).toString(2).padStart(8, '0'))
        .join('');
    const [left, right] = [bits(a), bits(b)];
    let count = 0;
    while (count < 32 && left[count] === right[count]) count++;
    return count;
  };
  const isEdge = (text: string) =>
    /^(?:10\.0|172\.16|192\.168|100\.64|169\.254)\.0\.0$|\.255\.255$/.test(text);

  test('prefixes in common stay in common from /16 on; different addresses stay different; none is a real one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(address, { maxLength: 30 }), (all) => {
        const addresses = all.filter((text) => !isEdge(text));
        const standInOf = ipv4StandIns(addresses);
        const standIns = addresses.map((text) => standInOf(text));
        expect(new Set(standIns).size).toBe(addresses.length);
        for (const [a, real] of addresses.entries()) {
          const standIn = standIns[a] as string;
          if (standIn !== real) expect(addresses).not.toContain(standIn);
          else
            expect(real).toMatch(/^(?:0|127|22[4-9]|2[345]\d)\.|^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./);
          for (const [b, other] of addresses.entries()) {
            const bits = common(real, other);
            const isTouched = standIn !== real && standIns[b] !== other;
            if (bits >= 16 && isTouched) expect(common(standIn, standIns[b] as string)).toBe(bits);
          }
        }
      }),
    );
  });

  test('more public networks than there are of nobody do no harm', () => {
    const many = Array.from(
      { length: 6000 },
      (_, index) => `${11 + (index % 80)}.${Math.floor(index / 80)}.1.1`,
    );
    const standInOf = ipv4StandIns(many);
    for (const real of many) expect(standInOf(real)).toMatch(/^\d{1,3}(?:\.\d{1,3}){3}$/);
    expect(new Set(many.slice(0, 3500).map((real) => standInOf(real))).size).toBe(3500);
  });
});

describe('IPv6', () => {
  const standInOf = ipv6StandIns(macStandIns());

  test.each(['::1', '::', 'ff02::1', 'ff02::1:2', 'fe80::', '2000::', '2001:db8::7', 'fe80::1'])(
    '%s stays',
    (real) => {
      expect(standInOf(real)).toBe(real);
    },
  );

  test.each([
    ['fe80::5054:ff:feab:cdef', /^fe80::5054:ff:fe01:1$/],
    ['2a02:810d:1::5', /^2001:db8:\w+::5$/],
    ['2A02:810D:1:40:1c2:3aa:4bb:5cc', /^2001:DB8:\w+:40:A000:0:1\w\w:\w+$/],
    ['fd12:3456:789a:1::1', /^fd00:db8:\w+:1::1$/],
    ['2a02:810d:1:40::', /^2001:db8:\w+:40::$/],
    ['2a02:0810:0001:0040:0000:0000:0000:0005', /^2001:0db8:0\w{3}:0040:0000:0000:0000:0005$/],
  ])('%s keeps its class and spelling', (real, standIn) => {
    expect(standInOf(real)).toMatch(standIn);
  });

  test('same in, same out; different in, different out; one /48 and one /64 stay one', () => {
    const group = fc.constantFrom('0', '1', '40', 'beef', '810d', 'ff', 'fe0e');
    const one = fc
      .tuple(fc.constantFrom('2a02', 'fd12', 'fe80', '2001'), ...Array.from({ length: 7 }, () => group))
      .map((groups) => groups.join(':'));
    fc.assert(
      fc.property(fc.uniqueArray(one, { maxLength: 20 }), (addresses) => {
        const fresh = ipv6StandIns(macStandIns(), addresses);
        const standIns = addresses.map(fresh);
        expect(addresses.map(fresh)).toEqual(standIns);
        expect(new Set(standIns).size).toBe(addresses.length);
        const prefix = (text: string, groups: number) => expand(text)?.slice(0, groups).join(':');
        for (const [a, real] of addresses.entries()) {
          for (const [b, other] of addresses.entries()) {
            for (const groups of [3, 4])
              expect(prefix(standIns[a] as string, groups) === prefix(standIns[b] as string, groups)).toBe(
                prefix(real, groups) === prefix(other, groups),
              );
          }
        }
      }),
    );
  });
});
