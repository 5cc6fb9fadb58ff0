// Reads: the TCP part and the "too big" messages of a packet that libpcap's tcpdump prints.
// Printed by: tcpdump print-tcp.c, print-icmp.c, print-icmp6.c, 4.9 and 4.99.
// fixtures/outputs/tcpdump-4.99/, tcpdump-4.9/.

export type Segment = {
  /** `192.0.2.10.40288`: as printed, with the port. */
  readonly from: string;
  readonly to: string;
  readonly isSyn: boolean;
  readonly isAck: boolean;
  readonly isReset: boolean;
  /** As printed: relative to the connection's start where tcpdump saw that. */
  readonly start?: number;
  /** Of the data. */
  readonly length: number;
  readonly mss?: number;
};

const SEGMENT =
  /(?:^|[\s)])([\w.:%-]{1,255}) > ([\w.:%-]{1,255}): (?:tcp )?Flags \[([SFRPUEWe.]{1,9}|none)\](?=,)(.{0,600})$/;
const TOO_BIG =
  /(?:^|[\s)])([\w.:%-]{1,255}) > [\w.:%-]{1,255}: .{0,40}(?:ICMP \S{1,80}(?: \(\S{1,80}\))? unreachable - need to frag \(mtu (\d{2,6})\)|ICMP6, packet too big, mtu (\d{2,6}))/;

/** `text` is a packet's whole text, its rows joined. */
export function segmentIn(text: string): Segment | undefined {
  const [, from, to, flags = '', rest = ''] = SEGMENT.exec(text) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const start = /, seq (\d{1,12})/.exec(rest)?.[1];
  const mss = /[[,]mss (\d{2,5})/.exec(rest)?.[1];
  return {
    from,
    to,
    isSyn: flags.includes('S'),
    isAck: flags.includes('.'),
    isReset: flags.includes('R'),
    ...(start !== undefined && { start: Number(start) }),
    length: Number(/, length (\d{1,7})/.exec(rest)?.[1] ?? 0),
    ...(mss !== undefined && { mss: Number(mss) }),
  };
}

/** Who says that a packet is too big, and which MTU it tells. */
export function tooBigIn(text: string): { from: string; mtu: number } | undefined {
  const [, from, four, six] = TOO_BIG.exec(text) ?? [];
  const mtu = four ?? six;
  return from === undefined || mtu === undefined ? undefined : { from, mtu: Number(mtu) };
}
