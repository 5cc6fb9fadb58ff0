// Reads: `info virtio` (the list), `info virtio-status`, `info virtio-queue-status`, `info virtio-queue-element` and
// `info virtio-vhost-queue-status`: all begin with the device's path. Printed by: QEMU hw/virtio/virtio-hmp-cmds.c
// (monitor/hmp-cmds.c in 7.2), 7.2 to 10; fixtures/outputs/qemu-7.2/info-virtio*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { readQueue } from './info-virtio-queue-status.ts';
import { readStatus } from './info-virtio-status.ts';
import { monitorCommand, nicOfPath, pathIn } from './monitor-command.ts';
import type { VirtioBlock } from './virtio-block.ts';

const LISTED = /^\s{0,4}(\/machine\/[\w./[\]-]{1,200}) {1,4}\[([\w-]{1,40})\]$/;
const HEAD = /^\s{0,4}(\/machine\/[\w./[\]-]{1,200}):$/;
const REFUSED = /^(?:No VirtIO devices|(?:Error: ){1,2}.{0,200}|unknown command: 'info virtio.{0,40})$/;
const ITEM = 'VIRTIO_(?:NET|RING|CONFIG|F)_\\w{1,60}: ';

export const infoVirtio: Parser = {
  kind: 'qemu/info-virtio',
  title: 'QEMU info virtio',
  side: 'host',
  commands: monitorCommand('info virtio(?:-status|-queue-status|-queue-element|-vhost-queue-status)?\\b'),
  begins: new RegExp(
    `^\\s{0,8}(?:/machine/[\\w./[\\]-]{1,200}(?: {1,4}\\[[\\w-]{1,40}\\]|:)$|No VirtIO devices$|unknown command: 'info virtio|${ITEM}|(?:device_name|vhost_started|disable_legacy_check|queue_index|signalled_used|signalled_used_valid|last_avail_idx|shadow_avail_idx): )`,
  ),
  continues:
    /^\s{0,8}(?:[a-z_]{2,30}:(?: .{0,120})?$|VIRTIO_|VHOST_|unknown-|(?:VRing|VHost|(?:Guest|Host|Backend|Acked|Protocol) features|Features):$|addr 0x|Error: )/,
  read: readInfoVirtio,
};

function readInfoVirtio(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const asked = pathIn(command);
  const unnamed: VirtioBlock = { nic: '', ...asked, ...(asked && { nic: nicOfPath(asked.path) }), rows: [] };
  const blocks = [unnamed];
  for (const row of rows) {
    const [, listed, type] = LISTED.exec(row.text) ?? [];
    const head = HEAD.exec(row.text)?.[1];
    if (listed !== undefined) {
      const nic = nicOfPath(listed);
      if (type === 'virtio-net' && nic) notes.say('qemuNic', nic, { path: listed }, row);
    } else if (head !== undefined) {
      const queue = asked?.path === head ? asked.queue : undefined;
      const nic = nicOfPath(head);
      blocks.push({ nic, path: head, ...(queue !== undefined && { queue }), rows: [] });
    } else if (!REFUSED.test(row.text)) blocks.at(-1)?.rows.push(row);
  }
  for (const block of blocks) {
    const isQueue = block.rows.some(({ text }) =>
      /^\s{0,8}(?:queue_index|VRing|descs|kick|avail):/.test(text),
    );
    if (isQueue) readQueue(block, notes);
    else readStatus(block, notes);
  }
  return notes.done();
}
