import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { allThings } from '../look-up.ts';
import { memoryAt } from '../registers.ts';

/** QEMU puts the MSI-X table at the start of BAR 1 and the pending bits at 0x800. hw/virtio/virtio-pci.c, hw/pci/msix.c */
const ENTRY_SIZE = 16;
const CONTROL = 12;
const MASKED = 1;
const PENDING = 0x800;
/** No virtio NIC that people run has more. */
const MOST_VECTORS = 64;

export const msixTableFacts: readonly Fact[] = [
  {
    name: 'device.vectors',
    asks: 'Can all MSI-X vectors of {nic} deliver?',
    words: {
      open: 'no MSI-X vector that {nic} uses is masked',
      masked: 'an MSI-X vector that {nic} uses is masked',
      held: 'an interrupt of {nic} waits behind a masked MSI-X vector (its pending bit is set)',
      'all-masked': 'MSI-X of {nic} is masked as a whole (Masked+): no interrupt is delivered',
    },
    read: readVectors,
  },
];

export function readVectors(nic: Nic, kase: Case): Known<string> {
  const { msixEnabled, msixMasked } = nic.pci?.says ?? {};
  if (valueIn(msixEnabled) && valueIn(msixMasked)) return mapKnown(msixMasked, () => 'all-masked');
  const entries = tableOf(nic, kase);
  const [first] = entries;
  if (!first) return unknown;
  const masked = entries.filter(({ isMasked }) => isMasked);
  const held = masked.find(({ isPending }) => isPending);
  if (held) return known('held', held.at);
  return masked[0] ? known('masked', masked[0].at) : known('open', first.at);
}

/** A driver uses MSI-X when an entry of the table is filled in and not masked. */
export function vectorInUse(nic: Nic, kase: Case): Known<string> {
  const open = tableOf(nic, kase).find(({ isMasked }) => !isMasked);
  return open ? known('msix', open.at) : unknown;
}

/** Of a single NIC whose BARs nobody listed: where a page begins with a message address of x86 (0xfee.....). */
function onlyTable(kase: Case): number | undefined {
  if (kase.nics.length > 1) return undefined;
  const tables = allThings(kase, 'register', 'host').flatMap(({ says }) => {
    const address = valueIn(says.address) ?? 1;
    const isTable =
      valueIn(says.width) === 4 && address % 0x1000 === 0 && (valueIn(says.value) ?? 0) >>> 20 === 0xfee;
    return isTable ? [address] : [];
  });
  return tables.length === 1 ? tables[0] : undefined;
}

type Entry = { isMasked: boolean; isPending: boolean; at: Lines };

/** The entries that were filled in: one never used reads 0 0 0 1. */
function tableOf(nic: Nic, kase: Case): Entry[] {
  const base = valueIn(firstKnown(nic.host?.pci?.says.bar1, nic.pci?.says.bar1)) ?? onlyTable(kase);
  if (base === undefined || base === 0) return [];
  const pending = memoryAt(kase, base + PENDING, 4);
  const entries: Entry[] = [];
  for (let index = 0; index < MOST_VECTORS; index++) {
    const address = memoryAt(kase, base + index * ENTRY_SIZE, 4);
    const control = memoryAt(kase, base + index * ENTRY_SIZE + CONTROL, 4);
    if (address.state !== 'known' || control.state !== 'known' || address.value === 0) continue;
    const isMasked = (control.value & MASKED) !== 0;
    const isPending = index < 32 && pending.state === 'known' && ((pending.value >>> index) & 1) === 1;
    const at: Lines = isPending && pending.state === 'known' ? [...control.at, pending.at[0]] : control.at;
    entries.push({ isMasked, isPending, at });
  }
  return entries;
}
