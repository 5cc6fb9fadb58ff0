import type { Side } from './capture.ts';
import type { DriverEntry } from './case.ts';
import type { Problem } from './problem.ts';
import type { Os } from './words.ts';

/** The whole grammar: `all`, `any`, `not`, and `fact: word` (or a list of words, any of which will do). */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly fact: string; readonly words: readonly string[] };

export type Source = string;

/** A fault that can be recognised: one file rules/faults/<id>.yaml. */
export type Rule = {
  readonly id: string;
  readonly title: string;
  /** A warning is told but does not count as "a fault was found". */
  readonly severity: 'fault' | 'warning';
  /** Comes of other faults, and is told behind them. */
  readonly isConsequence?: boolean;
  /** Comes of these faults, of whichever NIC, and is told behind them. */
  readonly follows?: readonly string[];
  /** What is seen. Not yes: the rule keeps silent. */
  readonly symptom: Condition;
  /** What it comes from. No: ruled out; unknown: possible; yes: likely. */
  readonly cause: Condition;
  /** Yes: certain. */
  readonly proof?: Condition;
  /** Yes, while nothing speaks for the cause: ruled out. It never outweighs a cause that was seen. */
  readonly excludedBy?: Condition;
  readonly explain: string;
  /** Signs by system, for `explain`: { openbsd: "...", "qemu host": "..." }. */
  readonly signs: Readonly<Record<string, string>>;
  readonly mistakenFor: readonly string[];
  readonly fixes: readonly string[];
  readonly sources: readonly Source[];
};

export type Purpose = 'keep' | 'do' | 'verify' | 'undo';

/** One command of a fix; `{noun.property}` blanks are filled from checked facts. */
export type StepTemplate = {
  readonly on: 'guest' | 'host';
  readonly run: readonly string[];
  /** Lines typed into the command, or written by it. */
  readonly input?: readonly string[];
  readonly expect?: string;
  readonly note?: string;
};

/** How to carry a fix out on one platform: the first way whose `when` is not no is taken. */
export type Way = {
  readonly when?: Condition;
  readonly title?: string;
  readonly keep: readonly StepTemplate[];
  readonly do: readonly StepTemplate[];
  readonly verify: readonly StepTemplate[];
  readonly undo: readonly StepTemplate[];
};

/** A remedy: one file rules/fixes/<id>.yaml. */
export type Fix = {
  readonly id: string;
  readonly title: string;
  /** Downtime, new names, what stops working meanwhile. */
  readonly cost: string;
  readonly ways: readonly Way[];
  readonly sources: readonly Source[];
};

/** A command that may be run to learn something: rules/probes/<system>.yaml. Changes nothing. */
export type Probe = {
  /** `system/name`, for instance `openbsd/ifconfig`. */
  readonly id: string;
  readonly system: string;
  readonly on: Side;
  /** The guest's system it is a command of; 'unknown': of any, asked while the system is not known. Absent on hosts. */
  readonly os?: Os | 'unknown';
  readonly argv: readonly string[];
  /** What to run while a blank of argv cannot be filled: a wider look, or the command that would fill it. */
  readonly otherwise?: readonly string[];
  /** What it tells, in one clause: completes "run it: it tells ...". */
  readonly tells: string;
  /** Names of the facts it settles. */
  readonly settles: readonly string[];
  readonly needsRoot: boolean;
  /** Counters: run it again some seconds later. */
  readonly twice: boolean;
  /** 1 (read a file) to 5 (disturbs, or takes a person's attention): cheaper is asked first. */
  readonly cost: number;
  /** The longest it may take, and the most it may print. */
  readonly seconds: number;
  readonly kilobytes: number;
  /** Waits for packets: being stopped after its seconds is its ordinary end. */
  readonly listens: boolean;
  /** Looking changes what others see: what stands before it is done first, what stands after it later. */
  readonly alone: boolean;
  /** What it may change or load; such a probe is not run unless that was allowed. */
  readonly disturbs?: string;
  /** Kernel modules: where none of them is loaded yet, running it would load one. */
  readonly loads?: readonly string[];
  /** Only offered while this is not no. */
  readonly when?: Condition;
};

/** What the program knows: read once, handed down. */
export type Rulebook = {
  readonly rules: readonly Rule[];
  readonly fixes: readonly Fix[];
  readonly probes: readonly Probe[];
  /** Enough was seen and nothing is wrong, when this is yes for a NIC. */
  readonly healthy: Condition;
  /** ... unless this is yes. */
  readonly unhealthy: Condition;
};

/** Rules, fixes, probes and driver tables, with what was wrong with files that could not be used. */
export type Knowledge = {
  readonly rulebook: Rulebook;
  readonly drivers: readonly DriverEntry[];
  readonly problems: readonly Problem[];
};
