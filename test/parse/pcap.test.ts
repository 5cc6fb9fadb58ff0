import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Capture } from '../../src/model/capture.ts';
import type { SightingOf } from '../../src/model/sighting.ts';
import { readCapture } from '../../src/parse/read-capture.ts';
import {
  arp,
  dhcp,
  ethernet,
  icmp,
  ipv4,
  ipv6,
  mac,
  pcap,
  pcapng,
  type Shot,
  type Sum,
  tcp,
  u16,
  u32,
  udp,
} from './pcap-bytes.ts';

const GUEST = 'bc:24:11:00:00:01';
const OTHER = '02:00:00:00:00:20';
const ping = ethernet(ipv4(icmp([8, 0, 0, 0, 0, 7, 0, 1]), { protocol: 1 }));
const small = [
  ethernet(ipv4(udp([1, 2, 3]))),
  ethernet(arp(1, [GUEST, '192.0.2.10'], ['00:00:00:00:00:00', '192.0.2.20']), { type: 0x0806 }),
];

function read(bytes: Iterable<Uint8Array> | Uint8Array, given: Partial<Capture> = {}) {
  const pieces = bytes instanceof Uint8Array ? [bytes] : bytes;
  return readCapture({ name: 'x.pcap', side: 'unknown', origin: 'file', text: '', ...given, bytes: pieces });
}

function flows(bytes: Uint8Array) {
  return read(bytes).samples.flatMap(({ sightings }) =>
    sightings.filter((one): one is SightingOf<'traffic'> => one.is === 'traffic'),
  );
}

function flowOf(frame: readonly number[] | Shot, link = 1) {
  const [flow] = flows(pcap([frame], { link }));
  return flow?.says;
}

function problems(bytes: Uint8Array) {
  return read(bytes).problems.map(({ code, says }) => `${code}: ${says}`);
}

describe('forms of files', () => {
  const whole = flows(pcap(small)).map(({ id, says }) => ({ id, says }));

  test.each([
    ['big endian', pcap(small, { isLittle: false })],
    ['nanoseconds', pcap(small, { isNano: true })],
    ['big endian, nanoseconds', pcap(small, { isLittle: false, isNano: true })],
    ['with bits about the frame check sequence', pcap(small, { link: 0x24000001 })],
  ])('pcap, %s', (_, bytes) => {
    expect(flows(bytes).map(({ id, says }) => ({ id, says }))).toEqual(whole);
    expect(problems(bytes)).toEqual([]);
  });

  test.each([
    ['little endian', pcapng(small)],
    ['big endian', pcapng(small, { isLittle: false })],
    ['nanoseconds', pcapng(small, { resolution: 9 })],
  ])('pcapng, %s', (_, bytes) => {
    const named = whole.map(({ says }) => ({ ...says, interface: 'tap107i1' }));
    expect(flows(bytes).map(({ says }) => says)).toEqual(named);
    expect(read(bytes).samples[0]?.side).toBe('host');
    expect(problems(bytes)).toEqual([]);
  });

  test('pcapng with simple packets, several interfaces, several sections', () => {
    expect(flows(pcapng(small, { isSimple: true }))).toHaveLength(2);
    const [first, second] = small as [number[], number[]];
    const two = pcapng([{ bytes: first }, { bytes: second, on: 1 }], { names: ['tap107i1', 'any'] });
    expect(flows(two).map(({ says }) => says.interface)).toEqual(['tap107i1', undefined]);
    const joined = Buffer.concat([two, pcapng([first], { names: ['eno1'], isLittle: false })]);
    expect(flows(joined).map(({ says }) => says.interface)).toEqual(['tap107i1', undefined, 'eno1']);
    expect(flows(joined)[2]?.at[0]?.number).toBe(3);
  });

  test('pieces of any size give the same', () => {
    const bytes = pcapng([...small, ping, ping]);
    const at = (size: number) =>
      Array.from(
        { length: Math.ceil(bytes.length / size) },
        (_, index) => new Uint8Array(bytes.subarray(index * size, (index + 1) * size)),
      );
    const expected = read(bytes).samples[0]?.sightings;
    for (const size of [1, 2, 3, 7, 16, 31, 64, 1000])
      expect(read(at(size)).samples[0]?.sightings).toEqual(expected);
  });

  test('a link type or a format that is not known is told', () => {
    expect(problems(pcap(small, { link: 105 }))[0]).toMatch(/not-supported: 2 frames of link type 105/);
    expect(problems(Buffer.from('34cdb2a1020004000000000000000000ffff000001000000', 'hex'))[0]).toContain(
      'tcpdump -r FILE -w NEW',
    );
    expect(problems(pcap([]))[0]).toMatch(/sample-empty/);
  });
});

describe('link types', () => {
  const inner = ipv4(udp([1, 2, 3]));
  const ends = { from: '192.0.2.10', to: '192.0.2.20', what: 'ipv4', length: undefined };
  const six = ipv6(udp([1], { from: '2001:db8::10', to: '2001:db8::20' }));

  test.each([
    [101, inner],
    [12, inner],
    [228, inner],
    [0, [2, 0, 0, 0, ...inner]],
    [0, [0, 0, 0, 2, ...inner]],
    [108, [0, 0, 0, 2, ...inner]],
  ])('%i without frames', (link, bytes) => {
    expect(flowOf(bytes, link)).toMatchObject({
      from: ends.from,
      to: ends.to,
      what: 'ipv4',
      checksum: 'good',
    });
    expect(flowOf(bytes, link)).not.toHaveProperty('vlan');
  });

  test('raw IPv6', () => {
    const says = flowOf(six, 101);
    expect(says).toMatchObject({ from: '2001:db8::10', to: '2001:db8::20', what: 'ipv6', checksum: 'good' });
  });

  test.each([
    ['fd00::a', 'fd00:0:0:1::'],
    ['::', 'ff02::1'],
    ['2001:db8:0:1:0:0:0:1', '1:2:3:4:5:6:7:8'],
  ])('addresses of IPv6 as tcpdump prints them: %s', (from, to) => {
    const says = flowOf(ipv6(udp([1], { from, to }), { from, to }), 101);
    expect(says).toMatchObject({ from: from.replace(':0:0:0:', '::'), to, checksum: 'good' });
  });

  test.each([
    [113, [...u16(4), ...u16(1), ...u16(6), ...mac(GUEST), 0, 0, ...u16(0x0800), ...inner]],
    [276, [...u16(0x0800), 0, 0, ...u32(7), ...u16(1), 0, 6, ...mac(GUEST), 0, 0, ...inner]],
  ])('%i shows the sender alone', (link, bytes) => {
    expect(flowOf(bytes, link)).toMatchObject({
      from: GUEST,
      what: 'ipv4',
      maxLength: bytes.length,
      checksum: 'good',
    });
    expect(flowOf(bytes, link)).not.toHaveProperty('to');
  });

  test('what a cooked capture sees several times was not sent again', () => {
    const segment = ipv4(tcp(Array<number>(3000).fill(1)), { protocol: 6 });
    const bytes = [...u16(4), ...u16(1), ...u16(6), ...mac(GUEST), 0, 0, ...u16(0x0800), ...segment];
    const found = read(pcap([bytes, bytes, bytes], { link: 113 })).samples[0]?.sightings;
    expect(found?.filter(({ is }) => is === 'stream')).toEqual([]);
  });

  test.each([
    ['OpenBSD', 100],
    ['FreeBSD', 61],
  ])("PF's log of %s", (_, length) => {
    const name = (text: string) => [...Buffer.from(text.padEnd(16, '\0'))];
    const head = [
      length,
      2,
      1,
      0,
      ...name('tap0'),
      ...name(''),
      ...u32(2),
      ...u32(0xffffffff),
      ...Array<number>(16).fill(0),
      1,
      0,
      0,
    ];
    const filled = [...head, ...Array<number>(((length + 3) & ~3) - head.length).fill(0)];
    const request = ipv4(udp(dhcp(1), { ports: [68, 67] }));
    const [sample] = read(pcap([[...filled, ...request]], { link: 117 })).samples;
    expect(sample?.side).toBe('host');
    expect(sample?.sightings).toMatchObject([
      {
        is: 'pfVerdict',
        says: {
          action: 'block',
          direction: 'in',
          interface: 'tap0',
          rule: '2',
          what: 'dhcp-request',
          mac: GUEST,
        },
      },
    ]);
  });
});

describe('frames', () => {
  test.each([
    ['untagged', [], 0],
    ['802.1Q', [[0x8100, 40]], 40],
    ['a priority tag is none', [[0x8100, 0xe000]], 0],
    [
      'of two tags the outer one',
      [
        [0x88a8, 100],
        [0x8100, 40],
      ],
      100,
    ],
  ] as const)('%s', (_, tags, vlan) => {
    expect(flowOf(ethernet(ipv4(udp([1])), { tags }))).toMatchObject({
      vlan,
      what: 'ipv4',
      checksum: 'good',
    });
  });

  test.each([
    [
      'request',
      arp(1, [GUEST, '192.0.2.10'], [OTHER, '192.0.2.20']),
      { what: 'arp-request', asksFor: '192.0.2.20', tells: '192.0.2.10' },
    ],
    [
      'reply',
      arp(2, [OTHER, '192.0.2.20'], [GUEST, '192.0.2.10']),
      { what: 'arp-reply', tells: '192.0.2.20', isAt: OTHER },
    ],
    [
      'probe',
      arp(1, [GUEST, '0.0.0.0'], [OTHER, '192.0.2.20']),
      { what: 'arp-request', asksFor: '192.0.2.20' },
    ],
    [
      'announcement',
      arp(1, [GUEST, '192.0.2.10'], [OTHER, '192.0.2.10']),
      { what: 'arp-request', tells: '192.0.2.10' },
    ],
    ['reverse', arp(3, [GUEST, '0.0.0.0'], [GUEST, '0.0.0.0']), { what: 'rarp' }],
    ['cut', arp(1, [GUEST, '192.0.2.10'], [OTHER, '192.0.2.20']).slice(0, 20), { what: 'other' }],
  ])('ARP %s', (_, bytes, says) => {
    expect(flowOf(ethernet(bytes, { type: 0x0806 }))).toMatchObject(says);
  });

  test.each([
    [1, 'dhcp-request', 'discover'],
    [2, 'dhcp-reply', 'offer'],
    [5, 'dhcp-reply', 'ack'],
    [6, 'dhcp-reply', 'nack'],
    [8, 'dhcp-request', 'inform'],
  ])('DHCP %i is %s, %s', (kind, what, word) => {
    expect(flowOf(ethernet(ipv4(udp(dhcp(kind), { ports: [68, 67] }))))).toMatchObject({ what, dhcp: word });
  });

  test('spanning tree, reverse ARP, LLDP and what nobody knows', () => {
    const bpdu = [...u16(38), 0x42, 0x42, 3, ...Array<number>(35).fill(0)];
    const pvst = [...u16(50), 0xaa, 0xaa, 3, 0, 0, 0x0c, 1, 0x0b, ...Array<number>(42).fill(0)];
    const head = [...mac('01:80:c2:00:00:00'), ...mac(OTHER)];
    expect(flowOf([...head, ...bpdu])).toMatchObject({ what: 'stp', vlan: 0 });
    expect(flowOf([...head, ...pvst])).toMatchObject({ what: 'stp' });
    expect(flowOf(ethernet(Array<number>(28).fill(0), { type: 0x8035 }))).toMatchObject({ what: 'rarp' });
    expect(flowOf(ethernet([2, 7, 4], { type: 0x88cc }))).toMatchObject({ what: 'other' });
    expect(flowOf([1, 2, 3])).toMatchObject({ what: 'other' });
  });

  test('a router that says that a packet is too big', () => {
    const needed = icmp([3, 4, 0, 0, 0, 0, ...u16(1400), ...ipv4(udp([1]))]);
    const bytes = pcap([ethernet(ipv4(needed, { protocol: 1, from: '192.0.2.1' }))]);
    expect(read(bytes).samples[0]?.sightings).toContainEqual(
      expect.objectContaining({ is: 'tooBig', id: '192.0.2.1', says: { mtu: 1400 } }),
    );
  });
});

describe('checksums', () => {
  const four = (sum: Sum, protocol: number) =>
    ipv4(protocol === 6 ? tcp([1, 2, 3], { sum }) : udp([1, 2, 3], { sum }), { protocol });
  const ends = { from: '2001:db8::10', to: '2001:db8::20' };
  const six = (sum: Sum, next: number, before: readonly number[] = []) =>
    ipv6(next === 6 ? tcp([1, 2], { ...ends, sum }) : udp([1, 2], { ...ends, sum }), {
      next: before.length > 0 ? 0 : next,
      before,
    });

  test.each([
    ['right', 'good'],
    ['pseudo', 'partial'],
    ['damaged', 'wrong'],
  ] as const)('%s is %s', (sum, word) => {
    for (const protocol of [6, 17]) {
      expect(flowOf(ethernet(four(sum, protocol)))?.checksum).toBe(word);
      expect(flowOf(ethernet(six(sum, protocol), { type: 0x86dd }))?.checksum).toBe(word);
      const padding = [protocol, 0, 1, 4, 0, 0, 0, 0];
      expect(flowOf(ethernet(six(sum, protocol, padding), { type: 0x86dd }))?.checksum).toBe(word);
    }
  });

  test('what was not captured whole is not judged', () => {
    const bytes = ethernet(four('damaged', 6));
    for (let length = 14; length < bytes.length; length++)
      expect(flowOf({ bytes: bytes.slice(0, length), wire: bytes.length })?.checksum).toBeUndefined();
    expect(
      flowOf(ethernet(ipv4(udp([1], { sum: 'damaged' }), { fragment: 0x2000 })))?.checksum,
    ).toBeUndefined();
    expect(flowOf(ethernet(ipv4(udp([1], { sum: 'none' }))))?.checksum).toBeUndefined();
  });

  test('what fills a frame up to sixty octets does not count', () => {
    expect(flowOf([...ethernet(four('right', 17)), 9, 9, 9, 9, 9])?.checksum).toBe('good');
  });

  test("the header's own sum: 0 is left to the NIC, anything else is damage", () => {
    expect(flowOf(ethernet(ipv4(udp([1]), { sum: 'none' })))?.checksum).toBe('partial');
    expect(flowOf(ethernet(ipv4(udp([1]), { sum: 'damaged' })))?.checksum).toBe('wrong');
    expect(flowOf(ethernet(ipv4([1, 2, 3], { fragment: 100, sum: 'damaged' })))?.checksum).toBe('wrong');
  });

  test('a right sum of ICMP says nothing of offload, a wrong one is damage', () => {
    expect(flowOf(ping)).not.toHaveProperty('checksum');
    const broken = [...ping];
    broken[36] = (broken[36] ?? 0) ^ 1;
    expect(flowOf(broken)?.checksum).toBe('wrong');
  });

  test('options of IP, odd places and odd lengths', () => {
    for (let length = 0; length < 20; length++) {
      const data = Array.from({ length }, (_, index) => (index * 37 + 200) & 255);
      expect(flowOf(ethernet(ipv4(udp(data), { options: [1, 1, 1, 0] })))?.checksum).toBe('good');
      expect(flowOf([0, 0, 0, 2, ...ipv4(udp(data))], 0)?.checksum).toBe('good');
    }
  });

  test('longer than the length field can tell (TSO)', () => {
    const large = ipv4(tcp(Array<number>(20_000).fill(3)), { protocol: 6 });
    large.splice(2, 2, 0, 0);
    large.splice(10, 2, ...u16(0));
    expect(flowOf(ethernet(large))).toMatchObject({ maxLength: 20_054 });
  });
});

describe('connections', () => {
  const segment = (sequence: number, length: number, flags = 0x18) =>
    ethernet(
      ipv4(tcp(Array<number>(length).fill(1), { sequence, flags, mss: flags & 2 ? 1460 : 0 }), {
        protocol: 6,
      }),
    );
  const streamIn = (frames: readonly number[][]) =>
    read(pcap(frames)).samples[0]?.sightings.filter(
      (one): one is SightingOf<'stream'> => one.is === 'stream',
    )[0];

  test('large segments that are sent again, across the end of the numbers', () => {
    const start = 0xffffffff - 3000;
    const lost = [
      segment(start, 0, 2),
      segment(start + 1, 2896),
      segment(start + 1, 2896),
      segment((start + 2897) >>> 0, 2896),
      segment((start + 2897) >>> 0, 2896),
      segment((start + 5793) >>> 0, 100),
    ];
    expect(streamIn(lost)).toMatchObject({
      id: '192.0.2.10.40288 > 192.0.2.20.80',
      says: { opens: 1, answered: false, mss: 1460, largeSent: 2, largeResent: 2, repeats: 1 },
    });
    expect(streamIn(lost)?.at.map(({ number }) => number)).toEqual([2, 3]);
  });

  test('SYNs that nobody answers', () => {
    expect(streamIn([segment(1, 0, 2), segment(1, 0, 2), segment(1, 0, 2)])).toMatchObject({
      says: { opens: 3, answered: false },
    });
  });
});

describe('evidence', () => {
  const frames = [...small, ping];
  const { capture, samples } = read(pcap(frames), { name: 'tap107i1.pcap' });

  test('a line has the number of its frame, and the text that is shown of it', () => {
    const lines = capture.text.split('\n');
    for (const { at } of samples.flatMap(({ sightings }) => sightings))
      for (const { number, text } of at) expect(text).toBe(lines[capture.numbers?.indexOf(number) ?? -1]);
    expect(capture.numbers).toEqual([0, 1, 2, 3]);
    expect(capture.bytes).toBeUndefined();
    expect(lines[0]).toBe(
      'tcpdump: listening on tap107i1, link-type EN10MB (Ethernet), snapshot length 262144 bytes',
    );
    expect(lines[1]).toBe(
      `2026-11-27 07:34:19.000000 ${GUEST} > ${OTHER}, ethertype IPv4 (0x0800), length 45: (tos 0x0, id 7, flags [DF], ` +
        'proto UDP (17), length 31) 192.0.2.10.40000 > 192.0.2.20.7: [udp sum ok] UDP, length 3',
    );
    expect(lines[3]).toContain('192.0.2.10 > 192.0.2.20: ICMP echo request, id 7, seq 1, length 8');
  });

  test('of many frames the first ones are shown, and what is evidence', () => {
    const many = [...Array.from({ length: 1500 }, () => small[0] as number[]), small[1] as number[]];
    const { capture: shown, samples } = read(pcap(many));
    expect(samples[0]?.total).toBe(1501);
    expect(shown.numbers?.slice(0, 3)).toEqual([0, 0, 1]);
    expect(shown.numbers?.slice(-2)).toEqual([1000, 1501]);
    expect(shown.text).toMatch(/\ntcpdump: 500 more frames were read and are not shown\n/);
  });

  test.each([
    ['tap107i1.pcap', undefined, 'tap107i1'],
    ['host-fault-tcpdump-tap100i0.pcapng', undefined, 'tap100i0'],
    ['capture.pcap', ['tcpdump', '-i', 'vnet3', '-w', '-'], 'vnet3'],
    ['tap.pcap', undefined, 'tap'],
    ['capture.pcap', undefined, undefined],
  ])('%s of %s was taken on %s', (name, argv, expected) => {
    const given = { name, ...(argv && { argv }) };
    const [sample] = read(pcap(small), given).samples;
    const [flow] =
      sample?.sightings.filter((one): one is SightingOf<'traffic'> => one.is === 'traffic') ?? [];
    expect(flow?.says.interface).toBe(expected);
  });
});

test('of too many flows some are only counted, and that is said; ARP and DHCP have room of their own', () => {
  const strangers = Array.from({ length: 700 }, (_, index) =>
    ethernet(ipv4(udp([1])), {
      from: `02:00:00:01:${[index >> 8, index & 255].map((octet) => octet.toString(16).padStart(2, '0')).join(':')}`,
    }),
  );
  const own = ethernet(ipv4(udp(dhcp(1), { ports: [68, 67] })));
  const [sample] = read(pcap([...strangers, small[1] as number[], own])).samples;
  const things = sample?.sightings ?? [];
  expect(things).toContainEqual(expect.objectContaining({ is: 'packetCapture', says: { leftOut: 200 } }));
  const whats = new Set(things.flatMap((one) => (one.is === 'traffic' ? [one.says.what] : [])));
  expect([...whats].sort()).toEqual(['arp-request', 'dhcp-request', 'ipv4']);
  expect(sample?.problems[0]?.says).toContain('200 packets of more than 500 different flows');
});

describe('hostile files', () => {
  const files = [pcap([...small, ping]), pcapng([...small, ping]), pcap([ping], { isLittle: false })];

  test.each(files)('each beginning can be read, and claims frames of its own only', (bytes) => {
    for (let length = 0; length < bytes.length; length++) {
      const { samples } = read(bytes.subarray(0, length));
      for (const { at } of samples.flatMap(({ sightings }) => sightings))
        for (const { number, text } of at) {
          expect(number).toBeLessThanOrEqual(samples[0]?.total ?? 0);
          expect(text).not.toBe('');
        }
    }
    expect(problems(bytes.subarray(0, bytes.length - 1))[0]).toMatch(
      /^sample-cut-short: x\.pcap is cut short/,
    );
  });

  test('a length that cannot be stops there, with the number of the frame', () => {
    const broken = pcap([...small, ping]);
    broken.writeUInt32LE(0x7fffffff, 24 + 16 + (small[0]?.length ?? 0) + 8);
    expect(problems(broken)[0]).toMatch(
      /^sample-cut-short: x\.pcap is damaged: frame 2 claims to have 2147483647 octets; the frame before it was read/,
    );
  });

  test('any change of any octet is borne', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 12 }),
        (file, changes) => {
          const bytes = Buffer.from(file);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const { capture, samples, problems } = read(bytes);
          expect(capture.text).toMatch(/^[\n\x20-\x7e]*$/);
          for (const { says } of [...problems, ...samples.flatMap((sample) => sample.problems)])
            expect(says).not.toContain('undefined');
        },
      ),
      { numRuns: 2000 },
    );
  });
});
