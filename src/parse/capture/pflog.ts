import type { Line, Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import type { Verdict } from './openbsd-packet.ts';
import type { Packet } from './tcpdump-packet.ts';

/** Verdicts that look alike, and how often each came. */
export type Verdicts = Map<
  string,
  { packet: Packet; verdict: Verdict; mac?: string; count: number; lines: Line[] }
>;

const MOST_VERDICTS = 500;
/** Packets whose lines are kept as evidence. */
const SHOWN = 3;

/** The client's MAC stands in DHCP packets that pflog holds without their frame (print-bootp.c). */
export function macIn(text: string): string | undefined {
  return / (?:ether|BOOTP\/DHCP, Request from) ((?:[\da-f]{2}:){5}[\da-f]{2})\b/.exec(text)?.[1];
}

export function addVerdict(
  verdicts: Verdicts,
  packet: Packet,
  verdict: Verdict,
  row: Row,
  mac = macIn(row.text),
): void {
  const { action, direction, interface: name, rule } = verdict;
  const key = `${name} ${direction} ${action} ${rule} ${packet.what} ${packet.from ?? ''}>${packet.to ?? ''} ${mac ?? ''}`;
  const known = verdicts.get(key);
  if (!known && verdicts.size >= MOST_VERDICTS) return;
  const entry = known ?? { packet, verdict, ...(mac !== undefined && { mac }), count: 0, lines: [] };
  verdicts.set(key, entry);
  entry.count++;
  if (entry.count <= SHOWN) entry.lines.push(...row.at);
}

export function sayVerdicts(verdicts: Verdicts, notes: Notes): void {
  for (const [key, { packet, verdict, mac, count, lines }] of verdicts) {
    const [first, ...more] = lines;
    if (!first) continue;
    const { from, to, what } = packet;
    notes.say(
      'pfVerdict',
      key,
      { ...verdict, from, to, what, mac, count },
      { text: first.text, at: [first, ...more] },
    );
  }
}
