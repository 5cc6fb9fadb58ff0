// Reads: the rows of a NIC that is not virtio: `wm0 at pci0 dev 3 function 0: MODEL (rev. 0x02)`, its MAC and its interrupt.
// Printed by: sys/dev/pci/if_wm.c and the other Ethernet drivers, which share this form (`Ethernet address`, `interrupting at`).
// Fixtures: fixtures/outputs/netbsd-9.3/dmesg-wm.txt.

import type { Row } from '../../model/line.ts';
import type { InterruptMode } from '../../model/sighting.ts';
import type { Notes } from '../reading.ts';

const NAME = '((?!virtio|vioif)[a-z]{2,8})(\\d{1,3})';
const MAC = '((?:[\\da-f]{2}:){5}[\\da-f]{2})';
const ADDRESS = new RegExp(`^${NAME}: (?:Ethernet|MAC) address:? (?:${MAC}$|\\S{1,20}$)`, 'i');
const GLUED = new RegExp(`^${NAME} at [a-z]{2,12}\\d{1,3} .{0,120}: (?:.{1,60}, )?address ${MAC}$`, 'i');
const ETHERNET = new RegExp(
  `^${NAME} at pci\\d{1,3} dev \\d{1,2} function \\d: (.{0,80}(?:Ethernet|VMXNET|NIC|8254\\d|8257\\d).{0,80}?)(?: \\(rev\\. 0x[\\da-f]{2}\\))?$`,
);
const INTERRUPT = new RegExp(`^${NAME}: (?:.{1,40} )?interrupting at (msix|msi|ioapic|irq|pic|GIC)\\b`);
const INTERRUPT_MODES: Readonly<Record<string, InterruptMode>> = {
  msix: 'msix',
  msi: 'msi',
  ioapic: 'intx',
  irq: 'intx',
};

/** The names of Ethernet drivers: `interrupting at` is said of disks and sound alike. */
const ETHERNET_DRIVER =
  /^(?:wm|re|rtk|ne|pcn|vmx|ixg|igc|bge|bnx|alc|ale|age|msk|sk|fxp|tlp|vge|nfe|xennet|hvn|awge|cpsw)$/;

/** NetBSD alone writes the address without a colon before it; FreeBSD has `em0: Ethernet address: ...`. */
export const NIC_ROWS: readonly RegExp[] = [
  new RegExp(`^${NAME}: Ethernet address (?:${MAC}|[xX*]{2})`),
  ETHERNET,
];

export function sayNic(row: Row, notes: Notes): boolean {
  const [, letters, unit, mac] = ADDRESS.exec(row.text) ?? GLUED.exec(row.text) ?? [];
  if (letters) {
    notes.say(
      'interface',
      `${letters}${unit}`,
      { attached: true, driver: letters, mac: mac?.toLowerCase() },
      row,
    );
    return true;
  }
  const [, driver, number, model] = ETHERNET.exec(row.text) ?? [];
  if (driver) {
    notes.say('interface', `${driver}${number}`, { attached: true, driver, model }, row);
    return true;
  }
  const [, named, digits, line = ''] = INTERRUPT.exec(row.text) ?? [];
  if (!named || !ETHERNET_DRIVER.test(named)) return false;
  notes.say('interface', `${named}${digits}`, { interrupt: INTERRUPT_MODES[line] }, row);
  return true;
}
