import type { Row } from '../model/line.ts';
import type { Flags } from './flag-word.ts';
import type { Notes } from './reading.ts';

/** What the flags of an interface say in every BSD. Where hex and names differ, that is told, and neither is believed. */
export function readFlagged(name: string, flags: Flags, row: Row, notes: Notes) {
  if (flags.disagree.length > 0) {
    const says = `${name}: the hex flags and the names differ on ${flags.disagree.join(', ')}; neither is believed. Was the line edited?`;
    notes.problem('flags-disagree', says, [row]);
  }
  return {
    up: flags.has('UP'),
    running: flags.has('RUNNING'),
    oactive: flags.has('OACTIVE'),
    promisc: flags.has('PROMISC'),
    allmulti: flags.has('ALLMULTI'),
  };
}

/** Each interface with the rows below it; what stands before the first head is a block of its own. */
export function interfaceBlocks(rows: readonly Row[], head: RegExp): Row[][] {
  const blocks: Row[][] = [];
  for (const row of rows) {
    if (head.test(row.text) || blocks.length === 0) blocks.push([row]);
    else blocks.at(-1)?.push(row);
  }
  return blocks;
}
