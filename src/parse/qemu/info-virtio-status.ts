// Reads: one answer of `info virtio-status PATH`: flags, device status, and the features of both sides.
// Printed by: QEMU hw/virtio/virtio-hmp-cmds.c hmp_virtio_status() and hmp_virtio_dump_features(), 7.2 to 10;
// fixtures/outputs/qemu-7.2/info-virtio-status*.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import type { VirtioBlock } from './virtio-block.ts';

const FIELD = /^\s{0,8}([a-z_]{2,30}): {0,30}(.{0,80})$/;
const HEADING = /^\s{0,8}(status|VRing|VHost|(?:Guest|Host|Backend|Acked|Protocol) features|Features):$/;
const ITEM = /^\s{0,8}((?:VIRTIO|VHOST)_[A-Z0-9_]{1,60}): /;
const UNNAMED = /^\s{0,8}unknown-[a-z]{1,20}\(0x[0-9a-f]{1,32}\)$/;
const KNOWN_FIELDS = new Set(
  `device_name device_id vhost_started bus_name broken disabled disable_legacy_check started use_started start_on_kick
  use_guest_notifier_mask vm_running num_vqs queue_sel isr endianness nvqs vq_index max_queues n_mem_sections
  n_tmp_sections backend_cap log_enabled log_size protocol_features`.split(/\s+/),
);

export function readStatus({ nic, path, rows }: VirtioBlock, notes: Notes): void {
  const name = rows
    .map(({ text }) => /^\s{0,8}device_name: {0,30}([\w-]{1,40})/.exec(text)?.[1])
    .find(Boolean);
  const isNic = name === undefined || name === 'virtio-net';
  let list: List | undefined;
  let isVhostPart = false;
  for (const row of rows) {
    const heading = HEADING.exec(row.text)?.[1];
    const [, field = '', value = ''] = FIELD.exec(row.text) ?? [];
    const item = ITEM.exec(row.text)?.[1];
    if (heading !== undefined) {
      if (isNic && !isVhostPart) endList(list, nic, notes);
      isVhostPart ||= heading === 'VHost';
      list = { heading, row, items: [] };
    } else if (item !== undefined) list?.items.push({ word: item, row });
    else if (KNOWN_FIELDS.has(field)) {
      if (isNic && !isVhostPart) sayField(nic, path, field, value, row, notes);
    } else if (!UNNAMED.test(row.text)) notes.missed(row);
  }
}

type List = { heading: string; row: Row; items: { word: string; row: Row }[] };

/**
 * A list is told only once the next heading closes it: what a cut list lacks is not known to be absent.
 * Its last item stands without a comma.
 */
function endList(list: List | undefined, nic: string, notes: Notes): void {
  if (!list || list.items.at(-1)?.row.text.endsWith(',')) return;
  const words = list.items.map(({ word }) => word);
  if (list.heading === 'status') {
    const status = words.map((word) => word.replace(/^VIRTIO_CONFIG_S_/, ''));
    const text = list.row.text;
    const at = [list.row, ...list.items.map(({ row }) => row)].flatMap((row) => row.at);
    notes.say('qemuNic', nic, { status }, { text, at: [list.row.at[0], ...at.slice(1)] });
  }
  if (list.heading === 'Guest features') notes.say('qemuNic', nic, { features: words }, list.row);
  if (list.heading === 'Host features') {
    notes.say('qemuNic', nic, { hostFeatures: offered(words) }, list.row);
  }
}

/** On a NIC, VHOST_USER_F_PROTOCOL_FEATURES is only feature bit 30 (VIRTIO_F_BAD_FEATURE) under another name. */
export function offered(words: readonly string[]): string[] {
  return words.filter((word) => word !== 'VHOST_USER_F_PROTOCOL_FEATURES');
}

function sayField(
  nic: string,
  path: string | undefined,
  field: string,
  value: string,
  row: Row,
  notes: Notes,
): void {
  const yes = value === 'true' ? true : value === 'false' ? false : undefined;
  if (field === 'device_name') {
    notes.say('qemuNic', nic, { path, vhost: value.includes('(vhost)') || undefined }, row);
  }
  if (field === 'isr' && /^\d{1,3}$/.test(value)) notes.say('qemuNic', nic, { isr: Number(value) }, row);
  if (yes === undefined) return;
  if (field === 'vhost_started') notes.say('qemuNic', nic, { vhostStarted: yes }, row);
  if (field === 'started') notes.say('qemuNic', nic, { started: yes }, row);
  if (field === 'broken') notes.say('qemuNic', nic, { broken: yes }, row);
  if (field === 'vm_running') notes.say('qemuNic', nic, { vmRunning: yes }, row);
}
