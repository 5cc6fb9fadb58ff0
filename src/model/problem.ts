import type { Line } from './line.ts';

export type ProblemCode =
  | 'sample-empty'
  | 'sample-binary'
  | 'sample-cut-short'
  | 'sample-failed'
  | 'sample-too-large'
  | 'line-too-long'
  | 'not-understood'
  | 'not-supported'
  | 'flags-disagree'
  | 'samples-disagree'
  | 'claim-not-printable'
  | 'several-machines'
  | 'nic-not-joined'
  | 'rule-broken'
  | 'note';

/** Something the reader of the report must know about the evidence itself. */
export type Problem = {
  readonly code: ProblemCode;
  /** One sentence: what, and what to do about it. */
  readonly says: string;
  readonly at: readonly Line[];
};
