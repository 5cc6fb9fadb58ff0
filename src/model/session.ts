import type { Capture } from './capture.ts';
import type { Complaint } from './words.ts';

/** What a person did in the terminal app, as it is kept: enough to be there again after a crash. */
export type Session = {
  readonly captures: readonly Capture[];
  /** What was given after the fix, once that has begun. */
  readonly second?: readonly Capture[];
  readonly complaint: Complaint | null;
  readonly screen: string;
  /** Steps of plans that are marked as done. */
  readonly done: readonly string[];
};

/** A session that was left. */
export type KeptSession = {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly saved: string;
  readonly captures: number;
};
