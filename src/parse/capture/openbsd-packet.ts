// Reads: one packet of OpenBSD's own tcpdump: with or without -e, -v, a time; behind a rule of pf when read from pflog0 with -e.
// Printed by: usr.sbin/tcpdump print-ether.c, print-arp.c, print-ip.c, print-tcp.c, print-bootp.c, print-pflog.c (OpenBSD 4.6 to 7.8).
// Fixtures: fixtures/outputs/openbsd-7.8/tcpdump*.txt, pflog.txt.

import type { Things } from '../../model/sighting.ts';
import { checksumOf } from './tcpdump-checksum.ts';
import type { Packet } from './tcpdump-packet.ts';

/** What PF did with the packet, and by which rule. */
export type Verdict = Pick<Things['pfVerdict'], 'action' | 'direction' | 'interface' | 'rule'>;

const MAC = '(?:[\\da-f]{2}:){5}[\\da-f]{2}';
const TIME = '(?:(?:(?:\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d:\\d\\d|\\d{9,11})\\.\\d{6} )?';
const FRAME = new RegExp(`^${TIME}(${MAC}) (${MAC}) (?:[\\da-f]{4} |[a-z][\\da-zA-Z]{1,9} )?(\\d{1,5}): `);
const TAG = /^(?:802\.1Q|QinQ s) ?vid (\d{1,4}) pri \d(?: cfi)? ?/;
const RULE =
  /^rule (def|\d{1,6}(?:\.[\w/*.-]{1,80})?)\/\(([\w-]{1,20}|unkn \d{1,3})\) (?:\[uid \d{1,10}, pid \d{1,10}\] )?(pass|block|match|nat|rdr|binat|scrub) (in|out) on ([a-z]{2,14}\d{1,5}): (?:\[uid \d{1,10}, pid \d{1,10}\] )?/;
const END = '[\\w:%-][\\w.:%-]{1,120}';
const ENDS = new RegExp(`^(${END}) > (${END}): ?`);
const ARP = /^arp (?:who-has \S{1,60}(?: \([^)]{1,30}\))? tell \S{1,60}|reply \S{1,60} is-at )/;

/** The beginnings that only this program prints. Anchored; `SRC > DST:` needs a time in front, else it may be anything. */
export const openbsdPacket = new RegExp(
  `${FRAME.source}|^${TIME}(?:${ARP.source.slice(1)}|802\\.1Q vid \\d|${RULE.source.slice(1)})|^(?:\\d\\d:\\d\\d:\\d\\d|\\d{9,11})\\.\\d{6} ${END} > ${END}: `,
);

/** What one row tells; ask only where the program is known. */
export function readOpenbsdPacket(text: string): { packet: Packet; verdict?: Verdict } {
  const frame = FRAME.exec(text);
  let rest = frame ? text.slice(frame[0].length) : text.replace(new RegExp(`^${TIME}`), '');
  const rule = RULE.exec(rest);
  if (rule) rest = rest.slice(rule[0].length);
  const tag = TAG.exec(rest);
  if (tag) rest = rest.slice(tag[0].length).replace(TAG, '');
  const head = {
    ...(frame && { from: frame[1], to: frame[2], length: Number(frame[3]) }),
    ...(tag ? { vlan: Number(tag[1]) } : frame && { vlan: 0 }),
  };
  const packet = { ...readPayload(rest), ...head } as Packet;
  if (!rule) return { packet };
  const [, number = '', , action, direction, name = ''] = rule;
  return {
    packet,
    verdict: { action, direction, interface: name, rule: number } as Verdict,
  };
}

function readPayload(text: string): Packet {
  const [, asksFor, tells] = /^arp who-has (\S{1,60})(?: \([^)]{1,30}\))? tell (\S{1,60})/.exec(text) ?? [];
  if (asksFor !== undefined && tells !== undefined)
    return { what: 'arp-request', asksFor, tells, from: tells };
  const [, owner, isAt] = /^arp reply (\S{1,60}) is-at ((?:[\da-f]{2}:){5}[\da-f]{2})?/.exec(text) ?? [];
  if (owner !== undefined) return { what: 'arp-reply', tells: owner, from: owner, ...(isAt && { isAt }) };
  if (/^(?:802\.1d|STP)/i.test(text)) return { what: 'stp' };
  if (/^rarp /.test(text)) return { what: 'rarp' };
  const [whole, from, to] = ENDS.exec(text) ?? [];
  if (whole === undefined || from === undefined || to === undefined) return { what: 'other' };
  const source = splitPort(from);
  const target = splitPort(to);
  const isSix = source.address.includes(':');
  const ip = /\((?:[^()]{0,120}, )?len (\d{1,5})(?:, |\))/.exec(text)?.[1];
  const length = ip === undefined ? undefined : Number(ip) - (isSix ? 0 : 20);
  const checksum = checksumOf(text, { from: source.address, to: target.address, length });
  const kind = /\bDHCP:(DISCOVER|OFFER|REQUEST|DECLINE|ACK|NACK|RELEASE|INFORM)\b/.exec(text)?.[1];
  return {
    from: source.address,
    to: target.address,
    what: dhcpWord(source.port, target.port, text) ?? (isSix ? 'ipv6' : 'ipv4'),
    ...(ip !== undefined && { length: Number(ip) }),
    ...(checksum !== undefined && { checksum }),
    ...(kind && { dhcp: kind.toLowerCase() as NonNullable<Packet['dhcp']> }),
  };
}

const SERVER = /^(?:67|bootps)$/;
const CLIENT = /^(?:68|bootpc)$/;

function dhcpWord(from: string, to: string, text: string): 'dhcp-request' | 'dhcp-reply' | undefined {
  if (SERVER.test(from) && (CLIENT.test(to) || / \(reply\)/.test(text))) return 'dhcp-reply';
  if (SERVER.test(to)) return CLIENT.test(from) || / \(request\)/.test(text) ? 'dhcp-request' : undefined;
  return undefined;
}

/** `192.0.2.10.40288`, `fe80::1.546`; ICMP has no port. */
function splitPort(end: string): { address: string; port: string } {
  const [, four, port = ''] = /^(\d{1,3}(?:\.\d{1,3}){3})(?:\.([\w-]{1,40}))?$/.exec(end) ?? [];
  if (four) return { address: four, port };
  const [, six, sixPort = ''] = /^([\da-f:]{2,39}(?:%\w{1,20})?)(?:\.([\w-]{1,40}))?$/.exec(end) ?? [];
  if (six?.includes(':')) return { address: six, port: sixPort };
  return { address: end, port: /\.([\w-]{1,40})$/.exec(end)?.[1] ?? '' };
}
