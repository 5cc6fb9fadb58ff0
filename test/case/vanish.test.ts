import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import { knowledge, readCase } from '../cases.ts';
import { nicsOf, reportOn } from './nics-of.ts';

// Where packets get lost is told by the state of a hop, by counters alone, or by captures at two points; never by one reading, or by a
// capture that might not have seen them.
const MAC = 'bc:24:11:0e:51:07';
const CONFIG = `# qm config 107\nname: web01\nnet0: virtio=${MAC.toUpperCase()},bridge=vmbr0\n`;

describe('by the state of a hop', () => {
  test('names it, both ways', () => {
    const [nic] = nicsIn('lab-tap-not-in-bridge');
    expect(nic?.vanish.map(({ direction, after, by, because }) => [direction, after, by, because])).toEqual([
      ['from-guest', 'tap100i0', 'state', 'the tap is in no bridge'],
      ['to-guest', 'uplink ?', 'state', 'the tap is in no bridge'],
    ]);
  });

  test('what passes all the same is not lost', () => {
    const [nic] = nicsIn('lab-csum-rawfwd-drop');
    expect(nic?.path.some(({ says }) => says === 'the tap is in no bridge')).toBe(true);
    expect(nic?.vanish).toEqual([]);
  });

  test('a lost config vector stops only what a guest without carrier sends', () => {
    const [nic] = nicsIn('lab-config-vector-lost');
    expect(nic?.vanish.map(({ direction, hop }) => [direction, hop])).toEqual([['from-guest', 'eth0']]);
  });
});

describe('by counters alone', () => {
  test('QEMU takes frames off the tap, and the guest counts none', () => {
    expect(lost(counted([60, 50], [60, 58], [50, 100], [58, 140]))).toEqual([
      ['to-guest', 'tap107i0', 'vio0', 'counters'],
    ]);
  });

  test('the tap drops what the guest does not take', () => {
    expect(lost(counted([100, 50], [100, 58], [50, 256], [58, 256, 900]))).toEqual([
      ['to-guest', 'tap107i0', 'vio0', 'counters'],
    ]);
  });

  test('the guest sends, and nothing comes out of the tap', () => {
    expect(lost(counted([100, 80], [100, 120], [50, 100], [50, 100]))).toEqual([
      ['from-guest', 'vio0', 'tap107i0', 'counters'],
    ]);
  });

  test('the guest sends, nothing comes back, and nothing leaves by the uplink', () => {
    const files = counted([100, 50], [100, 90], [50, 100], [90, 100]);
    const uplink = `3: eno1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq master vmbr0 state UP mode DEFAULT group default qlen 1000
    link/ether 52:54:00:00:00:01 brd ff:ff:ff:ff:ff:ff
${tables(900, 700, 0)}`;
    const more = {
      ...files,
      'host/a.txt': files['host/a.txt'] + uplink,
      'host/b.txt': files['host/b.txt'] + uplink,
    };
    expect(lost(more)).toEqual([['from-guest', 'tap107i0', 'eno1', 'counters']]);
  });

  test.each([
    ['all move', counted([100, 50], [140, 90], [50, 100], [90, 140])],
    ['a few frames that the guest does not want', counted([100, 50], [100, 50], [50, 100], [50, 102])],
    ['a counter that fell', counted([100, 50], [100, 50], [50, 400], [50, 102])],
    ['read at other times', counted([100, 50], [100, 90], [50, 100], [50, 100])],
  ])('unknown: %s', (_, files) => {
    expect(lost(files)).toEqual([]);
  });

  test('unknown: one reading each', () => {
    const { 'guest/a.txt': guest, 'host/a.txt': host } = counted([0, 50], [0, 50], [50, 9000, 9000], [0, 0]);
    expect(lost({ 'guest/a.txt': guest, 'host/a.txt': host })).toEqual([]);
  });
});

const asks = [1, 2, 3, 4].map((second) => arp(second, MAC, '192.0.2.1', '192.0.2.10'));
const peers = [0, 2, 5].map((second) => arp(second, '52:54:00:00:00:20', '192.0.2.30', '192.0.2.20'));

describe('by packet captures at two points', () => {
  test('the requests of the guest come out of its tap, and do not leave by the uplink', () => {
    expect(lost(dumps([...asks, ...peers], peers))).toEqual([['from-guest', 'tap107i0', 'eno1', 'captures']]);
  });

  test('others ask for the guest on the uplink, and not on its tap', () => {
    const forGuest = [1, 2, 3, 4].map((second) =>
      arp(second, '52:54:00:00:00:20', '192.0.2.10', '192.0.2.20'),
    );
    const onTap = [0, 2, 5].map((second) => arp(second, '52:54:00:00:00:99', '192.0.2.30', '192.0.2.40'));
    const guest =
      '# ip addr\n2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP\n    link/ether ' +
      MAC +
      ' brd ff:ff:ff:ff:ff:ff\n    inet 192.0.2.10/24 scope global eth0\n';
    expect(lost({ ...dumps(onTap, [...forGuest, ...peers]), 'guest/ip-addr.txt': guest })).toEqual([
      ['to-guest', 'eno1', 'tap107i0', 'captures'],
    ]);
  });

  test("requests for the gateway leave, and nobody answers on the uplink's side", () => {
    const guest = '# ip route\ndefault via 192.0.2.1 dev eth0\n';
    const addr =
      '# ip addr\n2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP\n    link/ether ' +
      MAC +
      ' brd ff:ff:ff:ff:ff:ff\n    inet 192.0.2.10/24 scope global eth0\n';
    const files = {
      ...dumps([...asks, ...peers], [...asks, ...peers]),
      'guest/ip-addr.txt': addr,
      'guest/route.txt': guest,
    };
    expect(lost(files)).toEqual([['to-guest', null, 'eno1', 'captures']]);
  });

  test.each([
    ['they arrive', dumps([...asks, ...peers], [...asks, ...peers])],
    [
      'the other capture was taken later',
      dumps(
        [...asks, ...peers],
        peers.map((line) => line.replace('10:00:', '10:07:')),
      ),
    ],
    ['the other capture shows no request at all', dumps([...asks, ...peers], [0, 2, 5].map(ping))],
    ['the captures tell no time', dumps([...asks, ...peers].map(timeless), peers.map(timeless))],
    ['one request may be missed', dumps([...asks.slice(0, 1), ...peers], peers)],
    ['what is for one MAC may stay on the host', dumps([...[1, 2, 3].map(ping), ...peers], peers)],
  ])('unknown: %s', (_, files) => {
    expect(lost(files)).toEqual([]);
  });
});

describe('where to capture next', () => {
  test('on the uplink, when the requests of the guest come out of its tap and nothing comes back', () => {
    const files = Object.fromEntries(
      Object.entries(dumps(asks, [])).filter(([name]) => name !== 'host/uplink.txt'),
    );
    expect(reportOn(files).ask[0]?.command).toMatch(/^tcpdump .* -i eno1$/);
  });

  test('in the middle of the part that loses packets', () => {
    const behindFirewall = `# ip link
9: tap107i0: <BROADCAST,MULTICAST,PROMISC,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast master fwbr107i0 state UP
10: fwbr107i0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP
11: fwpr107p0@fwln107i0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master vmbr0 state UP
12: fwln107i0@fwpr107p0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master fwbr107i0 state UP
`;
    const { 'host/bridge-link.txt': _, ...files } = dumps([...asks, ...peers], peers);
    const report = reportOn({
      ...files,
      'host/ip-link.txt': `${behindFirewall}3: eno1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq master vmbr0 state UP\n`,
    });
    expect(report.ask[0]?.command).toMatch(/ -i fwpr107p0$/);
    expect(report.ask[0]?.why).toContain('between tap107i0 and eno1');
    // The tap is in another bridge than the configuration names, as it must be.
    expect(report.findings.filter(({ standing }) => standing !== 'possible')).toEqual([]);
  });

  test('nowhere, where a hop is known to lose them', () => {
    const asked = doctor(readCase('lab-tap-not-in-bridge').captures, null, knowledge).ask;
    expect(asked.filter(({ settles }) => settles.join() === 'wire.lost')).toEqual([]);
  });
});

function nicsIn(name: string) {
  return doctor(readCase(name).captures, null, knowledge).nics;
}

function lost(files: Readonly<Record<string, string>>) {
  return nicsOf(files).flatMap(({ vanish }) =>
    vanish.map(({ direction, after, before, by }) => [direction, after, before, by]),
  );
}

type Counts = readonly [received: number, sent: number, dropped?: number];

/** Two readings of the guest (received, sent) and of its tap (from the guest, to it, dropped on the way to it). */
function counted(guest: Counts, guestAfter: Counts, tap: Counts, tapAfter: Counts) {
  return {
    'host/qm-config.txt': CONFIG,
    'guest/a.txt': netstat(guest),
    'guest/b.txt': netstat(guestAfter),
    'host/a.txt': tapLink(tap),
    'host/b.txt': tapLink(tapAfter),
  };
}

function netstat([received, sent]: Counts): string {
  return `$ netstat -in
Name    Mtu   Network     Address              Ipkts Ifail    Opkts Ofail Colls
vio0    1500  <Link>      ${MAC}  ${String(received).padStart(9)}     0 ${String(sent).padStart(8)}     0     0
`;
}

function tapLink([from, to, dropped = 0]: Counts): string {
  return `# ip -s link
9: tap107i0: <BROADCAST,MULTICAST,PROMISC,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast master vmbr0 state UP mode DEFAULT group default qlen 1000
    link/ether 52:54:00:00:00:09 brd ff:ff:ff:ff:ff:ff
${tables(from, to, dropped)}`;
}

function tables(received: number, sent: number, dropped: number): string {
  return `    RX:  bytes packets errors dropped  missed   mcast
         ${received * 100} ${received}      0       0       0       0
    TX:  bytes packets errors dropped carrier collsns
         ${sent * 100} ${sent}      0 ${dropped}       0       0
`;
}

function dumps(tap: readonly string[], uplink: readonly string[]): Record<string, string> {
  const bridge =
    '# bridge link\n3: eno1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master vmbr0 state forwarding priority 32 cost 4\n9: tap107i0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master vmbr0 state forwarding priority 32 cost 2\n';
  return {
    'host/qm-config.txt': CONFIG,
    'host/bridge-link.txt': bridge,
    'host/tap.txt': `# tcpdump -eni tap107i0\n${[...tap].sort().join('\n')}\n`,
    'host/uplink.txt': `# tcpdump -eni eno1\n${[...uplink].sort().join('\n')}\n`,
  };
}

function arp(second: number, from: string, asksFor: string, tells: string): string {
  return `10:00:0${second}.120000 ${from} > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has ${asksFor} tell ${tells}, length 28`;
}

function ping(second: number): string {
  return `10:00:0${second}.120000 ${MAC} > 52:54:00:00:00:77, ethertype IPv4 (0x0800), length 98: 192.0.2.10 > 192.0.2.77: ICMP echo request, id 7, seq ${second}, length 64`;
}

function timeless(line: string): string {
  return line.slice(line.indexOf(' ') + 1);
}
