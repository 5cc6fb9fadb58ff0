import { uint16, uint32 } from './byte-feed.ts';
import { sumOf } from './internet-sum.ts';
import type { Layers } from './layers.ts';
import { readTransport } from './read-transport.ts';

/** Extension headers that stand between IPv6 and what it carries: RFC 8200, RFC 4302. */
const EXTENSIONS = new Set([0, 43, 44, 51, 60]);
const MOST_EXTENSIONS = 8;

export function readIpLayer(layers: Layers, data: Uint8Array, at: number, isSix: boolean): void {
  layers.what = isSix ? 'ipv6' : 'ipv4';
  layers.isSix = isSix;
  if (isSix) readSix(layers, data, at);
  else readFour(layers, data, at);
  readTransport(layers, data);
}

function readFour(layers: Layers, data: Uint8Array, at: number): void {
  if (at + 20 > layers.captured || (data[at] as number) >> 4 !== 4) return;
  const header = ((data[at] as number) & 15) * 4;
  const told = uint16(data, at + 2);
  // 0: longer than the field can tell, cut later (TSO).
  const total = told === 0 ? layers.end - at : told;
  if (header < 20 || total < header) return;
  layers.ip = at;
  layers.ipLength = total;
  layers.protocol = data[at + 9] as number;
  if (at + header <= layers.captured && sumOf(data, at, at + header) !== 0xffff)
    layers.ipSum = uint16(data, at + 10) === 0 ? 'zero' : 'wrong';
  else if (at + header <= layers.captured) layers.ipSum = 'good';
  const fragment = uint16(data, at + 6);
  layers.isFragment = (fragment & 0x3fff) !== 0;
  if ((fragment & 0x1fff) === 0) setTransport(layers, at + header, total - header);
}

function readSix(layers: Layers, data: Uint8Array, at: number): void {
  if (at + 40 > layers.captured || (data[at] as number) >> 4 !== 6) return;
  const told = uint16(data, at + 4);
  // 0: a jumbogram, or more than the field can tell.
  const length = told === 0 ? Math.max(layers.end - at - 40, 0) : told;
  layers.ip = at;
  layers.ipLength = length;
  let next = data[at + 6] as number;
  let from = at + 40;
  const end = from + length;
  for (let count = 0; EXTENSIONS.has(next); count++) {
    layers.protocol = next;
    if (count === MOST_EXTENSIONS || from + 8 > layers.captured || from + 8 > end) return;
    // A routing header names another last target than the one in front: its sum is not judged here.
    if (next === 44) layers.isFragment = true;
    if (next === 43 && data[from + 3] !== 0) return;
    if (next === 44 && (uint16(data, from + 2) & 0xfff8) !== 0) return;
    const size =
      next === 44
        ? 8
        : next === 51
          ? ((data[from + 1] as number) + 2) * 4
          : ((data[from + 1] as number) + 1) * 8;
    next = data[from] as number;
    from += size;
  }
  layers.protocol = next;
  if (from <= end) setTransport(layers, from, end - from);
}

function setTransport(layers: Layers, at: number, length: number): void {
  layers.transport = at;
  layers.length = length;
  layers.isWhole = !layers.isFragment && at + length <= layers.captured;
}

/** The address in dotted or colon form; of IPv6 the longest run of zeros is left out (RFC 5952). */
export function addressAt(data: Uint8Array, at: number, isSix: boolean): string {
  if (!isSix) return `${data[at]}.${data[at + 1]}.${data[at + 2]}.${data[at + 3]}`;
  if (uint32(data, at) === 0 && uint32(data, at + 4) === 0 && uint32(data, at + 8) === 0xffff)
    return `::ffff:${addressAt(data, at + 12, false)}`;
  const words = Array.from({ length: 8 }, (_, index) => uint16(data, at + index * 2).toString(16));
  let longest = { from: 0, length: 1 };
  for (let from = 0; from < 8; from++) {
    let length = 0;
    while (words[from + length] === '0') length++;
    if (length > longest.length) longest = { from, length };
  }
  if (longest.length === 1) return words.join(':');
  return `${words.slice(0, longest.from).join(':')}::${words.slice(longest.from + longest.length).join(':')}`;
}
