import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { formatNamed } from '../../src/report/formats.ts';
import { caseNames, examine, readCase } from '../cases.ts';
import { sampleReport } from './sample-report.ts';

const { render } = formatNamed('text');
const reports = caseNames.map((one) => examine(readCase(one)));
const findings = sampleReport.findings.slice(2);
const unclear: Report = { ...sampleReport, verdict: 'unclear', complaint: null, findings };
const firstScreen = (report: Report) => render(report).split('\n').slice(0, 20).join('\n');

test('the sample report, whole', () => {
  expect(render(sampleReport)).toBe(EXPECTED);
});

describe('the first screen', () => {
  test('says what is wrong, why, and what to do, what to keep before it', () => {
    const screen = firstScreen(examine(readCase('no-carrier-vlan-40')));
    expect(screen).toContain('the interface is not up in the guest (vio1), certain');
    expect(screen).toContain('no UP');
    expect(screen).toContain('guest# ifconfig vio1 up');
    expect(screen.indexOf('Keep first')).toBeLessThan(screen.indexOf('Do  '));
  });

  test('says what to run where it is unclear, in every case', () => {
    const open = [unclear, ...reports].filter(({ verdict, ask }) => verdict === 'unclear' && ask.length > 0);
    expect(open.length).toBeGreaterThan(0);
    for (const report of open) {
      expect(firstScreen(report)).toContain('Not enough evidence to tell.');
      expect(firstScreen(report)).toContain(`\n  ${report.ask[0]?.command}\n`);
    }
  });

  test('an unclear report never says fault, and its finding is called possible', () => {
    expect(render(unclear)).toMatch(/^Not enough evidence to tell\. Possible: the ring stalls/);
    expect(render(unclear)).not.toContain('Fault:');
  });

  test('an unclear report without a finding says what it is not', () => {
    const [ruledOut] = sampleReport.ruledOut;
    expect(render({ ...unclear, findings: [] })).toContain(
      `Not enough evidence to tell. It is not ${ruledOut?.fault} (${ruledOut?.nic}).`,
    );
  });

  test('a healthy report claims no more than that', () => {
    expect(render(examine(readCase('healthy-openbsd-7.8')))).toMatch(
      /^Healthy: enough was seen, and nothing is wrong\./,
    );
  });
});

test('keeps to 80 columns, but for commands, in every case', () => {
  for (const report of [sampleReport, ...reports]) {
    const commands = [
      ...report.ask.map(({ command }) => command),
      ...report.findings.flatMap(({ plans }) =>
        plans.flatMap(({ steps }) => steps.map(({ shown }) => shown)),
      ),
    ].flatMap((command) => command.split('\n'));
    for (const line of render(report).split('\n'))
      if (!commands.some((command) => command !== '' && line.endsWith(command)))
        expect(line.length, line).toBeLessThanOrEqual(80);
  }
});

test('a long captured line is shown as far as it is useful, and says how much of it is left', () => {
  const text = `vio1: ${'x'.repeat(100)}END${'y'.repeat(2000)}`;
  const [first] = sampleReport.findings;
  const because = [{ ...first?.because[0], line: { sample: 'a.txt', number: 3, text } }];
  const long = { ...sampleReport, findings: [{ ...first, because }] } as unknown as Report;
  expect(render(long)).toContain('END');
  expect(render(long)).toMatch(/\.\.\. and \d{4} characters more/);
});

const EXPECTED = `Fault: the host has unplugged this NIC's cable (vio1), certain.
To do: Plug the cable in again.
    Keep first host# qm config 107
    Do         host# qm set 107 --net1 virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40
    The check and the way back: see FIX.
2 things to note below.

CERTAIN The host has unplugged this NIC's cable (vio1, link-down-by-host)
  because the guest shows no carrier on vio1
          guest/ifconfig.txt:9  status: no carrier
  because the VM's configuration has link_down=1
          host/qm-config.txt:3
            net1: virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40,link_down=1
  FIX     Plug the cable in again. Cost: none.
    Keep first host# qm config 107
               Keep the net1 line: it is the way back.
    Do         host# qm set 107 --net1 virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40
    Check      guest# ifconfig vio1
               expect: \`status: active\`
    Way back   host# qm set 107 --net1 virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40,link_down=1

LIKELY The interface is not up in the guest (vio1, interface-down)
  because the flags of vio1 have no UP
          guest/ifconfig.txt:7
            vio1: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500
  unknown Has vio1 a start-up file?
  FIX     Bring vio1 up. Cost: none.
    Not known, fill it in: {nic.address}
    Do         guest# ifconfig vio1 up
    Do         guest# printf '%s\\n' 'inet {nic.address}' > /etc/hostname.vio1
  or      host-link-up (vio-doctor explain interface-down)

POSSIBLE The ring stalls on a lost notification (vio0, ring-event-idx-stall)
  because the event index is in use on vio0
          guest/dmesg.txt:5  virtio2: msix per-VQ
  unknown Does vio0 receive?
  fixes   event-idx-off (vio-doctor explain ring-event-idx-stall)

RUN NEXT, and give what it prints
  qm config 107 --current 1
      on the host (as root): whether link_down is set at this moment
  netstat -in -I vio0
      on the guest (twice, ten seconds apart): whether vio0 receives and sends

RULED OUT
  no-address (vio0): vio0 has an address
          guest/ifconfig.txt:4
            inet 95.163.182.60 netmask 0xfffffff8 broadcast 95.163.182.63

PATH (!! broken, ?? not known, X lost; < to, > from the guest)
  guest NIC tap           bridge
  vio0 ---- tap107i0 ---- vmbr0
  ok active ?? not seen   ?? not seen

  guest NIC     virtqueues     tap           bridge
  vio1 ---X---- virtio2 ------ tap107i1 ---- vmbr1
  !! not UP, no ?? msix-per-vq ?? not seen   ?? not seen
     carrier
  X from the guest, packets get lost at vio1: vio1 is not UP

TAKE NOTE
  host/info-pci.txt could not be read: permission denied. Run it again as root.
  The two outputs show different links of vio1; the newer one was taken.
    at guest/ifconfig.txt:9

READ
  guest/ifconfig.txt:2-9 OpenBSD ifconfig, guest (8 lines)
  guest/dmesg.txt:1-6 OpenBSD dmesg, guest (6 lines)
  host/qm-config.txt:1-3 qm config, host (3 lines)

2 LINES NOT UNDERSTOOD
  guest/ifconfig.txt: 1 of no known output (1)
  guest/dmesg.txt: 1 in OpenBSD dmesg (1-6)
`;
