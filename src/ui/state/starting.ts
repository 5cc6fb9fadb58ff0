import type { RecentBundle } from '../../model/bundle.ts';

/** What the start offers beyond the ways to give something. */
export type Starting = { readonly bundles: readonly RecentBundle[] };

export type Find = { readonly do: 'found'; readonly bundles: readonly RecentBundle[] };

export const atStart: Starting = { bundles: [] };

export function find<S extends Starting>(state: S, { bundles }: Find): S {
  return { ...state, bundles };
}
