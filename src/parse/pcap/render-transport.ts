import { PSEUDO_ONLY } from '../capture/tcpdump-checksum.ts';
import { uint16, uint32 } from './byte-feed.ts';
import { fold, sumOf } from './internet-sum.ts';
import type { Layers } from './layers.ts';
import { dataLength, isSegment, macAt, mssOf } from './packet-of.ts';
import { addressAt } from './read-ip.ts';
import { fieldOf, ICMP, ICMP6, UDP, withPseudoHeader } from './read-transport.ts';

/** `SRC > DST: what`, the checksum's mark where tcpdump has it. */
export function renderTransport(layers: Layers, data: Uint8Array): string {
  const { ip, isSix, protocol, transport, length, captured, isWhole, checksum, ipSum } = layers;
  const [from, to] = [
    addressAt(data, ip + (isSix ? 8 : 12), isSix),
    addressAt(data, ip + (isSix ? 24 : 16), isSix),
  ];
  const bare = `${from} > ${to}: `;
  if (transport < 0) return `${bare}ip-proto-${protocol}`;
  if (transport + 8 > captured) return `${bare}[|${protocol}]`;
  const ported = `${from}.${uint16(data, transport)} > ${to}.${uint16(data, transport + 2)}: `;
  const isOwn = isWhole && ipSum !== 'wrong';
  const mark = isOwn && checksum === 'partial' && ipSum !== 'zero' ? ` ${PSEUDO_ONLY}` : '';
  if (isSegment(layers)) return ported + segmentText(layers, data, isOwn) + mark;
  if (protocol === UDP) {
    const what = layers.bootp >= 0 ? bootpText(layers, data) : `UDP, length ${length - 8}`;
    return `${ported}${udpMark(layers, data, isOwn)}${what}${mark}`;
  }
  if (protocol === ICMP6 && isSix)
    return `${bare}${icmp6Mark(layers, data, isOwn)}ICMP6, ${icmp6Text(layers, data)}${mark}`;
  if (protocol === ICMP && !isSix) return bare + icmpText(layers, data);
  return `${bare}ip-proto-${protocol} ${length}`;
}

/** What the field holds, and what it should: the field itself left out of the sum. */
function sums(
  layers: Layers,
  data: Uint8Array,
): { shown: string; right: string; isRight: boolean } | undefined {
  const field = fieldOf(layers, data);
  if (field === undefined) return undefined;
  const shown = uint16(data, field);
  const { whole } = withPseudoHeader(layers, data);
  const hex = (value: number) => value.toString(16).padStart(4, '0');
  return { shown: hex(shown), right: hex(rightSum(whole, shown)), isRight: whole === 0xffff };
}

/** What the field should hold, where all that it covers, the field itself too, adds up to `whole`. */
export function rightSum(whole: number, shown: number): number {
  return 0xffff - fold(whole + 0xffff - shown);
}

const FLAGS = [
  [1, 'F'],
  [2, 'S'],
  [4, 'R'],
  [8, 'P'],
  [16, '.'],
  [32, 'U'],
] as const;

function segmentText(layers: Layers, data: Uint8Array, isJudged: boolean): string {
  const { transport: at } = layers;
  const bits = data[at + 13] as number;
  const flags = FLAGS.flatMap(([bit, letter]) => (bits & bit ? letter : [])).join('');
  const sum = isJudged ? sums(layers, data) : undefined;
  const shown = sum && `, cksum 0x${sum.shown} (${sum.isRight ? 'correct' : `incorrect -> 0x${sum.right}`})`;
  const length = dataLength(layers, data);
  const start = uint32(data, at + 4);
  const acked = bits & 16 ? `, ack ${uint32(data, at + 8)}` : '';
  const mss = mssOf(layers, data);
  const options = mss === undefined ? '' : `, options [mss ${mss}]`;
  return (
    `Flags [${flags || 'none'}]${shown ?? ''}, seq ${start}${length > 0 ? `:${(start + length) % 2 ** 32}` : ''}${acked}, ` +
    `win ${uint16(data, at + 14)}${options}, length ${length}`
  );
}

function udpMark(layers: Layers, data: Uint8Array, isJudged: boolean): string {
  if (!isJudged) return '';
  const sum = sums(layers, data);
  if (!sum) return '[no cksum] ';
  return sum.isRight ? '[udp sum ok] ' : `[bad udp cksum 0x${sum.shown} -> 0x${sum.right}!] `;
}

function bootpText({ bootp: at, length, dhcp }: Layers, data: Uint8Array): string {
  const kind = data[at] === 1 ? `Request from ${macAt(data, at + 28)}` : 'Reply';
  const offered =
    data[at] === 2 && uint32(data, at + 16) !== 0 ? `, Your-IP ${addressAt(data, at + 16, false)}` : '';
  const client = data[at] === 2 ? `, Client-Ethernet-Address ${macAt(data, at + 28)}` : '';
  const message = dhcp
    ? `, DHCP-Message (53), length 1: ${dhcp === 'nack' || dhcp === 'ack' ? dhcp.toUpperCase() : dhcp[0]?.toUpperCase() + dhcp.slice(1)}`
    : '';
  return `BOOTP/DHCP, ${kind}, length ${length - 8}, xid 0x${uint32(data, at + 4).toString(16)}${offered}${client}${message}`;
}

const UNREACHABLE: Readonly<Record<number, string>> = { 0: 'net', 1: 'host', 2: 'protocol', 3: 'port' };

function icmpText(layers: Layers, data: Uint8Array): string {
  const { transport: at, length, checksum, ipSum, ip } = layers;
  const [type, code] = [data[at] as number, data[at + 1] as number];
  const right = () => rightSum(sumOf(data, at, at + length), uint16(data, at + 2)).toString(16);
  const isWrong = checksum === 'wrong' && ipSum !== 'wrong';
  const wrong = isWrong ? ` (wrong icmp cksum ${uint16(data, at + 2).toString(16)} (->${right()})!)` : '';
  const end = `, length ${length}${wrong}`;
  if (type === 8 || type === 0)
    return `ICMP echo ${type === 8 ? 'request' : 'reply'}, id ${uint16(data, at + 4)}, seq ${uint16(data, at + 6)}${end}`;
  if (type === 3 && code === 4)
    return `ICMP ${addressAt(data, ip + 16, false)} unreachable - need to frag (mtu ${uint16(data, at + 6)})${end}`;
  if (type === 3) return `ICMP ${UNREACHABLE[code] ?? `code ${code}`} unreachable${end}`;
  return `ICMP type ${type} code ${code}${end}`;
}

function icmp6Mark(layers: Layers, data: Uint8Array, isJudged: boolean): string {
  const sum = isJudged ? sums(layers, data) : undefined;
  if (!sum) return '';
  return sum.isRight ? '[icmp6 sum ok] ' : `[bad icmp6 cksum 0x${sum.shown} -> 0x${sum.right}!] `;
}

const ICMP6_WORDS: Readonly<Record<number, string>> = {
  1: 'destination unreachable',
  3: 'time exceeded',
  128: 'echo request',
  129: 'echo reply',
  133: 'router solicitation',
  134: 'router advertisement',
  135: 'neighbor solicitation',
  136: 'neighbor advertisement',
  143: 'multicast listener report v2',
};

function icmp6Text({ transport: at, length, captured }: Layers, data: Uint8Array): string {
  const type = data[at] as number;
  if (type === 2) return `packet too big, mtu ${uint32(data, at + 4)}, length ${length}`;
  const isNeighbor = (type === 135 || type === 136) && at + 24 <= captured;
  const whom = isNeighbor ? `, ${type === 135 ? 'who has' : 'tgt is'} ${addressAt(data, at + 8, true)}` : '';
  return `${ICMP6_WORDS[type] ?? `type ${type}`}, length ${length}${whom}`;
}
