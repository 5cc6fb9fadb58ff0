// Reads: the answer of QMP's query-rx-filter: what a NIC lets through to the guest (while vhost is off).
// Printed by: QEMU hw/net/virtio-net.c virtio_net_query_rxfilter(), 1.6 to 10;
// fixtures/outputs/qemu-7.2/qmp-query-rx-filter*.txt. Its broadcast-allowed is inverted and therefore not used.

import type { Notes } from '../reading.ts';
import { fieldsOf, type QmpDocument, rowOf } from './qmp-document.ts';

const MAC = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i;

/** False when the list is of something else. */
export function readRxFilters(document: QmpDocument, items: readonly unknown[], notes: Notes): boolean {
  const filters = items.map(fieldsOf);
  if (filters.length === 0 || !filters.every((fields) => typeof fields?.promiscuous === 'boolean'))
    return false;
  for (const [nth, fields] of filters.entries()) {
    const name = typeof fields?.name === 'string' ? fields.name : '';
    const say = (key: string, says: object) => notes.say('rxFilter', name, says, rowOf(document, key, nth));
    say('promiscuous', { promisc: fields?.promiscuous });
    const mac = fields?.['main-mac'];
    if (typeof mac === 'string' && MAC.test(mac)) say('main-mac', { mac: mac.toLowerCase() });
    const mode = fields?.vlan;
    if (mode === 'all' || mode === 'none' || mode === 'normal') say('vlan', { vlanMode: mode });
    const table = fields?.['vlan-table'];
    // Without a VLAN filter (`all`) QEMU lists all 4096.
    if (mode !== 'all' && Array.isArray(table)) say('vlan-table', { vlans: table.filter(Number.isInteger) });
  }
  return true;
}
