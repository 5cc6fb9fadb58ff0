import type { Side } from './capture.ts';

/** One command of a collection, as it is shown before anything runs. */
export type PlannedProbe = {
  readonly machine: Side;
  readonly probe: string;
  readonly argv: readonly string[];
  readonly through?: readonly string[];
  readonly tells: string;
  readonly needsRoot: boolean;
  readonly twice: boolean;
  readonly seconds: number;
  readonly kilobytes: number;
  readonly listens: boolean;
  readonly alone: boolean;
};

/** What is left out, and why: shown with the list, and kept in the bundle. */
export type LeftOut = { readonly probe: string; readonly machine: Side; readonly why: string };

export type CollectionPlan = {
  readonly probes: readonly PlannedProbe[];
  readonly leftOut: readonly LeftOut[];
};
