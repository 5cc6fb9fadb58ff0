import type { HostEnd } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import { groupBy } from './group-by.ts';

/** The host's end of a NIC while it is put together. */
export type EndDraft = { -readonly [P in keyof HostEnd]: HostEnd[P] | undefined };

export type DraftIndex = Readonly<
  Record<'byTap' | 'byMac' | 'byTail', ReadonlyMap<string, readonly EndDraft[]>>
>;

/** By the name of the tap, by the configured MAC, and by that without its first octet. */
export function indexDrafts(ends: ReadonlyMap<string, EndDraft>): DraftIndex {
  const macOf = ({ vmNic }: EndDraft) => valueIn(vmNic?.says.mac);
  return {
    byTap: groupBy(ends.values(), ({ tapName }) => [tapName]),
    byMac: groupBy(ends.values(), (end) => [macOf(end)]),
    byTail: groupBy(ends.values(), (end) => [macOf(end)?.slice(3)]),
  };
}

/** The first one of each tap. */
export function draftsByTap(ends: ReadonlyMap<string, EndDraft>): Map<string, EndDraft> {
  const byTap = groupBy(ends.values(), ({ tapName }) => [tapName]);
  return new Map([...byTap].flatMap(([tap, [end]]) => (end ? [[tap, end]] : [])));
}

/** Proxmox VE: netN of a VM. */
export const TAP = /^tap(\d{1,9})i(\d{1,2})$/;
