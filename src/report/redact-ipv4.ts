import { remembered } from './redact-mac.ts';

export type Ipv4StandIns = (address: string, length?: number) => string;

/**
 * Stand-ins for IPv4 that keep what a reader needs: the class (private, shared, link-local, public), every subnet relation
 * from /16 on, .0 and .255, the host's number, and mostly the width. Only the network changes: a public /16 becomes one of
 * nobody's; the second octet of 10/8, 172.16/12 and 100.64/10 and the third octet of all are XORed with one value for each
 * network above, which keeps all prefixes in common. `reals` are never given out as long as there is another choice.
 * `length` is that of a prefix written behind it (/16).
 */
export function ipv4StandIns(reals: readonly string[]): Ipv4StandIns {
  const known = knownNetworks(reals);
  const publics = new Map<string, string>();
  const masks = new Map<string, number>();
  let publicCount = 0;

  const freshPublic = (): string => {
    let network: string;
    do network = publicNetwork(publicCount++);
    while (known.has(network));
    return network;
  };
  const mask = (place: Place): number => remembered(masks, place.real, () => bestMask(place, known));
  const pair = (a: number, b: number): string => {
    const range = RANGES.find(({ first }) => first === a);
    if ((a === 192 && b === 168) || (a === 169 && b === 254)) return `${a}.${b}`;
    if (!range || b < range.low || b >= range.low + range.size)
      return remembered(publics, `${a}.${b}`, freshPublic);
    const { low, size } = range;
    return `${a}.${low + ((b - low) ^ mask({ real: `${a}`, standIn: `${a}`, low, size }))}`;
  };
  return (address, length) => {
    const octets = address.split('.').map(Number);
    if (namesNobody(octets) || (length === undefined && isEdge(octets, known))) return address;
    const [a = 0, b = 0, ...rest] = octets;
    const network = pair(a, b);
    const [c, ...host] = rest;
    if (c === undefined) return network;
    const third = c ^ mask({ real: `${a}.${b}`, standIn: network, low: 0, size: 256 });
    const result = [network, third, ...host].join('.');
    return length === undefined ? result : atItsEdge(octets, result, length);
  };
}

/** RFC 1918 and 6598, where the second octet may change. */
const RANGES = [
  { first: 10, low: 0, size: 256 },
  { first: 172, low: 16, size: 16 },
  { first: 100, low: 64, size: 64 },
];

/** 198.18.0.0/15 is for benchmarks (RFC 2544), 240.0.0.0/4 is reserved: neither is anybody's. */
function publicNetwork(count: number): string {
  if (count < 2) return `198.${18 + count}`;
  const more = count - 2;
  return `${240 + (Math.floor(more / 256) % 15)}.${more % 256}`;
}

/** Netmasks, loopback, multicast, 0.0.0.0; and RFC 5737's, which are stand-ins already. */
function namesNobody([a = 0, b, c]: readonly number[]): boolean {
  const isDocumentation =
    (a === 192 && b === 0 && c === 2) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113);
  return a === 0 || a === 127 || a >= 224 || b === undefined || isDocumentation;
}

/** What is in use: `10.20`, `10.20.30`, and `10.20.30.` where a machine of that network is known. */
function knownNetworks(reals: readonly string[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const real of reals) {
    const octets = real.split('.');
    known.add(octets.slice(0, 2).join('.'));
    known.add(octets.slice(0, 3).join('.'));
    if (!/\.(?:0|255)$/.test(real)) known.add(`${octets.slice(0, 3).join('.')}.`);
  }
  return known;
}

/** 10.0.0.0, 172.16.0.0, 192.168.255.255: the private ranges themselves, where they are nobody's own network. */
function isEdge(octets: readonly number[], known: ReadonlySet<string>): boolean {
  const text = octets.join('.');
  return /^(?:10\.0|172\.16|192\.168|100\.64|169\.254)\.0\.0$|^(?:10\.255|172\.31|192\.168|100\.127|169\.254)\.255\.255$/.test(
    text,
  )
    ? !known.has(`${octets.slice(0, 3).join('.')}.`)
    : false;
}

/** A network's own address stays its own address, and its broadcast address that, for the length that is written behind it. */
function atItsEdge(real: readonly number[], standIn: string, length: number): string {
  if (real.length < 4 || length >= 32) return standIn;
  const mask = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
  const value = toNumber(real);
  const changed = toNumber(standIn.split('.').map(Number));
  if ((value & ~mask) === 0) return toText((changed & mask) >>> 0);
  if ((value | mask) >>> 0 === 0xffffffff) return toText((changed | ~mask) >>> 0);
  return standIn;
}

function toNumber(octets: readonly number[]): number {
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

function toText(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

type Place = { readonly real: string; readonly standIn: string; readonly low: number; readonly size: number };

/** Best is what gives no real network, leaves 0 and 255 to those that have them, keeps low bits (so /21 to /24) and the width. */
function bestMask({ real, standIn, low, size }: Place, known: ReadonlySet<string>): number {
  const octets = Array.from({ length: size }, (_, index) => index).filter((index) =>
    known.has(`${real}.${low + index}`),
  );
  let best = { mask: 0, price: Number.POSITIVE_INFINITY };
  for (let mask = 1; mask < size; mask++) {
    let price = mask % 8 === 0 ? 0 : mask % 4 === 0 ? 1000 : mask % 2 === 0 ? 2000 : 3000;
    for (const octet of octets) {
      const other = low + (octet ^ mask);
      if (known.has(`${standIn}.${other}`)) price += 1e6;
      if (other === 0 || other === 255) price += 1e4;
      if (String(other).length !== String(low + octet).length) price++;
    }
    if (price < best.price) best = { mask, price };
  }
  return best.mask;
}
