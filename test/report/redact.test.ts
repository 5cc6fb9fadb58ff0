import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { redact } from '../../src/report/redact.ts';
import { caseNames, examine, readCase } from '../cases.ts';
import { sampleReport } from './sample-report.ts';

/** What becomes of a text that is the only capture of a report. */
function redacted(text: string, side: 'guest' | 'host' = 'guest') {
  const captures = [{ name: 'x.txt', side, origin: 'file' as const, text }];
  const empty: Report = {
    ...sampleReport,
    captures,
    samples: [],
    nics: [],
    findings: [],
    ruledOut: [],
    ask: [],
    problems: [],
    loose: [],
  };
  const { report, map } = redact(empty);
  return { text: report.captures[0]?.text ?? '', report, map };
}

const SECRETS =
  /bc:?24:?11:?0e:?51:?07|0x0e 0x51 0x07|c2:?8a:?93:?59:?9a:?0a|0e:?51:?07|59:?9a:?0a|95[.-]163|10[.-]20[.-]30|2a02:810d|munich|customer|operator7|jane/i;

describe('no real value is left', () => {
  test.each([
    ['ifconfig', 'lladdr bc:24:11:0e:51:07\n\tinet 10.20.30.40 netmask 0xffffff00 broadcast 10.20.30.255'],
    ['upper case, equals sign', 'net1: virtio=C2:8A:93:59:9A:0A,bridge=vmbr1'],
    ['dashes', 'Physical Address: BC-24-11-0E-51-07'],
    ['dots', 'mac-address bc24.110e.5107'],
    ['a NIC named after its MAC', '2: enxbc24110e5107: <UP>'],
    ['a file named after its MAC', '/etc/hostname.c2:8a:93:59:9a:0a'],
    ['iptables LOG', 'MAC=bc:24:11:0e:51:07:c2:8a:93:59:9a:0a:08:00 SRC=10.20.30.40 DST=10.20.30.41'],
    ['a client-id', 'client-id 1:bc:24:11:0e:51:7, uid 01:bc:24:11:0e:51:07'],
    ['a DUID', 'duid 00:01:00:01:2c:11:22:33:bc:24:11:0e:51:07'],
    ['a colon behind', 'bc:24:11:0e:51:07: no such host; (10.20.30.40): at 10.20.30.40.'],
    ['memory read in the monitor', '00000000febfa000: 0xbc 0x24 0x11 0x0e 0x51 0x07 0x01 0x00'],
    ['colours', 'inet \x1b[35m10.20.30.40\x1b[0m/24 link/ether \x1b[33mbc:24:11:0e:51:07\x1b[0m'],
    ['colours that lost their escape', 'inet [35m10.20.30.40[0m/24'],
    ['a hit of grep --color inside', 'inet 10.20.\x1b[01;31m\x1b[K30.40\x1b[m\x1b[K/24'],
    ['quoted-printable', 'ip=3D10.20.30.40 hwaddr=3Dbc:24:11:0e:51:07'],
    ['ranges', 'range 10.20.30.50-10.20.30.60'],
    ['port behind a dot', '10.20.30.40.68 > 10.20.30.41.67: xid'],
    ['port behind a colon', 'tcp 10.20.30.40:22'],
    ['shortened route', '10.20.30/24        10.20.30.40        UCn'],
    ['reverse name', '40.30.20.10.in-addr.arpa\n10.20.30.40'],
    ['name made of the address', 'ip-10-20-30-40.ec2.internal'],
    ['mapped address', '::ffff:10.20.30.40'],
    ['word and colon before', 'bad:10.20.30.44 gw:2a02:810d:1::5 ether:bc:24:11:0e:51:07'],
    ['EUI-64', 'fe80::be24:11ff:fe0e:5107%vio0 and bc:24:11:0e:51:07'],
    ['solicited-node groups', '33:33:ff:0e:51:07 ff02::1:ff0e:5107 of bc:24:11:0e:51:07'],
    ['global', 'inet6 2A02:810D:1:40:1c2:3ff:fe04:506 and 2a02:810d:1:40::/64'],
    ['packet bytes', '\t0x0000:  bc24 110e 5107 c28a 9359 9a0a 0800 4500  .$..Q....Y....E.'],
    ['packet bytes of OpenBSD', '  bc24 110e 5107 c28a 9359 9a0a 0800 4500'],
    ['prompt', 'operator7@fw-munich:~$ ifconfig\nroot@fw-munich:~# dmesg'],
    ['prompt in brackets', '[root@fw-munich ~]# ip a'],
    ['short prompt', 'fw-munich# ifconfig vio0\nfw-munich: done'],
    ['syslog', 'Nov 20 10:00:01 fw-munich /bsd: vio0: reset\nsaid FW-MUNICH'],
    ['ISO syslog', '2026-11-20T10:00:01+01:00 fw-munich kernel: eth0: reset'],
    ['mail', 'From: jane.doe@customer-site.de'],
    ['builder of a kernel', '    operator7@fw-munich:/usr/src/sys/arch/amd64/compile/CUSTOM'],
    ['Linux version', 'Linux version 6.8.12 (operator7@fw-munich) (gcc 12)'],
    ['uname', 'OpenBSD fw-munich.customer.de 7.8 GENERIC.MP#1 amd64'],
    ['qm config', 'name: customer-gateway\nmore of customer-gateway'],
    ['qm list', '       107 customer-gateway     running    4096              32.00 12345'],
    ['vmctl status', '    1 12345     1    1.0G    510M   ttyp3    operator7  running customer-gateway'],
    ['vm.conf', 'vm "customer-gateway" {'],
    ['vm.conf, an instance', 'vm "web" instance "customer-gateway" {'],
    ['vmctl status of old', '    1 12345     1    1.0G    510M   ttyp3    operator7 customer-gateway'],
    ["vmd's log", 'vmd[51230]: started customer-gateway (vm 1) successfully, tty /dev/ttyp3'],
    ["vmd's log of old", 'vmd[51230]: customer-gateway: started vm 3 successfully, tty /dev/ttyp5'],
    ["vmd's processes", '60311 ??  Rp  3:12.10 vmd: customer-gateway (vmd)'],
    ['vmctl start', 'vmctl start -m 512M -L -n lan -b /bsd.rd customer-gateway'],
    ['tap of vmd', 'description: vm1-if0-customer-gateway'],
    ['QEMU command line', "/usr/bin/kvm -id 107 -name 'customer-gateway,debug-threads=on' -no-shutdown"],
    ['libvirt', "<domain type='kvm'><name>customer-gateway</name>"],
    [
      'DHCP',
      'Hostname Option 12, length 9: "fw-munich"\nDHCPREQUEST for 10.20.30.40 from bc:24:11:0e:51:07 (fw-munich) via vmbr0',
    ],
    ['home folder', '/home/jane/captures'],
  ])('%s', (_, text) => {
    const { report } = redacted(text);
    expect(text.replace(/\x1b?\[[\d;]*[mK]/g, '')).toMatch(/[0-9a-z]/i);
    expect(JSON.stringify(report).toLowerCase()).not.toMatch(SECRETS);
  });

  test('nowhere in the sample report, of all spellings', () => {
    const { report, map } = redact(sampleReport);
    expect(JSON.stringify(report)).not.toMatch(SECRETS);
    for (const real of map.keys()) expect(JSON.stringify(report)).not.toContain(real);
    expect(report.redacted).toBe(true);
    expect(JSON.stringify(report)).not.toContain('"map"');
  });

  test.each(caseNames)('case %s', (name) => {
    const report = examine(readCase(name));
    const { report: changed, map } = redact(report);
    const text = JSON.stringify(changed).toLowerCase();
    for (const real of map.keys()) {
      const whole = real.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      expect(text).not.toMatch(new RegExp(`(?<![\\w.:])${whole}(?![\\w:])(?!\\.\\d)`));
    }
    const gist = ({ findings }: Report) => findings.map(({ fault, standing, nic }) => [fault, standing, nic]);
    expect(gist(changed)).toEqual(gist(report));
    expect(changed.samples.map(({ kind }) => kind)).toEqual(report.samples.map(({ kind }) => kind));
  });
});

test.each([
  ['\t0x0000:  bc24 110e 5107 c28a  .$..Q...', '\t0x0000:  xxxx xxxx xxxx xxxx  ........'],
  ['  bc24 110e 5107 c28a 9359', '  xxxx xxxx xxxx xxxx xxxx'],
  ['\t 4500 0054 0000 4000 4001 1020 3040 5060', '\t xxxx xxxx xxxx xxxx xxxx xxxx xxxx xxxx'],
  ['\t\t\t 4500 0054 0000 4000 4001', '\t\t\t 4500 0054 0000 4000 4001'],
])('the bytes of a packet are blanked where they are surely that: %j', (text, blank) => {
  expect(redacted(text).text).toBe(blank);
  expect(redacted(text).report.problems[0]?.says.includes('Packet bytes')).toBe(text !== blank);
});

describe('what is no address and no name stays', () => {
  test.each([
    'rtt min/avg/max/mdev = 0.412/12.34/45.6/0.1 ms',
    'pve-qemu-kvm: 9.0.2-4, version: 7.2.0-8, load 1.5/10',
    'firmware-version: 4.2.2.1',
    'ii  bridge-utils-1.7.1.1',
    'at 12:34:56 on 2026-11-20, took 01:02:03.5',
    'netmask 255.255.255.0 via 0.0.0.0, 127.0.0.1, 224.0.0.18, 192.0.2.9, ::1, ff02::1, fe80::1%lo0',
    'ff:ff:ff:ff:ff:ff 01:00:5e:00:00:12 33:33:00:00:00:01 00:00:5e:00:01:cb 00:00:00:00:00:00',
    'Nov 20 10:00:01 last message repeated 2 times',
    'getty@ttyS0.service, vlan40@vmbr0, eth0.40@bond0.5',
    'root@syspatch-78-amd64.openbsd.org:/usr/src/sys/arch/amd64/compile/GENERIC.MP',
    'OpenBSD since 7.3, Linux version 6.8.12-4-pve (build@proxmox) (gcc 12)',
    '\t0x0000: 10001af4 00100507 02000000 00000000\n00: f4 1a 00 10 07 05 10 00',
    'name: openbsd',
    'mail jun@example.org\nSun Jun  5 10:00:01 2022',
    'PVE::QemuServer dead::beef a::b',
    'virtio1 at pci0 dev 18 function 0 "Qumranet Virtio Network" rev 0x00',
    '64 bytes, 1:2:3, 0000:00:12.0',
  ])('%s', (text) => {
    expect(redacted(text).text).toBe(text);
  });

  test('a VM that is called like a word of ours changes no word of ours', () => {
    const qm = {
      ...sampleReport.captures[2],
      text: 'name: carrier\nname2\n',
    } as (typeof sampleReport.captures)[0];
    const findings = sampleReport.findings.map((one) => ({ ...one, explain: 'It shows no carrier.' }));
    const { report } = redact({ ...sampleReport, captures: [qm], findings });
    expect(report.findings[0]?.explain).toBe('It shows no carrier.');
  });

  test('a VM that is called like an id of ours changes no id of ours', () => {
    const ids = ['link-down-by-host', 'openbsd/ifconfig', 'proxmox/qm-config', 'host-link-up', 'msix-per-vq'];
    const text = ids.map((id) => `name: ${id.replace('/', '.')}\nvm "${id.split('/').at(-1)}" {`).join('\n');
    const captures = [{ name: 'x.txt', side: 'host' as const, origin: 'file' as const, text }];
    const { report } = redact({ ...sampleReport, captures });
    const own = ({ findings, samples, nics, ask }: Report) => [
      findings.map(({ fault, standing, plans }) => [fault, standing, plans.map(({ fix }) => fix)]),
      samples.map(({ kind, machine }) => [kind, machine]),
      nics.map(({ interrupts, link }) => [interrupts, link]),
      ask.map(({ probe }) => probe),
    ];
    expect(own(report)).toEqual(own(sampleReport));
    expect(report.captures[0]?.text).not.toContain('link-down-by-host');
  });
});

describe('relations stay', () => {
  test('a guest, its tap, its EUI-64 address and its groups belong together', () => {
    const { text } = redacted(
      '52:54:00:ab:cd:ef fe:54:00:ab:cd:ef 52-54-00-AB-CD-EF fe80::5054:ff:feab:cdef ff02::1:ffab:cdef 33:33:ff:ab:cd:ef enx525400abcdef',
    );
    expect(text).toBe(
      '52:54:00:01:00:01 fe:54:00:01:00:01 52-54-00-01-00-01 fe80::5054:ff:fe01:1 ff02::1:ff01:1 33:33:ff:01:00:01 enx525400010001',
    );
  });

  test('machines stay in their subnets, its own address and its broadcast address stay theirs', () => {
    const { text } = redacted(
      '10.20.31.255 mask 255.255.252.0, 10.20.28.1, 10.20.28.0/22, 10.0.0.0/8, 192.168.1.7',
    );
    expect(text).toBe('10.28.23.255 mask 255.255.252.0, 10.28.20.1, 10.28.20.0/22, 10.0.0.0/8, 192.168.9.7');
  });

  test('columns keep their width where they can', () => {
    const line = 'vm 10.20.30.40   bc:24:11:0e:51:07   host fw-munich |';
    expect(redacted(`name: fw-munich\n${line}`).text.split('\n')[1]).toHaveLength(line.length);
  });

  test('the same again gives the same: no chance is in it', () => {
    expect(redact(sampleReport)).toEqual(redact(sampleReport));
  });

  test('a second time changes the values, not the shape', () => {
    const shape = (report: Report) =>
      report.captures[0]?.text.replace(/[0-9a-f]+/g, '0').replace(/name\d*x*|fw-munich/g, 'n');
    const once = redact(sampleReport).report;
    const twice = redact(once).report;
    expect(twice.captures.map(({ text }) => text.split('\n').length)).toEqual(
      once.captures.map(({ text }) => text.split('\n').length),
    );
    expect(shape(twice)).toBe(shape(once));
  });

  test('the map leads back: different values have different stand-ins', () => {
    const { map } = redact(sampleReport);
    const lower = (all: Iterable<string>) => new Set([...all].map((one) => one.toLowerCase())).size;
    expect(lower(map.values())).toBe(lower(map.keys()));
    expect(map.get('95.163.182.60')).toMatch(/^198\.18\.\d+\.60$/);
  });

  test('the note counts by class and names no real value', () => {
    const note = redact(sampleReport).report.problems.at(-1);
    expect(note?.code).toBe('note');
    expect(note?.says).toMatch(
      /^Redacted: 2 MAC addresses, 2 IPv4 addresses, 1 IPv6 address, 2 names replaced/,
    );
    expect(note?.says).not.toMatch(SECRETS);
  });
});

test('any text is redacted without a throw, fast, and the same in all places', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom(
      '::',
      ':',
      '-',
      '.',
      '/24',
      'bc:24:11:0e:51:07',
      '@',
      'root@x:~# y',
      '\n',
      '0x0000:  1234 abcd 1234 ',
    ),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const text = parts.join('');
      const { report } = redact({
        ...sampleReport,
        captures: [{ name: 'a', side: 'guest', origin: 'file', text }],
        loose: [{ sample: 'b', number: 1, text }],
      });
      expect(report.loose[0]?.text).toBe(report.captures[0]?.text);
    }),
  );
  const started = performance.now();
  for (const unit of ['a:', '1.', '1-', 'a@', 'ab:cd:', 'x ', '1234 abcd ', 'root@', '::', '[35m', '0'])
    redacted(unit.repeat(100_000));
  expect(performance.now() - started).toBeLessThan(15_000);
});
