// Reads: answers of QEMU's machine protocol, on one line or pretty: query-rx-filter, x-query-virtio*, query-status,
// query-version, and the greeting. Printed by: QEMU monitor/qmp.c; `virsh qemu-monitor-command --pretty`;
// fixtures/outputs/qemu-7.2/qmp-*.txt. Which question was asked shows only in the answer's keys.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { qmpCommand } from './monitor-command.ts';
import { cutDocuments } from './qmp-document.ts';
import { readReply } from './qmp-reply.ts';

export const qmp: Parser = {
  kind: 'qemu/qmp',
  title: 'QEMU QMP',
  side: 'host',
  commands: qmpCommand(
    'query-rx-filter|x-query-virtio(?:-status|-queue-status|-queue-element|-vhost-queue-status)?|query-version|query-status',
  ),
  begins:
    /^\s{0,8}(?:\{\s{0,8}"(?:return|QMP|execute|timestamp)": ?|\[?\s{0,8}\{?\s{0,8}"(?:promiscuous|main-mac|vhost-started|signalled-used|shadow-avail-idx)": ?\S)/,
  continues:
    /^\s{0,40}(?:[{}[\]]{1,8},?$|"[^"]{0,200}"(?:: .{0,3000}|,)?$|-?\d{1,20},?$|[{[] ?[{"].{0,3900}$)/,
  torn: /^\s{0,8}\{$/,
  read: readQmp,
};

function readQmp(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const { documents, broken, strange } = cutDocuments(rows);
  for (const row of strange) notes.missed(row);
  for (const row of broken) notes.missed(row);
  const [first] = broken;
  if (first) {
    const says =
      'This JSON is cut short, so nothing in it was used: run the command again and keep all of its output.';
    notes.problem('sample-cut-short', says, [first]);
  }
  let asked = command;
  for (const document of documents) {
    const { value } = document;
    // In a pasted dialogue the question stands above its answer.
    if (typeof value === 'object' && value !== null && 'execute' in value) asked = JSON.stringify(value);
    else if (!readReply(document, asked, notes)) for (const row of document.rows) notes.missed(row);
  }
  return notes.done();
}
