import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import { bundleEnd, bundleHead, bundleSection } from '../../src/model/bundle-text.ts';
import type { Capture, Side } from '../../src/model/capture.ts';
import type { Report } from '../../src/model/report.ts';
import { knowledge } from '../cases.ts';

// Outputs of two machines of one side are never joined to one; what one machine printed at several times stays together.
type Shown = { mac?: string; up?: boolean; link?: string; address?: string; name?: string };

function listing({ mac = 'bc:24:11:00:00:01', up = true, link, address, name = 'vio0' }: Shown): string {
  const flags = up ? '8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST>' : '8802<BROADCAST,SIMPLEX,MULTICAST>';
  return [
    `${name}: flags=${flags} mtu 1500`,
    `\tlladdr ${mac}`,
    '\tindex 1 priority 0 llprio 3',
    '\tmedia: Ethernet autoselect',
    `\tstatus: ${link ?? (up ? 'active' : 'no carrier')}`,
    ...(address ? [`\tinet ${address} netmask 0xffffff00 broadcast 192.0.2.255`] : []),
    '',
  ].join('\n');
}

const OTHER = 'bc:24:11:00:00:02';
const one = listing({ up: false, address: '192.0.2.1' });
const other = listing({ mac: OTHER, address: '192.0.2.2' });
const interrupts = (count: number) =>
  `interrupt                       total     rate\nirq98/vio0:0                  ${count}        1\nTotal                         ${count}        1\n`;
const linux = `2: ens18: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    link/ether ${OTHER} brd ff:ff:ff:ff:ff:ff
    inet 192.0.2.2/24 scope global ens18
`;

describe('are told apart', () => {
  test.each<[string, readonly string[]]>([
    ['cards of one name with different MACs, in two files', [one, other]],
    ['... in one paste', [`${one}\n${other}`]],
    ['... in one paste without an empty line', [one + other]],
    ['different names in the prompts', [`fw1# ifconfig vio0\n${one}\nfw2# ifconfig vio0\n${listing({})}`]],
    [
      'different names in uname',
      [
        `$ uname -a\nOpenBSD fw1 7.8 GENERIC.MP#54 amd64\n$ ifconfig vio0\n${one}`,
        `$ uname -a\nOpenBSD fw2 7.8 GENERIC.MP#54 amd64\n$ ifconfig vio0\n${listing({ name: 'vio1' })}`,
      ],
    ],
    [
      'different names in a log',
      [
        `Nov 20 10:00:00 fw1 /bsd: vio0: ctrl queue timeout\nNov 20 10:00:01 fw2 /bsd: vio0: ctrl queue timeout\n${one}`,
      ],
    ],
    [
      'two cards in two kinds of output',
      [
        `vio0 at virtio1: 1 queue, address ${OTHER}\nvio1 at virtio2: 1 queue, address bc:24:11:00:00:03\n`,
        listing({}) + listing({ name: 'vio1', mac: 'bc:24:11:00:00:04' }),
      ],
    ],
    ['two collections', [collection('fw1', one), collection('fw2', other)]],
    ['two collections in one text', [collection('fw1', one) + collection('fw2', other)]],
    [
      'a group of carp(4), which shares a MAC and an address',
      [`${one}${carp('MASTER')}`, `${other}${carp('BACKUP')}`],
    ],
  ])('%s', (_, texts) => {
    const report = look(texts);
    expect(told(report)).toHaveLength(1);
    expect(report.verdict).not.toBe('healthy');
    expect(report.problems.map(({ code }) => code)).not.toContain('samples-disagree');
  });

  test('two hosts', () => {
    const shown = (mac: string, tap: string) =>
      `2: eno1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq master vmbr0 state UP group default qlen 1000\n    link/ether ${mac} brd ff:ff:ff:ff:ff:ff\n9: ${tap}: <BROADCAST,MULTICAST,PROMISC,UP,LOWER_UP> mtu 1500 qdisc mq master vmbr0 state UP group default qlen 1000\n    link/ether fe:24:11:00:00:01 brd ff:ff:ff:ff:ff:ff\n`;
    const report = look([shown('52:54:00:aa:00:01', 'tap101i0'), shown('52:54:00:aa:00:02', 'tap102i0')]);
    expect(told(report)[0]).toContain('the outputs of the host look like those of two machines');
    expect(report.nics.map(({ tap }) => tap)).toEqual(['tap101i0']);
  });
});

test('the two hosts of a live migration', () => {
  const { problems } = look([
    `Nov 20 10:00:00 hv1 kernel: vmbr0: port 2(tap107i0) entered disabled state
Nov 20 10:00:01 hv2 kernel: vmbr0: port 5(tap107i0) entered forwarding state
`,
  ]);
  expect(problems.map(({ says }) => says)).toContainEqual(
    expect.stringContaining('hv1 (paste-1) and hv2 (paste-1)'),
  );
});

describe('stay one machine', () => {
  test.each<[string, readonly string[]]>([
    ['its card up and down', [one, listing({ address: '192.0.2.1' })]],
    ['a card whose MAC was changed', [one, listing({ mac: OTHER, address: '192.0.2.1' })]],
    [
      '... with a name in the prompt',
      [`fw1# ifconfig vio0\n${listing({})}\nroot@fw1:~ # ifconfig vio0\n${other}`],
    ],
    ['a MAC set by hand: dmesg has the burnt-in one', [`vio0 at virtio1: address ${OTHER}\n`, one]],
    ['virtio before, e1000 after', [one, listing({ name: 'em0', address: '192.0.2.1' })]],
    [
      'a machine that gets its name in the middle of a boot',
      [
        `Nov 20 10:00:00 ip-10-0-0-5 kernel: virtio_net virtio0 ens5: renamed from eth0
Nov 20 10:00:04 ip-10-0-0-5 systemd[1]: Hostname set to <web01>.
Nov 20 10:00:09 web01 kernel: virtio_net virtio0 ens5: bad gso: type: 4, size: 1448

root@web01:~# ip link
${linux}`,
      ],
    ],
    [
      'cards that changed their names',
      [
        listing({ name: 'vio0' }) + listing({ name: 'vio1', mac: OTHER }),
        listing({ name: 'vio0', mac: OTHER }) + listing({ name: 'vio1' }),
      ],
    ],
    ['MACs that were edited out', [one, listing({ mac: 'xx:xx:xx:xx:xx:xx' })]],
    [
      'cards that have the MAC of their bond',
      [
        listing({ name: 'vio0' }) + listing({ name: 'vio1', mac: OTHER }),
        listing({ name: 'vio0' }) + listing({ name: 'vio1' }),
      ],
    ],
    ["QEMU's default address and MAC", [one, listing({ mac: '52:54:00:12:34:56' })]],
    ['a name that an installer gave', [`localhost# ifconfig vio0\n${one}\nfw1# ifconfig vio0\n${one}`]],
    [
      'a capture of packets that somebody else took',
      [
        `fw1# ifconfig vio0\n${one}\nme@desk:~$ ping -c 2 192.0.2.1\nPING 192.0.2.1 (192.0.2.1) 56(84) bytes of data.\n\n--- 192.0.2.1 ping statistics ---\n2 packets transmitted, 0 received, 100% packet loss, time 1001ms\n`,
      ],
    ],
  ])('%s', (_, texts) => {
    expect(told(look(texts))).toEqual([]);
  });
});

test('what one of them shows is found, whichever it is, and rests on its lines alone', () => {
  for (const texts of [
    [one, other],
    [other, one],
  ]) {
    const { findings } = look(texts);
    expect(findings[0]).toMatchObject({ fault: 'interface-down', standing: 'certain' });
    const lines = findings.flatMap(({ because }) => because.map(({ line }) => line.sample));
    expect(new Set(lines)).toEqual(new Set([`paste-${texts.indexOf(one) + 1}`]));
  }
});

test('counters of two machines are no two readings of one', () => {
  const reading = (name: string, mac: string, packets: number) =>
    `${name}# ifconfig vio0\n${listing({ mac })}\n${name}# netstat -in\nName    Mtu   Network     Address              Ipkts Ifail    Opkts Ofail Colls\nvio0    1500  <Link>      ${mac} ${packets}     0    98733     0     0\n`;
  const more = (texts: readonly string[]) =>
    look(texts, 'stalls').nics[0]?.path[0]?.counts.map(({ morePackets }) => morePackets);
  expect(more([reading('fw1', 'bc:24:11:00:00:01', 500), reading('fw1', 'bc:24:11:00:00:01', 700)])).toEqual([
    200, 0,
  ]);
  expect(more([reading('fw1', 'bc:24:11:00:00:01', 500), reading('fw2', OTHER, 700)])).toEqual([null, null]);
});

test('different systems, one of which somebody took for the same side', () => {
  const captures = [one, linux].map(
    (text, index): Capture => ({ name: `guest/${index}.txt`, side: 'guest', origin: 'file', text }),
  );
  expect(told(doctor(captures, null, knowledge))).toHaveLength(1);
});

test('outputs of one name are placed by each other', () => {
  const { samples } = look([
    `${one}\nroot@hv7:~# qm config 107\nname: fw\nnet0: virtio=BC:24:11:00:00:01,bridge=vmbr0\nroot@hv7:~# sysctl net.ipv4.ip_forward\nnet.ipv4.ip_forward = 1\n`,
  ]);
  expect(samples.map(({ kind, machine }) => [kind, machine])).toContainEqual(['proxmox/qm-config', 'host']);
  expect(told(look([`${one}\nroot@hv7:~# qm config 107\nname: fw\n`]))).toEqual([]);
});

function carp(role: string): string {
  return `carp1: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr 00:00:5e:00:01:01\n\tindex 5 priority 15 llprio 3\n\tcarp: ${role} carpdev vio0 vhid 1 advbase 1 advskew 0\n\tgroups: carp\n\tstatus: ${role.toLowerCase()}\n\tinet 192.0.2.9 netmask 0xffffff00 broadcast 192.0.2.255\n`;
}

function collection(name: string, text: string): string {
  const section = {
    machine: 'guest',
    taken: '2026-11-26T20:00:01Z',
    outcome: 'exit 0',
    seconds: 0.1,
  } as const;
  const sections = [
    {
      ...section,
      probe: 'survey/uname',
      argv: ['uname', '-a'],
      text: `OpenBSD ${name} 7.8 GENERIC.MP#54 amd64\n`,
    },
    { ...section, probe: 'openbsd/ifconfig', argv: ['ifconfig', '-A'], text },
    { ...section, probe: 'openbsd/vmstat', argv: ['vmstat', '-i'], text: interrupts(500) },
  ];
  return [
    bundleHead({ madeBy: 'a test', taken: '2026-11-26T20:00:00Z', isRedacted: false }),
    ...sections.map((one, index) => bundleSection(one, index + 1)),
    bundleEnd(sections.length),
  ].join('');
}

function look(texts: readonly string[], complaint: Parameters<typeof doctor>[1] = null): Report {
  const captures = texts.map(
    (text, index): Capture => ({
      name: `paste-${index + 1}`,
      side: 'unknown' satisfies Side,
      origin: 'pasted',
      text,
    }),
  );
  return doctor(captures, complaint, knowledge);
}

function told({ problems }: Report): string[] {
  return problems.filter(({ code }) => code === 'several-machines').map(({ says }) => says);
}
