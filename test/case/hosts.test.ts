import { expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import type { Report } from '../../src/model/report.ts';
import { knowledge, readCase } from '../cases.ts';

function host(name: string, text: string): Capture {
  return { name: `host/${name}`, side: 'host', origin: 'file', text };
}

function guest(name: string, text: string): Capture {
  return { name: `guest/${name}`, side: 'guest', origin: 'file', text };
}

function standing({ findings }: Report, fault: string): string | undefined {
  return findings.find((finding) => finding.fault === fault)?.standing;
}

test('a list of ports that may be cut makes a tap outside of it possible, no more', () => {
  const cut = 'bridge name\tbridge id\t\tSTP enabled\tinterfaces\nvmbr0\t\t8000.3cecef0a0001\tno\t\teno1\n';
  const captures = readCase('brctl-without-tap').captures.map((one) =>
    one.name === 'host/brctl-show.txt' ? host('brctl-show.txt', cut) : one,
  );
  const report = doctor(captures, 'no-traffic', knowledge);
  expect(standing(report, 'bridge-membership')).toBe('possible');
  expect(report.findings[0]?.because.map(({ line }) => line.sample)).toContain('host/brctl-show.txt');
});

test('a public address needs no translation', () => {
  const { captures } = readCase('linux-host-no-nat');
  const rules = host('nat.txt', '*nat\n:POSTROUTING ACCEPT [0:0]\nCOMMIT\n');
  const changed = captures
    .filter(({ name }) => name !== 'host/sysctl.txt')
    .map((one) => ({ ...one, text: one.text.replaceAll('192.0.2.', '9.9.9.') }));
  expect(standing(doctor([...captures, rules], 'no-traffic', knowledge), 'nat-or-forwarding-missing')).toBe(
    'certain',
  );
  expect(
    standing(doctor([...changed, rules], 'no-traffic', knowledge), 'nat-or-forwarding-missing'),
  ).not.toMatch(/certain|likely/);
});

const bridge = 'bridge fdb show';
const own = 'bc:24:11:00:00:01 dev tap100i0 vlan 40 master vmbr0\n';

test.each([
  ['one other VLAN', '3c:ec:ef:00:00:01 dev eno1 vlan 60 master vmbr0\n', 'possible'],
  [
    'several VLANs',
    '3c:ec:ef:00:00:01 dev eno1 vlan 60 master vmbr0\n3c:ec:ef:00:00:02 dev eno1 vlan 70 master vmbr0\n',
    undefined,
  ],
])('an uplink on which MACs of %s were learned', (_, others, expected) => {
  const captures = [
    host('fdb.txt', `# ${bridge}\n${own}${others}`),
    host('qm.txt', '# qm config 100\nnet0: virtio=BC:24:11:00:00:01,bridge=vmbr0\n'),
  ];
  expect(standing(doctor(captures, 'none', knowledge), 'vlan-tag-mismatch')).toBe(expected);
});

test("the ports of Open vSwitch's table get their names from ovs-ofctl", () => {
  const captures = [
    host(
      'fdb.txt',
      '# ovs-appctl fdb/show vmbr1\n port  VLAN  MAC                Age\n    3    40  bc:24:11:0e:51:08    5\n    1    60  3c:ec:ef:0a:00:01   12\n',
    ),
    host(
      'ofctl.txt',
      '# ovs-ofctl show vmbr1\n 1(eno1): addr:3c:ec:ef:0a:00:09\n 3(tap107i1): addr:fe:24:11:0e:51:08\n',
    ),
    host('qm.txt', '# qm config 107\nnet1: virtio=BC:24:11:0E:51:08,bridge=vmbr1\n'),
  ];
  expect(standing(doctor(captures, 'none', knowledge), 'vlan-tag-mismatch')).toBe('possible');
  expect(standing(doctor(captures.slice(0, 1), 'none', knowledge), 'vlan-tag-mismatch')).toBeUndefined();
});

test('the cable of a saved configuration may be another than that of the running VM', () => {
  const xml = (state: string) =>
    `<domain type='kvm'>\n  <name>web</name>\n  <interface type='bridge'>\n    <mac address='52:54:00:0a:06:02'/>\n    <source bridge='br0'/>\n    <link state='${state}'/>\n  </interface>\n</domain>\n`;
  expect(standing(doctor([host('web.xml', xml('down'))], 'no-link', knowledge), 'link-down-by-host')).toBe(
    'possible',
  );
});

test('one guest, two faults: each is told of its own NIC', () => {
  const text = `vio0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500
\tlladdr bc:24:11:0e:51:07
\tmedia: Ethernet autoselect
\tstatus: no carrier
vio1: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500
\tlladdr bc:24:11:0e:51:08
\tmedia: Ethernet autoselect
\tstatus: no carrier
`;
  const qm = `# qm config 107
net0: virtio=BC:24:11:0E:51:07,bridge=vmbr0,link_down=1
net1: virtio=BC:24:11:0E:51:08,bridge=vmbr1
`;
  const { findings } = doctor([guest('ifconfig.txt', text), host('qm.txt', qm)], 'no-link', knowledge);
  const sure = findings
    .filter((finding) => finding.standing === 'certain')
    .map(({ fault, nic }) => [fault, nic]);
  expect(sure).toEqual(
    expect.arrayContaining([
      ['link-down-by-host', 'vio0'],
      ['interface-down', 'vio1'],
    ]),
  );
  expect(sure).toHaveLength(2);
});

test('while nobody knows what runs the VM, what tells it is asked first; then that one is asked', () => {
  const text =
    'vtnet0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu 1500\n\tether bc:24:11:0e:51:07\n\tstatus: no carrier\n';
  const asked = (...captures: Capture[]) =>
    doctor([guest('ifconfig.txt', text), ...captures], 'no-link', knowledge)
      .ask.filter(({ on }) => on === 'host')
      .map(({ probe }) => probe.split('/')[0]);
  expect(asked()).toEqual(['any-host']);
  const uname = (release: string) =>
    host('uname.txt', `# uname -a\nLinux h1 ${release} #1 SMP PREEMPT_DYNAMIC Debian x86_64 GNU/Linux\n`);
  expect(asked(uname('6.8.12-4-pve'))).toContain('proxmox');
  expect(asked(uname('6.8.12-4-pve'))).not.toContain('libvirt');
  expect(asked(uname('6.1.0-18-amd64'))).toEqual(['any-host']);
});

test('one host, two faults: a tap outside its bridge, and another in the wrong VLAN', () => {
  const captures = [
    host(
      'qm.txt',
      '# qm config 107\nnet0: virtio=BC:24:11:0E:51:07,bridge=vmbr0\nnet1: virtio=BC:24:11:0E:51:08,bridge=vmbr1,tag=40\n',
    ),
    host(
      'link.txt',
      `# ip -d link
21: tap107i0: <BROADCAST,MULTICAST,PROMISC,UP,LOWER_UP> mtu 1500 qdisc mq state UNKNOWN mode DEFAULT group default qlen 1000
    link/ether fe:24:11:0e:51:07 brd ff:ff:ff:ff:ff:ff promiscuity 1
    tun type tap pi off vnet_hdr on persist off
22: tap107i1: <BROADCAST,MULTICAST,PROMISC,UP,LOWER_UP> mtu 1500 qdisc mq master vmbr1 state UNKNOWN mode DEFAULT group default qlen 1000
    link/ether fe:24:11:0e:51:08 brd ff:ff:ff:ff:ff:ff promiscuity 1
    tun type tap pi off vnet_hdr on persist off
`,
    ),
    host('vlan.txt', 'port              vlan-id\ntap107i1          50 PVID Egress Untagged\n'),
  ];
  const { findings } = doctor(captures, 'no-traffic', knowledge);
  const sure = findings
    .filter(({ standing: how }) => how !== 'possible')
    .map(({ fault, nic }) => `${fault} ${nic}`);
  expect(sure).toEqual(['bridge-membership tap107i0', 'vlan-tag-mismatch tap107i1']);
});
