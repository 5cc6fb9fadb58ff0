import { uint16, uint32 } from './byte-feed.ts';
import type { CapturedOn, Frame } from './frame.ts';
import { sumOf } from './internet-sum.ts';
import type { Layers } from './layers.ts';
import { macAt, verdictOf } from './packet-of.ts';
import { addressAt } from './read-ip.ts';
import { renderTransport, rightSum } from './render-transport.ts';

/** One frame in one line, as `tcpdump -tttt -e -n -vv` words it, so that the text can be read again; ASCII alone. */
export function renderFrame(layers: Layers, frame: Frame): string {
  const { data } = frame;
  return clockOf(frame.time) + headOf(layers, data) + payloadOf(layers, data);
}

const LINK_NAMES: Readonly<Record<number, string>> = {
  0: 'NULL (BSD loopback)',
  1: 'EN10MB (Ethernet)',
  12: 'RAW (Raw IP)',
  14: 'RAW (Raw IP)',
  101: 'RAW (Raw IP)',
  108: 'LOOP (OpenBSD loopback)',
  113: 'LINUX_SLL (Linux cooked v1)',
  117: 'PFLOG (OpenBSD pflog file)',
  228: 'IPV4 (Raw IPv4)',
  229: 'IPV6 (Raw IPv6)',
  276: 'LINUX_SLL2 (Linux cooked v2)',
};

/** What stands above the frames of one interface. */
export function renderHead({ link, snapshot }: CapturedOn, name: string | undefined): string {
  const where = name === undefined ? 'reading from file -' : `listening on ${name}`;
  return `tcpdump: ${where}, link-type ${LINK_NAMES[link] ?? link}, snapshot length ${snapshot} bytes`;
}

/** UTC: a capture tells no time zone. Numbers that are no date of our time are left as they are. */
function clockOf(time: number): string {
  if (!(time < 4e15)) return '';
  const micros = String(Math.floor(time % 1e6)).padStart(6, '0');
  return `${new Date(Math.floor(time / 1e3)).toISOString().slice(0, 19).replace('T', ' ')}.${micros} `;
}

const TYPE_NAMES: Readonly<Record<number, string>> = {
  2048: 'IPv4',
  2054: 'ARP',
  32821: 'Reverse ARP',
  33024: '802.1Q',
  34525: 'IPv6',
  34984: '802.1Q-QinQ',
  35020: 'LLDP',
};

function typeName(type: number): string {
  return `ethertype ${TYPE_NAMES[type] ?? 'Unknown'} (0x${hex(type, 4)})`;
}

function headOf(layers: Layers, data: Uint8Array): string {
  const { macs, sender, type, wireLength, pflog, ip, isSix } = layers;
  if (pflog >= 0) {
    const verdict = verdictOf(layers, data);
    if (!verdict) return 'rule unknown: ';
    return `rule ${verdict.rule}/(${REASONS[data[pflog + 3] as number] ?? 'unkn'}) ${verdict.action} ${verdict.direction} on ${verdict.interface}: `;
  }
  if (macs >= 0) {
    const tags = tagsOf(data, macs + 12);
    const [first] = tags;
    const named = (tag: number, from: number) => `vlan ${tag & 0xfff}, p ${from >> 13}, `;
    const outer = first ? typeName(first.type) : type < 0 ? '802.3' : typeName(type);
    const inner = tags.map(
      ({ tag }, index) =>
        `${named(tag, tag)}${tags[index + 1] ? typeName(tags[index + 1]?.type ?? 0) : type < 0 ? '802.3' : typeName(type)}, `,
    );
    return `${macAt(data, macs + 6)} > ${macAt(data, macs)}, ${outer}, length ${wireLength}: ${inner.join('')}`;
  }
  if (sender >= 0)
    return ` In  ${macAt(data, sender)} ${type < 0 ? '802.3' : typeName(type)}, length ${wireLength}: `;
  return ip < 0 ? '' : isSix ? 'IP6 ' : 'IP ';
}

/** PFRES_* of net/pfvar.h. */
const REASONS: readonly string[] = ['match', 'bad-offset', 'fragment', 'short', 'normalize', 'memory'];

function tagsOf(data: Uint8Array, at: number): { type: number; tag: number }[] {
  const tags: { type: number; tag: number }[] = [];
  for (let from = at; tags.length < 4 && from + 6 <= data.length; from += 4) {
    const type = uint16(data, from);
    if (type !== 0x8100 && type !== 0x88a8 && type !== 0x9100 && type !== 0x9200) break;
    tags.push({ type, tag: uint16(data, from + 2) });
  }
  return tags;
}

function payloadOf(layers: Layers, data: Uint8Array): string {
  const { what, arp, ip, isSix, pflog, payload, captured } = layers;
  if (arp >= 0) return arpOf(layers, data);
  if (what === 'stp') return 'STP 802.1d';
  if (what === 'rarp') return 'Ethernet (len 6), IPv4 (len 4), Reverse Request';
  if (ip < 0)
    return what === 'ipv4' || what === 'ipv6' ? '[|ip]' : `${Math.max(captured - payload, 0)} octets`;
  const header = pflog >= 0 ? '' : isSix ? sixOf(layers, data) : fourOf(layers, data);
  return header + renderTransport(layers, data);
}

function arpOf({ what, arp }: Layers, data: Uint8Array): string {
  const sender = addressAt(data, arp + 14, false);
  const target = addressAt(data, arp + 24, false);
  const asked =
    uint32(data, arp + 14) === 0
      ? `Probe ${target}`
      : sender === target
        ? `Announcement ${target}`
        : `Request who-has ${target} tell ${sender}`;
  const said = what === 'arp-reply' ? `Reply ${sender} is-at ${macAt(data, arp + 8)}` : asked;
  return `Ethernet (len 6), IPv4 (len 4), ${said}, length 28`;
}

function fourOf({ ip, ipLength, ipSum, protocol }: Layers, data: Uint8Array): string {
  const fragment = uint16(data, ip + 6);
  const flags = [fragment & 0x4000 && 'DF', fragment & 0x2000 && '+'].filter(Boolean).join(', ');
  const shown = uint16(data, ip + 10);
  const header = ip + ((data[ip] as number) & 15) * 4;
  const right = () => rightSum(sumOf(data, ip, header), shown).toString(16);
  const isRight = ipSum === 'good' || ipSum === undefined;
  const sum = isRight ? '' : `, bad cksum ${shown.toString(16)} (->${right()})!`;
  const offset = (fragment & 0x1fff) * 8;
  // Without what says nothing here, so that the end of the line is seen.
  return (
    `(tos 0x${(data[ip + 1] as number).toString(16)}, id ${uint16(data, ip + 4)}, ${offset > 0 ? `offset ${offset}, ` : ''}` +
    `${flags ? `flags [${flags}], ` : ''}proto ${protocolName(protocol)}, ` +
    `length ${ipLength}${(data[ip] as number) > 0x45 ? ', options (not shown)' : ''}${sum}) `
  );
}

function sixOf({ ip, ipLength, protocol }: Layers, data: Uint8Array): string {
  return `(hlim ${data[ip + 7]}, next-header ${protocolName(protocol)} payload length: ${ipLength}) `;
}

const PROTOCOLS: Readonly<Record<number, string>> = {
  1: 'ICMP',
  2: 'IGMP',
  6: 'TCP',
  17: 'UDP',
  58: 'ICMPv6',
};

function protocolName(protocol: number): string {
  return `${PROTOCOLS[protocol] ?? 'unknown'} (${protocol})`;
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, '0');
}
