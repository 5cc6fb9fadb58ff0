// Reads: `tc -s qdisc`: what waits in the send queue of an interface, and what was dropped there.
// Printed by: iproute2 tc/tc_qdisc.c, tc/tc_util.c. Fixtures: fixtures/outputs/linux-6.1/tc-s-qdisc.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const HEAD =
  /^qdisc (\w{2,12}) [\da-f]{1,4}: (?:dev ([\w.@-]{1,20}) )?(root|parent [\da-f]{0,4}:[\da-f]{0,4}|ingress).{0,300}$/;
const SENT =
  /^\s{1,3}Sent \d{1,20} bytes? (\d{1,20}) pkts? \(dropped (\d{1,20}), overlimits \d{1,20} requeues \d{1,20}\)\s{0,2}$/;
const BACKLOG =
  /^\s{1,3}(?:rate \S{1,20} \S{1,20} )?backlog [\d.]{1,20}[KM]?b (\d{1,12})p requeues \d{1,20}\s{0,2}$/;
const OWN =
  /^\s{1,6}(?:maxpacket|new_flows_len|new_flow_count|ecn_mark|count \d|lastcount|flows \d|throttled|drop_overlimit|buckets|memory|marked)\b.{0,200}$/;

export const tcQdisc: Parser = {
  kind: 'linux/tc-qdisc',
  title: 'Linux tc qdisc',
  commands: /^(?:\/s?bin\/)?tc(?:\s{1,3}-\S{1,20}){0,4}\s{1,3}qdisc\b/,
  begins: HEAD,
  continues: new RegExp([SENT, BACKLOG, OWN].map(({ source }) => source).join('|')),
  read: readQdisc,
};

/** With several queues (mq) the root's row has the sums; its children are left. */
function readQdisc(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const asked = / dev ([\w.@-]{1,20})/.exec(command)?.[1] ?? '';
  let name = '';
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    const head = HEAD.exec(row.text);
    const dropped = SENT.exec(row.text)?.[2];
    const waiting = BACKLOG.exec(row.text)?.[1];
    if (head) name = head[3] === 'root' ? (head[2] ?? asked) : '';
    else if (dropped !== undefined) say('queue-drops-tx', dropped, row);
    else if (waiting !== undefined) say('backlog', waiting, row);
    else if (!OWN.test(row.text)) notes.missed(row);
  }
  return notes.done();

  function say(counts: string, value: string, row: Row): void {
    if (name !== '')
      notes.say('counter', `${name} ${counts}`, { of: name, counts, value: Number(value) }, row);
  }
}
