import type { Row } from '../../model/line.ts';
import type { Problem } from '../../model/problem.ts';
import type { Ending } from './frame.ts';
import { rowOf } from './gather.ts';

/** What of a packet capture could not be read, and what to do about it. */
export function fileProblems(
  name: string,
  { as, frames, why }: Ending,
  strange: ReadonlyMap<number, { readonly row: Row; readonly count: number }>,
): Problem[] {
  const unread = [...strange].map(([link, { row, count }]): Problem => {
    const says = `${count} ${count === 1 ? 'frame' : 'frames'} of link type ${link} were not read: capture on the tap, the bridge or the NIC (Ethernet).`;
    return { code: 'not-supported', says, at: row.at };
  });
  const at = frames > 0 ? rowOf(name, frames).at : [];
  const read = frames === 1 ? 'the frame before it was read' : `the ${frames} frames before it were read`;
  if (as === 'foreign')
    return [{ code: 'not-supported', says: `${name}: this packet capture was not read: ${why}.`, at: [] }];
  if (as === 'damaged') {
    const says = `${name} is damaged: frame ${frames + 1} ${why}; ${read}. Copy the file again, as binary.`;
    return [...unread, { code: 'sample-cut-short', says, at }];
  }
  if (as === 'cut') {
    const says = `${name} is cut short: its last frame (${frames + 1}) is not whole; ${read}. Stop tcpdump (control-C) before the file is copied.`;
    return [...unread, { code: 'sample-cut-short', says, at }];
  }
  if (frames > 0) return unread;
  const says = `${name} holds no frame: capture while the fault shows, and without a filter.`;
  return [{ code: 'sample-empty', says, at: [] }];
}
