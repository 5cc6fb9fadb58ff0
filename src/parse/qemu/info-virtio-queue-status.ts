// Reads: one answer of `info virtio-queue-status PATH Q`, `virtio-queue-element` or `virtio-vhost-queue-status`.
// Printed by: QEMU hw/virtio/virtio-hmp-cmds.c hmp_virtio_queue_status() and its neighbours, 7.2 to 10;
// fixtures/outputs/qemu-7.2/info-virtio-queue*.txt. Only the first one prints the queue's number.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import type { VirtioBlock } from './virtio-block.ts';

const FIELD = /^\s{0,8}(\w{2,30}):(?: {1,30}(\S.{0,80}))?$/;
const PART = /^\s{0,8}(?:VRing|desc|descs|avail|used):$/;
const BUFFER = /^\s{0,12}addr 0x[0-9a-f]{1,16} len \d{1,12}(?: \(.{1,40}\))?,?$/;
/** Fields that move are counters of the queue. */
const COUNTED: Record<string, string> = {
  inuse: 'in-use',
  used_idx: 'used',
  signalled_used: 'signalled',
  last_avail_idx: 'fetched',
  shadow_avail_idx: 'offered',
};
const PASSED =
  /^(?:device_name|queue_index|signalled_used_valid|num_default|align|index|kick|call|flags|ring|idx|(?:desc|avail|used)(?:_phys|_size)?)$/;
/** vhost's answer has the guest's addresses as `_phys`, beside those of its own process. */
const RING_AT = /^\s{0,8}(avail|used)(_phys)?: {1,30}0x([0-9a-f]{8,16})$/;

export function readQueue(block: VirtioBlock, notes: Notes): void {
  const indexRow = block.rows.find(({ text }) => /^\s{0,8}queue_index: /.test(text));
  const index = indexRow ? numberIn(indexRow) : block.queue;
  const isNic = !block.rows.some(({ text }) => /^\s{0,8}device_name: {1,30}(?! |virtio-net)/.test(text));
  const queue = isNic && index !== undefined ? { nic: block.nic, index } : undefined;
  const id = `${block.nic} ${index}`;
  const named = block.rows.find(({ text }) => /^\s{0,8}device_name: /.test(text));
  // That the NIC is there: its queue may be all that was asked for.
  if (isNic && block.nic && named) notes.say('qemuNic', block.nic, { path: block.path }, named);
  if (queue && indexRow) notes.say('queue', id, queue, indexRow);
  const count = (counts: string, row: Row) =>
    queue && notes.say('counter', `${id} ${counts}`, { of: id, counts, value: numberIn(row) }, row);
  let part = '';
  for (const row of block.rows) {
    const [, field = '', value] = FIELD.exec(row.text) ?? [];
    const counts = COUNTED[field];
    if (PART.test(row.text)) part = field;
    else if (counts !== undefined) count(counts, row);
    else if (field === 'num') queue && notes.say('queue', id, { size: numberIn(row) }, row);
    else if (queue && field === 'idx' && (part === 'avail' || part === 'used')) {
      notes.say('queue', id, queue, row);
      count(part === 'avail' ? 'ring-offered' : 'ring-used', row);
    } else if (queue && field === 'device_name' && value?.endsWith('(vhost)')) {
      notes.say('queue', id, { ...queue, vhost: true }, row);
    } else if (!PASSED.test(field) && !BUFFER.test(row.text)) notes.missed(row);
  }
  if (queue) sayRings(block.rows, id, notes);
  if (queue) sayVhost(block.rows, id, notes);
}

function sayRings(rows: readonly Row[], id: string, notes: Notes): void {
  const hasPhysical = rows.some(({ text }) => /^\s{0,8}avail_phys: /.test(text));
  for (const row of rows) {
    const [, ring, physical, hex = ''] = RING_AT.exec(row.text) ?? [];
    const address = Number.parseInt(hex, 16);
    if (ring === undefined || (physical !== undefined) !== hasPhysical || !Number.isSafeInteger(address))
      continue;
    notes.say('queue', id, ring === 'avail' ? { availAt: address } : { usedAt: address }, row);
  }
}

/**
 * While vhost runs the ring QEMU has no shadow index, and prints 0 for the others (hw/virtio/virtio-qmp.c
 * qmp_x_query_virtio_queue_status). The row would stand between last_avail_idx and VRing.
 */
function sayVhost(rows: readonly Row[], id: string, notes: Notes): void {
  const shadow = rows.find(({ text }) => /^\s{0,8}shadow_avail_idx: /.test(text));
  const invalid = rows.find(({ text }) => /^\s{0,8}signalled_used_valid: {1,30}false$/.test(text));
  const last = rows.findIndex(({ text }) => /^\s{0,8}last_avail_idx: {1,30}0$/.test(text));
  const isVRingNext = /^\s{0,8}VRing:$/.test(rows[last + 1]?.text ?? '');
  if (shadow) notes.say('queue', id, { vhost: false }, shadow);
  else if (invalid && last >= 0 && isVRingNext) notes.say('queue', id, { vhost: true }, invalid);
}

function numberIn({ text }: Row): number | undefined {
  const digits = /: {1,30}(\d{1,9})$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
