// Makes packet captures for tests: frames from their parts, with right or wrong sums, and the files around them.

export type Sum = 'right' | 'pseudo' | 'damaged' | 'none';

const GUEST = 'bc:24:11:00:00:01';
const OTHER = '02:00:00:00:00:20';

export function mac(text: string): number[] {
  return text.split(':').map((octet) => Number.parseInt(octet, 16));
}

export function address(text: string): number[] {
  if (!text.includes(':')) return text.split('.').map(Number);
  const [head = '', tail = ''] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const words = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return words.flatMap((word) => u16(Number.parseInt(word, 16)));
}

export function u16(value: number): number[] {
  return [(value >> 8) & 255, value & 255];
}

export function u32(value: number): number[] {
  return [...u16(value >>> 16), ...u16(value & 0xffff)];
}

export function onesSum(bytes: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

export function ethernet(
  payload: readonly number[],
  { type = 0x0800, from = GUEST, to = OTHER, tags = [] as readonly (readonly [number, number])[] } = {},
): number[] {
  const tagged = tags.flatMap(([tpid, tag]) => [...u16(tpid), ...u16(tag)]);
  return [...mac(to), ...mac(from), ...tagged, ...u16(type), ...payload];
}

export function ipv4(
  payload: readonly number[],
  {
    protocol = 17,
    from = '192.0.2.10',
    to = '192.0.2.20',
    fragment = 0x4000,
    options = [] as readonly number[],
    sum = 'right' as Sum,
  } = {},
): number[] {
  const head = [
    0x45 + options.length / 4,
    0,
    ...u16(20 + options.length + payload.length),
    ...u16(7),
    ...u16(fragment),
    64,
    protocol,
    0,
    0,
    ...address(from),
    ...address(to),
    ...options,
  ];
  const right = 0xffff - onesSum(head);
  head.splice(10, 2, ...u16(sum === 'right' ? right : sum === 'none' ? 0 : right ^ 0x0101));
  return [...head, ...payload];
}

export function ipv6(
  payload: readonly number[],
  { next = 17, from = '2001:db8::10', to = '2001:db8::20', before = [] as readonly number[] } = {},
): number[] {
  return [
    0x60,
    0,
    0,
    0,
    ...u16(before.length + payload.length),
    next,
    64,
    ...address(from),
    ...address(to),
    ...before,
    ...payload,
  ];
}

/** Fills the sum in at `at`; `pseudo`: the folded sum of the pseudo header alone, as CHECKSUM_PARTIAL leaves it. */
export function summed(
  packet: readonly number[],
  at: number,
  {
    protocol,
    from = '192.0.2.10',
    to = '192.0.2.20',
    sum = 'right' as Sum,
  }: { protocol: number; from?: string; to?: string; sum?: Sum },
): number[] {
  const bare = [...packet.slice(0, at), 0, 0, ...packet.slice(at + 2)];
  const pseudo = [...address(from), ...address(to), 0, protocol, ...u16(bare.length)];
  const right = 0xffff - onesSum([...pseudo, ...bare]) || 0xffff;
  const field = { right, pseudo: onesSum(pseudo), damaged: right ^ 0x1234, none: 0 }[sum];
  bare.splice(at, 2, ...u16(field));
  return bare;
}

/** ICMP of IPv4 has no pseudo header. */
export function icmp(message: readonly number[]): number[] {
  const bare = [...message.slice(0, 2), 0, 0, ...message.slice(4)];
  bare.splice(2, 2, ...u16(0xffff - onesSum(bare)));
  return bare;
}

export type Ends = { from?: string; to?: string; sum?: Sum };

export function udp(
  data: readonly number[],
  { ports = [40000, 7], ...ends }: Ends & { ports?: readonly number[] } = {},
): number[] {
  const head = [...ports.flatMap(u16), ...u16(8 + data.length), 0, 0];
  return summed([...head, ...data], 6, { protocol: 17, ...ends });
}

export function tcp(
  data: readonly number[],
  {
    ports = [40288, 80],
    sequence = 1000,
    flags = 0x18,
    mss = 0,
    ...ends
  }: Ends & { ports?: readonly number[]; sequence?: number; flags?: number; mss?: number } = {},
): number[] {
  const options = mss > 0 ? [2, 4, ...u16(mss)] : [];
  const head = [
    ...ports.flatMap(u16),
    ...u32(sequence),
    ...u32(0),
    (5 + options.length / 4) << 4,
    flags,
    ...u16(501),
    0,
    0,
    0,
    0,
    ...options,
  ];
  return summed([...head, ...data], 16, { protocol: 6, ...ends });
}

export function arp(
  operation: number,
  sender: readonly [string, string],
  target: readonly [string, string],
): number[] {
  return [
    ...u16(1),
    ...u16(0x0800),
    6,
    4,
    ...u16(operation),
    ...mac(sender[0]),
    ...address(sender[1]),
    ...mac(target[0]),
    ...address(target[1]),
  ];
}

export function dhcp(kind: number, client = GUEST): number[] {
  const isReply = kind === 2 || kind === 5 || kind === 6;
  const head = [isReply ? 2 : 1, 1, 6, 0, ...u32(0x5eed0001), ...Array<number>(20).fill(0)];
  return [...head, ...mac(client), ...Array<number>(202).fill(0), 0x63, 0x82, 0x53, 0x63, 53, 1, kind, 255];
}

export type Shot = { readonly bytes: readonly number[]; readonly wire?: number; readonly on?: number };

/** A classic file; `magic` tells byte order and unit of time. */
export function pcap(
  frames: readonly (readonly number[] | Shot)[],
  { link = 1, isLittle = true, isNano = false, snapshot = 262_144 } = {},
): Buffer {
  const put = (value: number) => (isLittle ? u32(value).reverse() : u32(value));
  const short = (value: number) => (isLittle ? u16(value).reverse() : u16(value));
  const head = [
    ...put(isNano ? 0xa1b23c4d : 0xa1b2c3d4),
    ...short(2),
    ...short(4),
    ...put(0),
    ...put(0),
    ...put(snapshot),
    ...put(link),
  ];
  const records = frames.flatMap((frame, index) => {
    const { bytes, wire = bytes.length } = 'bytes' in frame ? frame : { bytes: frame };
    const fraction = index * (isNano ? 1_000_000 : 1000);
    return [...put(1_795_764_859), ...put(fraction), ...put(bytes.length), ...put(wire), ...bytes];
  });
  return Buffer.from([...head, ...records]);
}

/** A pcapng file: an interface for each name, `on` chooses it. */
export function pcapng(
  frames: readonly (readonly number[] | Shot)[],
  { names = ['tap107i1'], link = 1, isLittle = true, resolution = 6, isSimple = false } = {},
): Buffer {
  const put = (value: number) => (isLittle ? u32(value).reverse() : u32(value));
  const short = (value: number) => (isLittle ? u16(value).reverse() : u16(value));
  const padded = (bytes: readonly number[]) => [
    ...bytes,
    ...Array<number>((4 - (bytes.length % 4)) % 4).fill(0),
  ];
  const block = (type: number, body: readonly number[]) => [
    ...put(type),
    ...put(body.length + 12),
    ...body,
    ...put(body.length + 12),
  ];
  const option = (code: number, bytes: readonly number[]) => [
    ...short(code),
    ...short(bytes.length),
    ...padded(bytes),
  ];
  const perSecond = 10 ** resolution;
  const blocks = [
    block(0x0a0d0d0a, [...put(0x1a2b3c4d), ...short(1), ...short(0), ...put(0xffffffff), ...put(0xffffffff)]),
    ...names.map((name) =>
      block(1, [
        ...short(link),
        0,
        0,
        ...put(262_144),
        ...option(2, [...Buffer.from(name)]),
        ...option(9, [resolution]),
        ...option(0, []),
      ]),
    ),
    block(4, put(0)),
    ...frames.map((frame, index) => {
      const { bytes, wire = bytes.length, on = 0 } = 'bytes' in frame ? frame : ({ bytes: frame } as Shot);
      if (isSimple) return block(3, [...put(wire), ...padded(bytes)]);
      const ticks = BigInt(1_795_764_859) * BigInt(perSecond) + BigInt(index * (perSecond / 1000));
      const [high, low] = [Number(ticks >> 32n), Number(ticks & 0xffffffffn)];
      return block(6, [
        ...put(on),
        ...put(high),
        ...put(low),
        ...put(bytes.length),
        ...put(wire),
        ...padded(bytes),
      ]);
    }),
    block(5, [...put(0), ...put(0), ...put(0)]),
  ];
  return Buffer.from(blocks.flat());
}
