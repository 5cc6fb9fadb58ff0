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
  /** An export that the person has edited. */
  readonly edited?: EditedExport;
  /** What it is about, in a few words: `OpenBSD 7.8, interface-down (vio1)`. */
  readonly about?: string;
  /** Where the person was and what was being typed, small; whoever reads it takes what it understands. */
  readonly view?: Readonly<Record<string, unknown>>;
};

export type EditedExport = { readonly format: string; readonly isRedacted: boolean; readonly text: string };

/** A session that was left. */
export type KeptSession = {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly saved: string;
  readonly captures: number;
  /** As the session says it; empty where it does not. */
  readonly about: string;
  /** The process that is still in it: it cannot be gone on with elsewhere. */
  readonly heldBy?: number;
};

/** A session that was read again, and how many of its captures could not be. */
export type ReadSession = { readonly session: Session; readonly lost: number };
