import { uint16, uint32 } from './byte-feed.ts';
import { fold, sumOf } from './internet-sum.ts';
import type { Layers } from './layers.ts';

export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;
export const ICMP6 = 58;

/** Behind IP: whether the checksums are right, and what DHCP says. */
export function readTransport(layers: Layers, data: Uint8Array): void {
  const { transport: at, protocol, captured } = layers;
  if (protocol === UDP && at >= 0 && at + 8 <= captured) readDhcp(layers, data, at + 8);
  layers.checksum = judge(layers, data);
}

const DHCP_WORDS = [
  undefined,
  'discover',
  'offer',
  'request',
  'decline',
  'ack',
  'nack',
  'release',
  'inform',
] as const;
const BOOTPS = 67;
const BOOTPC = 68;
const MAGIC_COOKIE = 0x63825363;
const MOST_OPTIONS = 64;

/** RFC 951 and 2131. The message type is option 53. */
function readDhcp(layers: Layers, data: Uint8Array, at: number): void {
  const { transport, captured, isSix } = layers;
  const [from, to] = [uint16(data, transport), uint16(data, transport + 2)];
  const isBootp = [from, to].some((port) => port === BOOTPS || port === BOOTPC);
  if (!isBootp || isSix || at + 34 > captured || (data[at] !== 1 && data[at] !== 2)) return;
  layers.bootp = at;
  layers.what = data[at] === 1 ? 'dhcp-request' : 'dhcp-reply';
  if (at + 240 > captured || uint32(data, at + 236) !== MAGIC_COOKIE) return;
  let option = at + 240;
  for (let count = 0; count < MOST_OPTIONS && option + 2 < captured && data[option] !== 255; count++) {
    if (data[option] === 53) layers.dhcp = DHCP_WORDS[data[option + 2] as number];
    option += data[option] === 0 ? 1 : (data[option + 1] as number) + 2;
  }
}

/**
 * As tcpdump -vv judges, in the order of tcpdump-checksum.ts: a header's own sum of 0 is left to the sending NIC, any other
 * wrong one is damage; ICMP of IPv4 is never left to anybody, and a right one says nothing of offload.
 */
function judge(layers: Layers, data: Uint8Array): Layers['checksum'] {
  const { ipSum, protocol, isSix, isWhole } = layers;
  if (ipSum === 'wrong') return 'wrong';
  const unfinished = ipSum === 'zero' ? 'partial' : undefined;
  if (!isWhole) return unfinished;
  if (protocol === ICMP && !isSix) {
    const isRight =
      layers.length >= 4 && sumOf(data, layers.transport, layers.transport + layers.length) === 0xffff;
    return isRight ? unfinished : 'wrong';
  }
  const field = fieldOf(layers, data);
  if (field === undefined) return unfinished;
  const sum = withPseudoHeader(layers, data);
  if (sum.whole === 0xffff) return unfinished ?? 'good';
  return uint16(data, field) === sum.pseudo ? 'partial' : 'wrong';
}

/** Where the checksum stands; undefined where there is none to judge. */
export function fieldOf(
  { protocol, transport, length, isSix }: Layers,
  data: Uint8Array,
): number | undefined {
  if (protocol === TCP && length >= 20) return transport + 16;
  if (protocol === ICMP6 && isSix && length >= 4) return transport + 2;
  // 0: the sender did without.
  if (protocol === UDP && length >= 8 && uint16(data, transport + 6) !== 0) return transport + 6;
  return undefined;
}

/** Sums of the pseudo header, and of all that the checksum covers: RFC 793, 768, 8200 section 8.1. */
export function withPseudoHeader(layers: Layers, data: Uint8Array): { pseudo: number; whole: number } {
  const { ip, isSix, protocol, transport } = layers;
  const length = coveredLength(layers, data);
  const addresses = isSix ? sumOf(data, ip + 8, ip + 40) : sumOf(data, ip + 12, ip + 20);
  const pseudo = fold(addresses + protocol + (length >>> 16) + (length & 0xffff));
  return { pseudo, whole: fold(pseudo + sumOf(data, transport, transport + length)) };
}

/** UDP tells its own length, which may be less than what IP carries. */
function coveredLength({ protocol, transport, length }: Layers, data: Uint8Array): number {
  if (protocol !== UDP) return length;
  const told = uint16(data, transport + 4);
  return told >= 8 && told <= length ? told : length;
}
