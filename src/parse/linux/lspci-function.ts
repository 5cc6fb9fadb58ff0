// Reads: one function of an lspci listing as a whole: which device it is, and what its absent rows mean.
// Printed by: pciutils lspci.c; names of pci.ids. Fixtures: fixtures/outputs/linux-6.1/lspci*.txt.

import type { Row } from '../../model/line.ts';
import type { Things } from '../../model/sighting.ts';
import { readConfigSpace } from '../openbsd/pci-config-space.ts';
import type { Notes } from '../reading.ts';

type Says = { readonly row: Row; readonly says: Partial<Things['pci']> };

/** One function: its head row and what the rows below it say. */
export type PciFunction = {
  readonly id: string | undefined;
  readonly what: string;
  readonly head: Row | undefined;
  readonly said: Says[];
  readonly words: Map<number, { value: number; row: Row }>;
  driver?: { name: string; row: Row };
  modules?: Row;
  hasCapabilities: boolean;
  isDenied: boolean;
};

export function newFunction(id: string | undefined, what: string, head: Row | undefined): PciFunction {
  return { id, what, head, said: [], words: new Map(), hasCapabilities: false, isDenied: false };
}

const NAMES_A_NIC =
  /^(?:Ethernet|Network) controller\b|^[^:]{1,60}\[02\d{2}\]: |^02\d{2}: |Virtio (?:1\.0 )?network device/;
/** By its class, or as a virtio device of any kind whose class does not say. */
export function isNetworkCard(what: string): boolean {
  return (
    NAMES_A_NIC.test(what) || /\[1af4:10(?:00|41)\]|1af4:10(?:00|41)\b|^(?:Unclassified|Non-VGA)/.test(what)
  );
}

const IDS = /(?:^|[[ ])([\da-f]{4}):([\da-f]{4})(?:\]|$| \()/;

export function sayFunction(
  each: PciFunction,
  listing: { readonly isEnded: boolean; readonly showsDrivers: boolean },
  notes: Notes,
): void {
  const { id, head, what } = each;
  if (id === undefined || !head) return;
  const { baseClass, findings } = readConfigSpace((offset) => each.words.get(offset)?.value);
  if (baseClass === undefined ? !NAMES_A_NIC.test(what) : baseClass !== 0x02) return;
  const [, vendor, product] = IDS.exec(what) ?? [];
  notes.say('pci', id, { name: nameOf(what), vendor: hex(vendor), product: hex(product) }, head);
  for (const { row, says } of each.said) notes.say('pci', id, says, row);
  for (const { offset, says } of findings) {
    const row = each.words.get(offset)?.row;
    if (row) notes.say('pci', id, says, row);
  }
  sayDriver(each, id, listing, notes);
  sayMissingMsix(each, id, listing.isEnded, notes);
}

function nameOf(what: string): string {
  return what
    .replace(/^[^:]{1,60}: /, '')
    .replace(/ \[[\da-f]{4}:[\da-f]{4}\]/, '')
    .replace(/ \(rev [\da-f]{2}\)$/, '');
}

function hex(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number.parseInt(text, 16);
}

/** `Kernel driver in use` stands above `Kernel modules`: the second one alone says that no driver took the device. */
function sayDriver(
  { driver, modules, head }: PciFunction,
  id: string,
  { isEnded, showsDrivers }: { isEnded: boolean; showsDrivers: boolean },
  notes: Notes,
): void {
  if (driver) notes.say('pci', id, { driver: driver.name }, driver.row);
  else if (modules) notes.say('pci', id, { driver: 'none' }, modules);
  else if (isEnded && showsDrivers && head) notes.say('pci', id, { driver: 'none' }, head);
}

/** Capabilities were listed to the end, and MSI-X is not among them. */
function sayMissingMsix(each: PciFunction, id: string, isEnded: boolean, notes: Notes): void {
  const end = each.driver?.row ?? each.modules;
  const saysMsix = each.said.some(({ says }) => says.msixVectors !== undefined);
  if (each.isDenied || !each.hasCapabilities || saysMsix || each.words.size > 0) return;
  const row = end ?? (isEnded ? each.head : undefined);
  if (row) notes.say('pci', id, { msixVectors: 0 }, row);
}
