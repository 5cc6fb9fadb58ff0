// Reads: the output of ping: how much came back, in which size, what the sender or a router refused, what came twice.
// Printed by: iputils ping.c, ping_common.c (captured), busybox networking/ping.c, sbin/ping of the BSDs (same totals, other units).
// Fixtures: fixtures/outputs/linux-6.1/ping-*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';

const HEAD =
  /^PING6? ?(?:\(\d{1,5}=\d{1,4}\+\d{1,4}\+\d{1,5} bytes\) )?([\w.:%-]{1,100})(?: ?\(([\w.:%-]{1,100})\))?:?(?: from \S{1,60}(?: \S{1,20})?:)?(?: -->? \S{1,60})?:? ?(?:(?:56 data bytes|(\d{1,5})(?:\(\d{1,5}\))? (?:data )?bytes)(?: of data\.?)?)?$/;
const REPLY = /^\d{1,5} bytes from .{1,130}?(?:icmp_)?seq=\d{1,10}(?: .{0,80})?$/;
const TOTALS =
  /^(\d{1,10}) packets transmitted, (\d{1,10})(?: packets)? received(?:, (?:\+(\d{1,10}) duplicates|-- somehow))?(?:, \+\d{1,10} (?:errors|corrupted)){0,2}(?:, .{0,80})?$/;
const LOCAL =
  /^ping6?: (?:local error: )?(?:[Mm]essage too long)(?:, mtu[=: ]{1,2}(\d{2,6}))?$|^ping6?: sendto: Message too long$/;
const ROUTER =
  /^From \S{1,60}(?: \(\S{1,60}\))?:? icmp_seq=\d{1,10} (?:Frag needed and DF set \(mtu = (\d{2,6})\)|Packet too big: mtu=(\d{2,6}))$/;
const FROM = /^From \S{1,60}(?: \(\S{1,60}\))?:? icmp_seq[= ]\d{1,10} (.{1,80})$/;
const NO_ROUTE =
  /^(?:ping6?: )?(?:connect|sendto|sendmsg): (?:Network is unreachable|No route to host)$|^ping6?: connect: Network is unreachable$/;
const REST =
  /^--- .{1,100} ping6? statistics ---$|^(?:rtt|round-trip) min\/avg\/max|^pipe \d{1,4}$|^no answer yet for icmp_seq=|^Request timeout for icmp_seq|^(?:Warning|WARNING): |^\d{1,10} packets transmitted$/;

export const ping: Parser = {
  kind: 'ping/text',
  title: 'ping',
  commands: /^(?:timeout \S{1,10} )?(?:\/s?bin\/|busybox )?ping6?\b/,
  begins: new RegExp([HEAD, NO_ROUTE, LOCAL].map(({ source }) => source).join('|')),
  continues: new RegExp([REPLY, TOTALS, ROUTER, FROM, REST].map(({ source }) => source).join('|')),
  top: HEAD,
  read: readPing,
};

type Run = { target: string; size: number; unfragmented?: true };

function readPing(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  let run: Run = { target: targetIn(command), size: sizeIn(command), ...fragmenting(command, '') };
  for (const row of rows) {
    const [, name = '', address, size] = HEAD.exec(row.text) ?? [];
    if (name !== '')
      run = { target: address ?? name, size: Number(size ?? 56), ...fragmenting(command, row.text) };
    else if (!readRow(row, run, notes)) notes.missed(row);
  }
  return notes.done();
}

function readRow(row: Row, run: Run, notes: Notes): boolean {
  const say = (says: Partial<Things['ping']>) =>
    notes.say('ping', `${run.target} ${run.size}`, { ...run, ...says }, row);
  const totals = TOTALS.exec(row.text);
  if (totals) {
    const [, sent, received, duplicates = 0] = totals.map(Number);
    say({ sent: sent ?? 0, received: received ?? 0, ...(duplicates && { duplicates }) });
    return true;
  }
  if (/\(DUP!\)/.test(row.text) && REPLY.test(row.text)) say({ duplicates: 1 });
  if (REPLY.test(row.text)) return true;
  const local = LOCAL.exec(row.text);
  if (local) {
    if (local[1] !== undefined) say({ localMtu: Number(local[1]) });
    return true;
  }
  const router = ROUTER.exec(row.text);
  if (router) {
    say({ pathMtu: Number(router[1] ?? router[2]) });
    return true;
  }
  if (/^Destination Host Unreachable/.test(FROM.exec(row.text)?.[1] ?? '')) say({ unreachable: true });
  if (NO_ROUTE.test(row.text)) say({ noRoute: true });
  return FROM.test(row.text) || NO_ROUTE.test(row.text) || REST.test(row.text);
}

/** `ping -M do -s 1472 192.0.2.20`. */
function sizeIn(command: string): number {
  return Number(/ -s ?(\d{1,5})\b/.exec(command)?.[1] ?? 56);
}

/** `-M do` of Linux; `-D` of the BSDs and macOS, which with iputils only prints times. */
function fragmenting(command: string, head: string): { unfragmented?: true } {
  const isUnfragmented =
    / -M ?(?:do|probe)\b/.test(command) || (/ -D\b/.test(command) && / data bytes$/.test(head));
  return isUnfragmented ? { unfragmented: true } : {};
}

/** The last word, where no output tells: `ping -c 3 192.0.2.20`. */
function targetIn(command: string): string {
  return / (\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]{3,39})$/.exec(command.trim())?.[1] ?? '';
}
