// Judges the checksum marks of tcpdump -v and -vv: right, left to offload (it holds just the pseudo header's sum), or damaged.
// Printed by: tcpdump print-ip.c, print-tcp.c, print-udp.c, print-icmp.c, print-icmp6.c, 4.9 and 4.99. TCP and ICMPv6 need -v,
// UDP needs -vv. The arithmetic is that of RFC 793, 768 and 8200 section 8.1.

export type ChecksumWord = 'good' | 'partial' | 'bad' | 'wrong';

/** What is needed to add up the pseudo header. `length`: of the transport header and its data. */
export type Pseudo = { readonly from: string; readonly to: string; readonly length: number | undefined };

const UDP_BAD = /\[bad udp cksum 0x([0-9a-f]{1,4}) -> 0x[0-9a-f]{1,4}!\]/;
const TCP_BAD = /\bcksum 0x([0-9a-f]{1,4}) \(incorrect -> 0x[0-9a-f]{1,4}\)/;
const ICMP6_BAD = /\[bad icmp6 cksum 0x([0-9a-f]{1,4}) -> 0x[0-9a-f]{1,4}!\]/;
const ICMP_BAD = /\(wrong icmp cksum [0-9a-f]{1,4} \(->[0-9a-f]{1,4}\)!\)/;
/** OpenBSD's own tcpdump: no `0x`, the mark in another place. usr.sbin/tcpdump/print-tcp.c, print-udp.c */
const OWN_BAD = /\[bad (?:tcp|udp) cksum ([0-9a-f]{1,4})! -> [0-9a-f]{1,4}\]/;
const GOOD = /\[(?:udp sum|tcp sum|icmp6 sum|icmp cksum) ok\]|\bcksum 0x[0-9a-f]{1,4} \(correct\)/;
const IP_BAD = /, bad cksum ([0-9a-f]{1,4}) \(->[0-9a-f]{1,4}\)!/;

/** Our own mark on frames of a pcap file (src/parse/pcap/): it holds where addresses were replaced since. */
export const PSEUDO_ONLY = '[pseudo-header sum]';
const IS_PSEUDO_ONLY = / \[pseudo-header sum\](?: \[on [\w.@:-]{1,40}\])?$/;

/** Undefined where no checksum was shown. `text` is the packet's whole text. */
export function checksumOf(text: string, pseudo: Pseudo): ChecksumWord | undefined {
  const ip = IP_BAD.exec(text)?.[1];
  // 0: the header's own sum is left to the sending NIC; any other wrong value is damage.
  if (ip !== undefined && Number.parseInt(ip, 16) !== 0) return 'wrong';
  if (ICMP_BAD.test(text)) return 'wrong';
  if (IS_PSEUDO_ONLY.test(text)) return 'partial';
  const marks = [
    [UDP_BAD, 17],
    [TCP_BAD, 6],
    [ICMP6_BAD, 58],
    [OWN_BAD, /\[bad udp/.test(text) ? 17 : 6],
  ] as const;
  for (const [mark, protocol] of marks) {
    const shown = mark.exec(text)?.[1];
    if (shown !== undefined) return judgeChecksum(Number.parseInt(shown, 16), protocol, pseudo);
  }
  if (ip !== undefined) return 'partial';
  return GOOD.test(text) ? 'good' : undefined;
}

export function judgeChecksum(shown: number, protocol: number, { from, to, length }: Pseudo): ChecksumWord {
  const source = wordsOf(from);
  const target = wordsOf(to);
  if (!source || !target || source.length !== target.length || length === undefined) return 'bad';
  const sum = [...source, ...target, protocol, length >>> 16, length & 0xffff].reduce((a, b) => a + b, 0);
  return shown === fold(sum) ? 'partial' : 'wrong';
}

function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return folded;
}

/** The 16-bit words of an IPv4 or IPv6 address; undefined for names. */
function wordsOf(address: string): number[] | undefined {
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
  if (four) {
    const [a = 0, b = 0, c = 0, d = 0] = four;
    return [a * 256 + b, c * 256 + d];
  }
  if (!/^[0-9a-f:]{2,39}$/.test(address)) return undefined;
  const [head = '', tail, ...more] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - left.length - right.length;
  if (more.length > 0 || missing < 0 || (tail === undefined && missing > 0)) return undefined;
  return [...left, ...Array<string>(missing).fill('0'), ...right].map((word) => Number.parseInt(word, 16));
}
