import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import type { Finding, Report } from '../../src/model/report.ts';
import { knowledge, readCase } from '../cases.ts';

// Nine faults that a person takes for one another: "there is a NIC, and nothing passes". While nothing but the NIC was seen, each
// of them is possible, and each says what would decide. The captures that decide for one make it likely, and no other.
type Look = {
  readonly fault: string;
  readonly case: string;
  /** What separates it from the others. */
  readonly captures: readonly string[];
  /** The fact that it turns on. */
  readonly fact: string;
};

const looks: readonly Look[] = [
  {
    fault: 'link-down-by-host',
    case: 'lab-link-down',
    captures: ['guest/b-ip-link.txt', 'host/xp.txt'],
    fact: 'host.cable',
  },
  {
    fault: 'interface-down',
    case: 'lab-interface-down',
    captures: ['guest/b-ip-link.txt'],
    fact: 'nic.up',
  },
  {
    fault: 'no-carrier-config-vector',
    case: 'lab-config-vector-lost',
    captures: ['guest/b-ip-link.txt', 'guest/b-interrupts.txt', 'host/xp.txt'],
    fact: 'device.config-vector',
  },
  {
    fault: 'ring-event-idx-stall',
    case: 'lab-ring-lost-interrupt',
    captures: ['guest/c-status.txt', 'host/c-queue-0.txt'],
    fact: 'device.receive-ring',
  },
  {
    fault: 'mac-filter-or-limit',
    case: 'lab-mac-filter-nft',
    captures: ['guest/ip-link.txt', 'host/nft-list-ruleset.txt'],
    fact: 'host.mac-filter',
  },
  {
    fault: 'packet-filter-blocks',
    case: 'bridge-nf-forward-drop',
    captures: ['guest/ip-link.txt', 'host/sysctl.txt', 'host/iptables.txt'],
    fact: 'host.filter',
  },
  {
    fault: 'vlan-tag-mismatch',
    case: 'lab-vlan-pvid-wrong',
    captures: ['guest/ip-link.txt', 'host/bridge-vlan.txt', 'host/bridge-fdb.txt'],
    fact: 'host.vlan-learned',
  },
  {
    fault: 'bridge-membership',
    case: 'lab-tap-not-in-bridge',
    captures: ['guest/ip-link.txt', 'host/ip-link-tap.txt', 'host/tcpdump-tap.txt'],
    fact: 'host.bridge-port',
  },
  {
    fault: 'no-address',
    case: 'lab-link-down',
    captures: ['guest/no-address.txt'],
    fact: 'nic.address',
  },
];

const first: readonly Capture[] = [
  capture(
    'guest/ethtool-i.txt',
    '# ethtool -i eth0\ndriver: virtio_net\nversion: 1.0.0\nfirmware-version: \nexpansion-rom-version: \nbus-info: 0000:00:12.0\n',
  ),
  capture(
    'host/ip-br-link.txt',
    'vmbr0            UP             12:a3:68:7f:02:ed <BROADCAST,MULTICAST,UP,LOWER_UP> \ntap100i0         UP             8a:69:f5:29:a2:72 <BROADCAST,MULTICAST,UP,LOWER_UP> \n',
  ),
];
const noAddress = capture(
  'guest/no-address.txt',
  '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n    link/ether bc:24:11:5a:c0:01 brd ff:ff:ff:ff:ff:ff\n',
);

const before = examine(first);

describe.each(looks)('$fault', (look) => {
  const decided = examine([...first, ...capturesOf(look)]);

  test('is possible while only the NIC was seen, and asks for what decides', () => {
    const finding = find(before, look.fault);
    expect(finding?.standing).toBe('possible');
    expect(finding?.open.map(({ fact }) => fact)).toContain(look.fact);
    expect(finding?.ask.flatMap(({ settles }) => settles)).toContain(look.fact);
  });

  test('is likely at least with the captures that separate it', () => {
    expect(['certain', 'likely']).toContain(find(decided, look.fault)?.standing);
    expect(find(decided, look.fault)?.because.some(({ line }) => line.sample !== 'complaint')).toBe(true);
  });

  test.each(looks.filter((other) => other !== look))('is told apart from $fault', (other) => {
    expect(find(before, other.fault)?.standing).toBe('possible');
    expect(find(decided, other.fault)?.standing ?? 'silent').not.toMatch(/certain|likely/);
  });
});

function examine(captures: readonly Capture[]): Report {
  return doctor(captures, 'no-traffic', knowledge);
}

function capturesOf({ case: name, captures }: Look): Capture[] {
  return [...readCase(name).captures, noAddress].filter((one) => captures.includes(one.name));
}

function find({ findings }: Report, fault: string): Finding | undefined {
  return findings.find((finding) => finding.fault === fault);
}

function capture(name: string, text: string): Capture {
  return { name, side: name.startsWith('guest/') ? 'guest' : 'host', origin: 'file', text };
}
