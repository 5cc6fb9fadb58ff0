import type { Side } from '../../model/capture.ts';

/** Names that only hosts, or only guests of the BSDs, give; `tap` is what a file is called. `isPf`: OpenBSD's own tcpdump, or PF's log. */
export function captureSide(names: readonly string[], isPf = false): Side | undefined {
  if (isPf && names.some((name) => /^(?:tap|bridge|veb|vport|vether)\d/.test(name))) return 'host';
  if (names.some((name) => /^(?:tap$|tap\d{1,9}i\d|fw(?:br|pr|ln)\d|vmbr\d|vnet\d|virbr\d)/.test(name)))
    return 'host';
  return names.some((name) => /^(?:vio|vtnet|vioif)\d/.test(name)) ? 'guest' : undefined;
}
