// Reads: registers of a virtio device read through its VIRTIO_PCI_CAP_PCI_CFG window with setpci, commands and answers in turn:
// `setpci -s 00:12.0 88.B=04 8c.L=10 90.L=2 94.W`, then `ffff`. Printed by: pciutils setpci.c (3.9.0); the window: virtio 1.2, 4.1.4.9.
// Fixtures: fixtures/outputs/linux-6.1/setpci-window*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { readPrompt } from '../prompt.ts';
import { type Notes, takeNotes } from '../reading.ts';

const COMMAND =
  /(?:^|; ?|[$#%>] {0,3}|sudo )setpci (?:-\S{1,40} ){0,4}?-s ?([\da-f:]{0,9}[\da-f]{2}\.[0-7]) /;
const VALUE = /^\s{0,8}([\da-f]{2}|[\da-f]{4}|[\da-f]{8})$/;
/** `8c.L=10` or `0x8c.l=0x10`; the last one without `=` is what is read. */
const ITEM = /(?:^| )(?:0x)?([\da-f]{1,3})\.([bwl])(?:=(?:0x)?([\da-f]{1,8}))?(?= |$|;)/gi;

export const setpci: Parser = {
  kind: 'linux/setpci',
  title: 'Linux setpci',
  commands: /^(?:\/(?:usr\/)?s?bin\/)?setpci\b/,
  begins:
    /^(?:\S{0,80}[$#%>] {0,3}|\[[^\]]{1,80}\] ?[$#%] {0,3}|\S{1,64}@.{1,100}?[$#%] )?(?:sudo )?setpci (?:-\S{1,40} ){0,4}?-s ?[\da-f:]{0,9}[\da-f]{2}\.[0-7] /,
  continues: VALUE,
  read: readSetpci,
};

type Asked = { pci: string; writes: Map<number, number>; reads: { at: number; width: number }[] };

function readSetpci(rows: readonly Row[], command?: string): Reading {
  const notes = takeNotes();
  /** What one device's window was last pointed at: setpci leaves it so. */
  const windows = new Map<string, Map<number, number>>();
  let asked = command === undefined ? undefined : readCommand(command);
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    const next = readCommand(readPrompt(row.text)?.command ?? row.text);
    const value = VALUE.exec(row.text)?.[1];
    if (next) {
      asked = next;
      const window = windows.get(next.pci) ?? new Map<number, number>();
      for (const [at, written] of next.writes) window.set(at, written);
      windows.set(next.pci, window);
    } else if (value !== undefined && asked) {
      sayValue(asked, windows.get(asked.pci) ?? asked.writes, value, row, notes);
      asked = undefined;
    } else notes.missed(row);
  }
  return notes.done('guest');
}

function readCommand(text: string): Asked | undefined {
  const pci = COMMAND.exec(text)?.[1];
  if (pci === undefined) return undefined;
  const typed = text.replace(/ {2,}<-.*$/, '');
  const writes = new Map<number, number>();
  let reads: Asked['reads'] = [];
  for (const [, at = '', width = '', value] of typed.matchAll(ITEM)) {
    if (value !== undefined) writes.set(Number.parseInt(at, 16), Number.parseInt(value, 16));
    else reads = [...reads, { at: Number.parseInt(at, 16), width: { b: 1, w: 2 }[width.toLowerCase()] ?? 4 }];
  }
  return { pci: pci.replace(/^0{4}:/, ''), writes, reads };
}

/** The window's data field stands 16 bytes behind its capability, its offset 8 and its length 12: they tell which register it was. */
function sayValue(
  { pci, reads }: Asked,
  window: Map<number, number>,
  value: string,
  row: Row,
  notes: Notes,
): void {
  const [read] = reads;
  if (!read || reads.length > 1 || value.length !== 2 * read.width) return;
  const address = window.get(read.at - 8);
  const length = window.get(read.at - 4);
  const bar = window.get(read.at - 12) ?? 4;
  if (address === undefined || length !== read.width || bar !== 4) return;
  const says = {
    space: 'window',
    address,
    width: read.width,
    value: Number.parseInt(value, 16),
    pci,
  } as const;
  // What the queue registers say depends on queue_select, which is not followed.
  if (address >= 0x18 && address < 0x38) return;
  notes.say('register', `window ${pci} 0x${address.toString(16)} ${read.width}`, says, row);
}
