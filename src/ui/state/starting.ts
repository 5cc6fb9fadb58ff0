import type { RecentBundle } from '../../model/bundle.ts';
import type { KeptSession } from '../../model/session.ts';

/** What the start offers beyond the ways to give something. */
export type Starting = {
  readonly bundles: readonly RecentBundle[];
  /** Sessions that were left, the newest first. */
  readonly kept: readonly KeptSession[];
};

export type Find = {
  readonly do: 'found';
  readonly bundles: readonly RecentBundle[];
  readonly kept: readonly KeptSession[];
};

export const atStart: Starting = { bundles: [], kept: [] };

export function find<S extends Starting>(state: S, { bundles, kept }: Find): S {
  return { ...state, bundles, kept };
}
