// Reads: `lspci` with -n, -nn, -k, -v, -vv, -vvv and -x, -xxx; whole, of one device, or cut; rows broken by a terminal too.
// Printed by: pciutils lspci.c, ls-caps.c, ls-caps-vendor.c; captured with 3.9.0. Needs root for capabilities.
// Fixtures: fixtures/outputs/linux-6.1/lspci*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { isNetworkCard, newFunction, type PciFunction, sayFunction } from './lspci-function.ts';
import { readLspciRow } from './lspci-rows.ts';

const CLASS =
  /[A-Z][\w.-]{1,20}(?: [\w./-]{1,20}){0,4}(?: \[[\da-f]{4}\])?: \S.{0,200}|[\da-f]{4}: [\da-f]{4}:[\da-f]{4}\b.{0,60}/;
const HEAD = new RegExp(`^([\\da-f]{4,8}:)?([\\da-f]{2}:[01][\\da-f]\\.[0-7]) (${CLASS.source})$`);
const HEX = /^\s{0,8}[\da-f]{2,3}:(?: [\da-f]{2}){16}$/;

export const lspci: Parser = {
  kind: 'linux/lspci',
  title: 'Linux lspci',
  commands: /^(?:\/(?:usr\/)?s?bin\/)?lspci\b/,
  begins: new RegExp(
    `${HEAD.source}|^\\s{0,16}Capabilities: \\[[\\da-f]{2,3}(?: v\\d)?\\] \\S|^\\s{0,16}Kernel driver in use: \\S`,
  ),
  continues: new RegExp(
    `${HEX.source}|^\\s{0,16}(?:Subsystem|Physical Slot|Control|Status|Latency|Interrupt|NUMA node|IOMMU group|DeviceName|Region \\d|Expansion ROM at|Capabilities|Flags|Kernel (?:driver|modules)|I/O ports at|Memory at|Bus|I/O behind|Memory behind|Prefetchable memory|BridgeCtl|Secondary status|Kernel)\\b|^\\s{1,32}(?:BAR=\\d|Vector table|PBA|Address|Masking|DevCap|DevCtl|DevSta|LnkCap|LnkCtl|LnkSta|SltCap|SltCtl|SltSta|RootC|Flags: PME|ExtTag|MaxPayload|RlxdOrd|ClockPM|EqualizationComplete|Transmit|Compliance|AtomicOps|[A-Z][A-Za-z\\d]{2,12}[:-])`,
  ),
  top: /^00:00\.0 /,
  read: readLspci,
};

function readLspci(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const functions: PciFunction[] = [];
  let current = newFunction(undefined, '', undefined);
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    const [, domain, place, what] = HEAD.exec(row.text) ?? [];
    if (place !== undefined && what !== undefined) {
      current = newFunction(domain && !/^0+:$/.test(domain) ? `${domain}${place}` : place, what, row);
      functions.push(current);
    } else if (!readLspciRow(row, current)) notes.missed(row);
  }
  const showsDrivers = functions.some(({ driver }) => driver !== undefined);
  for (const [index, each] of functions.entries()) {
    sayFunction(each, { isEnded: index < functions.length - 1, showsDrivers }, notes);
  }
  sayEmptyBus(functions, rows, notes);
  return notes.done();
}

/** From the host bridge on, several devices, and no network card among them. */
function sayEmptyBus(functions: readonly PciFunction[], rows: readonly Row[], notes: Notes): void {
  const isWhole = functions[0]?.id === '00:00.0' && functions.length > 2;
  const row = functions.at(-1)?.head ?? rows[0];
  if (!isWhole || !row || functions.some(({ what }) => isNetworkCard(what))) return;
  const code = 'no-nic-on-bus';
  notes.say('message', code, { code, device: '', text: row.text }, row);
}
