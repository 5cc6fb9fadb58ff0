// Reads: `tc filter show dev X [parent|ingress|egress]`: what it drops, limits, or finishes the checksum of; with -s how often.
// Printed by: iproute2 tc/tc_filter.c, f_u32.c, f_matchall.c, m_gact.c, m_police.c, m_csum.c, m_mirred.c (4.x to 6.x).
// Fixtures: fixtures/outputs/linux-6.1/tc-filter*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const FILTER =
  /^(?:deleted |added )?filter (?:dev ([\w.@-]{1,20}) )?(?:(ingress|egress) |parent [\da-f]{0,4}: ?[\da-f]{0,4} ?|root )?protocol [\w.]{2,16} pref \d{1,6} [a-z]\w{1,12}.{0,200}$/;
const MATCH =
  /^\s{1,8}(?:match [\da-f]{8}\/[\da-f]{8} at -?(?:nexthdr\+)?\d{1,4}.{0,60}|eth_type .{1,40}|(?:src|dst)_(?:mac|ip|port) .{1,60}|ip_proto .{1,20}|not_in_hw|in_hw.{0,40}|skip_\w{2,4}.{0,20})$/;
const ACTION =
  /^\s{0,16}(?:action order \d{1,3}: {1,3})?(gact action (\w{2,12})|csum \(([\w, ]{2,60})\) action \w{2,12}|mirred \(.{1,80}\).{0,60}|police .{1,300}|(?:skbedit|vlan|pedit|nat|sample|connmark|ct|bpf|tunnel_key|skbmod).{0,300})$/;
const DETAIL =
  /^\s{1,20}(?:index \d{1,10} ref \d.{0,120}|random type .{1,60}|Action statistics:|backlog .{1,80}|ref \d{1,4} bind \d{1,4}.{0,80}|Sent (?:software|hardware) .{1,100}|used_hw_stats .{1,40}|installed .{1,80}|key #\d.{1,80}|Csum .{0,60}|no_percpu|cookie [\da-f]{1,40}|rate \S{1,20} burst .{1,120})$/;
const SENT =
  /^\s{1,20}Sent \d{1,20} bytes? (\d{1,20}) pkts? \(dropped (\d{1,20}), overlimits .{1,60}\)\s{0,2}$/;

export const tcFilter: Parser = {
  kind: 'linux/tc-filter',
  title: 'Linux tc filter',
  commands: /^(?:\/s?bin\/)?tc(?:\s{1,3}-\S{1,20}){0,4}\s{1,3}filter\b/,
  begins: FILTER,
  continues: new RegExp([MATCH, ACTION, DETAIL, SENT].map(({ source }) => source).join('|')),
  read: readFilters,
};

function readFilters(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const asked = / dev ([\w.@-]{1,20})/.exec(command)?.[1] ?? '';
  let of = asked;
  let matches = '';
  let drop: string | undefined;
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    const filter = FILTER.exec(row.text);
    const [, action = '', verdict, sums] = ACTION.exec(row.text) ?? [];
    const [, , dropped] = SENT.exec(row.text) ?? [];
    if (filter) {
      of = filter[1] ?? asked;
      matches = '';
      drop = undefined;
    } else if (MATCH.test(row.text)) matches += ` ${row.text.trim()}`;
    else if (action !== '') {
      const drops = verdict === 'drop' || verdict === 'shot' || / action drop\b/.test(action);
      const fills = sums?.includes('udp') && IS_DHCP.test(matches);
      drop = drops ? sayRule('drop', row) : undefined;
      if (fills) sayRule('checksum-fill', row);
    } else if (dropped !== undefined) {
      if (drop !== undefined)
        notes.say(
          'counter',
          `${drop} filtered`,
          { of: drop, counts: 'filtered', value: Number(dropped) },
          row,
        );
    } else if (!DETAIL.test(row.text)) notes.missed(row);
  }
  return notes.done();

  function sayRule(action: string, row: Row): string {
    const id = `tc ${of}${matches.slice(0, 80)} ${row.text.trim().slice(0, 60)}`;
    const says = { chain: 'tc', action, text: row.text.trim(), ...(of !== '' && { interface: of }) };
    notes.say('filterRule', id, says, row);
    return id;
  }
}

/** u32's word at 20: source and destination port of an IPv4 packet; 68 is the DHCP client's. */
const IS_DHCP = /match 0000(?:0044\/0000ffff) at (?:20|nexthdr\+0)\b|dst_port 68\b/;
