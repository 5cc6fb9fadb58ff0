import type { Side } from './capture.ts';

/**
 * The bundle: one plain text that holds the outputs of many commands, each between a `begin` and an `end` line.
 * ASCII markers at the start of a line, short enough for a serial console; an output's own line that begins like a
 * marker is set off by `#==|`. The `end` line counts the lines and bytes between, so that a cut or re-wrapped copy shows.
 */
export const BUNDLE_VERSION = 1;
export const MARK = '#==';
/** The first line of every bundle. */
export const BUNDLE_HEAD = `# vio-doctor bundle ${BUNDLE_VERSION}`;

/** The version that a line names as the head of a bundle, also quoted in a mail; a newer one is read as any text is. */
export function bundleVersion(line: string): number | undefined {
  const version = /^(?:> ?){0,4}# vio-doctor bundle (\d{1,6})$/.exec(line)?.[1];
  return version === undefined ? undefined : Number(version);
}

/**
 * How a command ended: with its exit code; not found; stopped by us after its time or its output limit, or by the person;
 * killed by a signal; or lost with the connection. A file may be unreadable.
 */
export type Outcome =
  | `exit ${number}`
  | 'missing'
  | 'refused'
  | 'timed-out'
  | 'too-large'
  | 'stopped'
  | 'killed'
  | 'lost'
  | 'unreadable';

/** One command's output in a bundle. */
export type Section = {
  readonly machine: Side;
  /** Id of the probe: `openbsd/ifconfig`. */
  readonly probe: string;
  readonly argv: readonly string[];
  /** The command that `argv` was typed into: `qm monitor 107`. */
  readonly through?: readonly string[];
  /** ISO 8601, UTC, when it was started. */
  readonly taken: string;
  readonly outcome: Outcome;
  readonly seconds: number;
  /** What it printed; base64 where it is binary. */
  readonly text: string;
  readonly isBinary?: boolean;
  /** SHA-256 of a binary output, in hex. */
  readonly sha256?: string;
};

/** What the head of a bundle says. */
export type BundleHead = {
  readonly madeBy: string;
  readonly taken: string;
  readonly isRedacted: boolean;
  /** Commands that were left out, and why. */
  readonly notRun?: readonly string[];
  /** What is otherwise than it was collected. */
  readonly notes?: readonly string[];
};

/** A bundle that was collected before. */
export type RecentBundle = {
  readonly path: string;
  readonly name: string;
  /** ISO 8601, UTC: when it was last written. */
  readonly written: string;
};

/** Why an output is not what the command would have printed, in a sentence; undefined when it ran to its end. */
export function failureOf(outcome: string): string | undefined {
  if (outcome === 'exit 0') return undefined;
  if (outcome === 'exit 127' || outcome === 'missing') return 'there is no such command on that machine';
  if (outcome === 'exit 126' || outcome === 'refused') return 'permission denied';
  if (outcome === 'timed-out') return 'stopped after its time';
  if (outcome === 'too-large') return 'cut at the output limit';
  if (outcome === 'stopped') return 'stopped by hand';
  if (outcome === 'unreadable') return 'it could not be read';
  if (outcome === 'lost') return 'the connection was lost meanwhile';
  return outcome === 'killed' ? 'killed by a signal' : `ended with ${outcome}`;
}
