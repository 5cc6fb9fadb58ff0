import type { RecentBundle } from '../../model/bundle.ts';
import type { KeptSession } from '../../model/session.ts';

/** What the start offers beyond the ways to give something. */
export type Starting = {
  readonly bundles: readonly RecentBundle[];
  readonly kept: KeptSession | null;
};

export type Find = {
  readonly do: 'found';
  readonly bundles: readonly RecentBundle[];
  readonly kept: KeptSession | null;
};

export const atStart: Starting = { bundles: [], kept: null };

export function find<S extends Starting>(state: S, { bundles, kept }: Find): S {
  return { ...state, bundles, kept };
}
