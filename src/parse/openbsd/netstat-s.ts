// Reads: `netstat -s`, `netstat -s -p tcp`, and what `| grep checksum` leaves of them.
// Printed by: usr.bin/netstat/inet.c, inet6.c (OpenBSD; 7.3): a protocol's name, then counters with their indent.
// Fixtures: fixtures/outputs/openbsd-7.8/netstat-s.txt, openbsd-7.3/netstat-s.txt (grepped).

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEAD =
  /^((?:ip|icmp|tcp|udp)6?|igmp|ipencap|divert6?|ah|esp|etherip|ipcomp|carp|pfsync|pflow|pim6?|rip6|ipsec|mobileip|gre|routing):$/;
// Rows that are neither tcpdump's nor ping's last lines.
const FIRST = /^(?:ip|icmp|tcp|udp)6?:$/;
const COUNT =
  /^\s{0,24}(\d{1,20}) (?!packets? (?:captured|transmitted)|packets received, |packets (?:received|dropped) by )([A-Za-z][^\n]{1,120})$/;
const OTHER = /^\s{1,24}(?:cwr by \w{1,20}|[A-Z][\w /()-]{1,60}|[a-z][\w /#()-]{1,60}):(?: \d{1,20})?$/;
const CHECKSUM = /^\s{0,24}\d{1,20} (?:discarded for bad checksums?|with (?:bad|no) checksum)$/;

type Wanted = { of: string; words: RegExp; counts: string };

const WANTED: readonly Wanted[] = [
  { of: 'tcp', words: /^discarded for bad checksums?$/, counts: 'bad-checksum' },
  { of: 'udp', words: /^with bad checksum$/, counts: 'bad-checksum' },
  { of: 'ip', words: /^bad header checksums?$/, counts: 'bad-checksum' },
  { of: 'udp', words: /^with no checksum$/, counts: 'no-checksum' },
  { of: 'tcp', words: /^packets? received$/, counts: 'received' },
  { of: 'udp', words: /^datagrams? received$/, counts: 'received' },
  { of: 'ip', words: /^total packets? received$/, counts: 'received' },
  { of: 'tcp', words: /^packets? sent$/, counts: 'sent' },
  { of: 'tcp', words: /^data packets? \(\d{1,20} bytes?\) retransmitted$/, counts: 'sent-again' },
  { of: 'tcp', words: /^connection requests?$/, counts: 'opens' },
];

export const netstatS: Parser = {
  kind: 'openbsd/netstat-s',
  title: 'netstat -s of a BSD',
  commands: /^(?:\/usr\/bin\/)?netstat\s(?:-\w{1,10}\s){0,4}-\w{0,6}s/,
  commandIsShared: true,
  begins: new RegExp(`${FIRST.source}|${CHECKSUM.source}`),
  continues: new RegExp(`${HEAD.source}|${COUNT.source}|${OTHER.source}`),
  read: readNetstatS,
};

function readNetstatS(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const seen = new Set<Wanted>();
  let protocol: string | undefined;
  for (const row of rows) {
    const head = HEAD.exec(row.text)?.[1];
    const [, value, words] = COUNT.exec(row.text) ?? [];
    if (head) protocol = head;
    else if (value && words) sayCount(Number(value), words, protocol, seen, row, notes);
    else if (!OTHER.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

/**
 * Under its protocol's name, or by its words where grep took the names away: there only the first
 * `discarded for bad checksums` is TCP's, carp and pfsync print the same below.
 */
function sayCount(
  value: number,
  words: string,
  protocol: string | undefined,
  seen: Set<Wanted>,
  row: Row,
  notes: Notes,
): void {
  const wanted = WANTED.find((one) => one.words.test(words) && (!protocol || protocol === one.of));
  if (!wanted || (!protocol && (seen.has(wanted) || !wanted.counts.endsWith('checksum')))) return;
  seen.add(wanted);
  const { of, counts } = wanted;
  notes.say('counter', `${of} ${counts}`, { of, counts, value }, row);
}
