import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import { knowledge } from '../cases.ts';

const text = `2: ens18: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    link/ether bc:24:11:00:00:01 brd ff:ff:ff:ff:ff:ff
    inet 192.0.2.10/24 brd 192.0.2.255 scope global ens18
3: ens19: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default qlen 1000
    link/ether bc:24:11:00:00:02 brd ff:ff:ff:ff:ff:ff
`;
const capture: Capture = { name: 'ip-addr.txt', side: 'guest', origin: 'file', text };

test('a NIC that nobody misses is no fault', () => {
  const { findings, ruledOut } = doctor([capture], 'none', knowledge);
  expect(findings).toEqual([]);
  expect(ruledOut.map(({ fault, nic }) => [fault, nic])).toEqual([['interface-down', 'ens19']]);
});

test('with a complaint it is', () => {
  const { findings } = doctor([capture], 'no-link', knowledge);
  expect(findings[0]).toMatchObject({ fault: 'interface-down', nic: 'ens19', standing: 'certain' });
});

describe('where nobody says what he sees', () => {
  test('a spare one is asked about, and no more than possible', () => {
    const { findings, verdict } = doctor([capture], null, knowledge);
    const down = findings.find(({ fault }) => fault === 'interface-down');
    expect(down).toMatchObject({ nic: 'ens19', standing: 'possible' });
    expect(down?.open.map(({ asks }) => asks)).toContain('Is ens19 meant to be used?');
    expect(down?.ask.flatMap(({ settles }) => settles)).toContain('nic.use');
    expect(verdict).toBe('unclear');
  });

  test('also in a listing without addresses', () => {
    const link = text.replace(/ {4}inet .*\n/, '').replaceAll(' group', ' mode DEFAULT group');
    const { findings } = doctor([{ ...capture, text: link }], null, knowledge);
    expect(findings.find(({ fault }) => fault === 'interface-down')?.standing).toBe('possible');
  });

  const bsd = `vio0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500
\tlladdr bc:24:11:00:00:01
\tindex 1 priority 0 llprio 3
\tmedia: Ethernet autoselect
\tstatus: active
\tinet 192.0.2.10 netmask 0xffffff00 broadcast 192.0.2.255
vio1: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500
\tlladdr bc:24:11:00:00:02
\tindex 2 priority 0 llprio 3
\tmedia: Ethernet autoselect
\tstatus: no carrier
`;
  const files = (name: string) => [{ ...capture, name: `guest/${name}` }];

  test.each<[string, string, readonly Capture[]]>([
    ['an address', bsd.replace('no carrier\n', 'no carrier\n\tinet 192.0.2.20 netmask 0xffffff00\n'), []],
    [
      'autoconf',
      bsd
        .replace('flags=8802<BROADCAST,', 'flags=808802<BROADCAST,')
        .replace(
          'MULTICAST> mtu 1500\n\tlladdr bc:24:11:00:00:02',
          'MULTICAST,AUTOCONF4> mtu 1500\n\tlladdr bc:24:11:00:00:02',
        ),
      [],
    ],
    ['a start-up file', bsd, files('hostname.vio1').map((file) => ({ ...file, text: 'inet autoconf\n' }))],
    ['a bridge', bsd, files('hostname.bridge0').map((file) => ({ ...file, text: 'add vio1\nup\n' }))],
    [
      'a VLAN above it',
      bsd,
      files('hostname.vlan5').map((file) => ({ ...file, text: 'vnetid 5 parent vio1\nup\n' })),
    ],
    [
      'a rule of PF',
      bsd,
      files('pf.conf').map((file) => ({ ...file, text: 'block all\npass in on vio1 from any to any\n' })),
    ],
    ['no other NIC that works', bsd.slice(bsd.indexOf('vio1')), []],
  ])('%s tells that it is meant to be used', (_, listing, more) => {
    const { findings } = doctor([{ ...capture, text: listing }, ...more], null, knowledge);
    expect(findings.find(({ nic }) => nic === 'vio1')).toMatchObject({
      fault: 'interface-down',
      standing: 'certain',
    });
  });

  test('nothing of the kind does not', () => {
    const { findings } = doctor([{ ...capture, text: bsd }], null, knowledge);
    expect(findings.filter(({ standing }) => standing !== 'possible')).toEqual([]);
  });
});
