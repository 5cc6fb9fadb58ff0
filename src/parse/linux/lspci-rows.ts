// Reads: the rows below a device in `lspci -v` and -vvv, and its hex dump.
// Printed by: pciutils lspci.c show_verbose(), ls-caps.c cap_msix(), show_hex_dump(). Fixtures: fixtures/outputs/linux-6.1/lspci*.txt.

import type { Row } from '../../model/line.ts';
import { sayBar } from '../openbsd/pci-config-space.ts';
import type { PciFunction } from './lspci-function.ts';

const HEX = /^\s{0,8}([\da-f]{2,3}):((?: [\da-f]{2}){16})$/;
const MSIX = /^\s{0,16}Capabilities: \[[\da-f]{2,3}\] MSI-X: Enable([+-]) Count=(\d{1,4}) Masked([+-])/;
const MSI = /^\s{0,16}Capabilities: \[[\da-f]{2,3}\] MSI: Enable([+-]) /;
const CAPABILITY = /^\s{0,16}Capabilities: \[[\da-f]{2,3}(?: v\d)?\] /;
const DENIED = /^\s{0,16}Capabilities: <access denied>/;
const CONTROL = /^\s{0,16}Control: I\/O[+-] Mem[+-] BusMaster([+-])/;
const FLAGS = /^\s{0,16}Flags: (bus master, )?/;
const REGION =
  /^\s{0,16}(?:Region (\d): )?(?:Memory|I\/O ports) at ([\da-f]{4,16})(?: \(|$| \[(?:size|virtual))/;
const DRIVER = /^\s{0,16}Kernel driver in use: (\S{1,60})$/;
const MODULES = /^\s{0,16}Kernel modules: \S/;
const FIELD =
  /^\s{0,16}(?:Subsystem|Physical Slot|Status|Latency|Interrupt|NUMA node|IOMMU group|DeviceName|Expansion ROM at|Bus|I\/O behind|Memory behind|Prefetchable memory|BridgeCtl|Secondary status|Region \d|Memory at|I\/O ports at|Kernel)\b.{0,200}$/;
/** What stands below a capability is indented twice as far. */
const DETAIL = /^(?:\t\t|\s{6,32})\S.{0,300}$/;
/** A tab that was lost. */
const FLAT_DETAIL = /^(?:BAR=\d offset=|Vector table: BAR|PBA: BAR|Address: [\da-f]{8})/;
/** The end of a `Control:` or `Status:` row that a terminal broke. */
const TAIL = /^\s{0,400}(?:<?[A-Z>]?[A-Za-z\d/]{1,12}[+-] ?){1,12}$/;

export function readLspciRow(row: Row, into: PciFunction): boolean {
  const { text } = row;
  return (
    readHex(row, into) ||
    readCapability(row, into) ||
    readHeader(row, into) ||
    FIELD.test(text) ||
    DETAIL.test(text) ||
    FLAT_DETAIL.test(text) ||
    TAIL.test(text)
  );
}

/** The dump goes byte by byte, the configuration space is read in little-endian words. */
function readHex(row: Row, into: PciFunction): boolean {
  const [, start, text] = HEX.exec(row.text) ?? [];
  if (start === undefined || text === undefined) return false;
  const bytes = text
    .trim()
    .split(' ')
    .map((byte) => Number.parseInt(byte, 16));
  for (let index = 0; index < bytes.length; index += 4) {
    const value = [3, 2, 1, 0].reduce((word, byte) => word * 256 + (bytes[index + byte] ?? 0), 0);
    into.words.set(Number.parseInt(start, 16) + index, { value, row });
  }
  return true;
}

function readCapability(row: Row, into: PciFunction): boolean {
  const { text } = row;
  const [, enabled, count, masked] = MSIX.exec(text) ?? [];
  const says = {
    msixVectors: Number(count),
    msixEnabled: enabled === '+',
    msixMasked: masked === '+',
  };
  const [, msi] = MSI.exec(text) ?? [];
  if (enabled !== undefined) into.said.push({ row, says });
  if (msi !== undefined) into.said.push({ row, says: { msiEnabled: msi === '+' } });
  if (DENIED.test(text)) into.isDenied = true;
  else if (CAPABILITY.test(text)) into.hasCapabilities = true;
  else return false;
  return true;
}

function readHeader(row: Row, into: PciFunction): boolean {
  const { text } = row;
  const [, master] = CONTROL.exec(text) ?? [];
  const [flags, bus] = FLAGS.exec(text) ?? [];
  const [, index, address] = REGION.exec(text) ?? [];
  const [, driver] = DRIVER.exec(text) ?? [];
  if (master !== undefined) into.said.push({ row, says: { busMaster: master === '+' } });
  else if (flags !== undefined) into.said.push({ row, says: { busMaster: bus !== undefined } });
  else if (address !== undefined) {
    const says = index === undefined ? undefined : sayBar(Number(index), Number.parseInt(address, 16));
    if (says) into.said.push({ row, says });
  } else if (driver !== undefined) into.driver = { name: driver, row };
  else if (MODULES.test(text)) into.modules = row;
  else return false;
  return true;
}
