// Reads: the attach line of a NIC that is not virtio (em, vmx, re, hvn, xnf ...): `em0 at pci0 dev 3 ... msi, address MAC`.
// Printed by: sys/dev/pci/if_em.c (1.365) and the other Ethernet drivers, which share this form.
// Fixtures: fixtures/outputs/openbsd-7.3/dmesg-em.txt, openbsd-7.8/dmesg-vmx.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { interruptMode } from './dmesg-virtio.ts';

const NIC =
  /^((?!vio|virtio|bridge|wi\d)([a-z]{2,6})\d{1,3}) at (?:pci|xen|hyperv|mainbus|simplebus|acpi)\d{1,3}(?!\d)(.{0,240}?)[,:] ?address ?(?:([\da-f]{2}(?::[\da-f]{2}){5})\b|[\da-fxX*:.<]|$)/;
const INTERRUPT =
  /[:,] (msix|msi|apic \d{1,3} int \d{1,3}|irq \d{1,3})(?=$|[,\s])(?:, (\d{1,3}) queues?(?=$|,))?/;

export function sayNic(row: Row, notes: Notes): boolean {
  const [, name, driver, about = '', mac] = NIC.exec(row.text) ?? [];
  if (!name) return false;
  const [, words, queues] = INTERRUPT.exec(about) ?? [];
  const says = {
    attached: true,
    driver,
    model: /"([^"]{1,80})"/.exec(about)?.[1],
    interrupt: words === undefined ? undefined : interruptMode(words),
    queues: queues === undefined ? undefined : Number(queues),
    mac,
  };
  notes.say('interface', name, says, row);
  return true;
}
