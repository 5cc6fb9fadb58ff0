// Reads: /proc/net/snmp (pairs of a row of names and a row of numbers), and `nstat`, `nstat -az`.
// Printed by: net/ipv4/proc.c snmp_seq_show(); iproute2 misc/nstat.c. InCsumErrors since Linux 3.10 or so.
// Fixtures: fixtures/outputs/linux-6.1/proc-net-snmp*.txt, nstat-az.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const PROTOCOLS = 'Ip|Icmp|IcmpMsg|Tcp|Udp|UdpLite|TcpExt|IpExt|MPTcpExt';
const NAMES = new RegExp(`^(${PROTOCOLS}):((?: [A-Z]\\w{1,40}){1,160})$`);
const VALUES = new RegExp(`^(${PROTOCOLS}):((?: -?\\d{1,20}){1,160})$`);
const NSTAT =
  /^(Ip6?|Icmp6?|Tcp|Udp6?|UdpLite6?|TcpExt|IpExt)([A-Z]\w{1,50})\s{1,40}(\d{1,20})\s{1,30}\d{1,12}\.\d$/;

/** What each is told as; the rest is left. */
const COUNTS: Readonly<Record<string, readonly [string, string]>> = {
  'Tcp InCsumErrors': ['tcp', 'bad-checksum'],
  'Udp InCsumErrors': ['udp', 'bad-checksum'],
  'Udp6 InCsumErrors': ['udp6', 'bad-checksum'],
  'Ip InHdrErrors': ['ip', 'header-errors'],
  'Tcp InSegs': ['tcp', 'received'],
  'Tcp OutSegs': ['tcp', 'sent'],
  'Tcp RetransSegs': ['tcp', 'sent-again'],
  'Tcp ActiveOpens': ['tcp', 'opens'],
  'Udp InDatagrams': ['udp', 'received'],
  'Udp OutDatagrams': ['udp', 'sent'],
};

export const procNetSnmp: Parser = {
  kind: 'linux/proc-net-snmp',
  title: 'Linux /proc/net/snmp',
  commands:
    /^(?:cat (?:\/proc\/net\/(?:snmp|netstat)\s?){1,2}|nstat\b|grep \S{1,40}(?: \S{1,20}){0,3} \/proc\/net\/(?:snmp|netstat))/,
  begins: new RegExp(`${NAMES.source}|^#\\d{1,12}\\.\\d{1,12} sampling_interval=|^#kernel$|${NSTAT.source}`),
  continues: VALUES,
  read: readSnmp,
};

function readSnmp(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let names: string[] = [];
  let owner = '';
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    const [, protocol, list] = NAMES.exec(row.text) ?? [];
    const [, of, values] = VALUES.exec(row.text) ?? [];
    const [, family = '', name = '', value] = NSTAT.exec(row.text) ?? [];
    if (protocol !== undefined && list !== undefined) {
      owner = protocol;
      names = list.trim().split(' ');
    } else if (of !== undefined && of === owner && values !== undefined) {
      for (const [index, number] of values.trim().split(' ').entries())
        say(`${of} ${names[index] ?? ''}`, number, row, notes);
    } else if (value !== undefined) say(`${family} ${name}`, value, row, notes);
    else if (!/^#/.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

/** nstat counts from its own last run unless it is given -a; two readings tell growth either way only with -a. */
function say(key: string, number: string, row: Row, notes: Notes): void {
  const [of, counts] = COUNTS[key] ?? [];
  if (of !== undefined && counts !== undefined && /^\d{1,15}$/.test(number))
    notes.say('counter', `${of} ${counts}`, { of, counts, value: Number(number) }, row);
}
