import type { Problem } from './problem.ts';
import type { Ask, Evidence, Finding } from './report.ts';

/** What became of one fault between two collections. */
export type Fate = {
  /** `gone` only where a line of the second collection says so; `unclear`: it does not show what would tell. */
  readonly fate: 'gone' | 'stays' | 'new' | 'unclear';
  readonly finding: Finding;
  /** Lines of the second collection that say so. */
  readonly because: readonly Evidence[];
  /** For `unclear`: what to collect. */
  readonly ask: readonly Ask[];
};

/** A fact that had another answer the second time. */
export type Change = {
  readonly nic: string;
  readonly fact: string;
  readonly before: Evidence;
  readonly after: Evidence;
};

export type Comparison = {
  readonly version: 1;
  /** fixed: every fault is gone and none is new. */
  readonly verdict: 'fixed' | 'not-fixed' | 'unclear';
  readonly fates: readonly Fate[];
  readonly changes: readonly Change[];
  /** What weakens a collection: it is cut, it contradicts itself. */
  readonly problems: readonly { readonly of: 'before' | 'after'; readonly problem: Problem }[];
};
