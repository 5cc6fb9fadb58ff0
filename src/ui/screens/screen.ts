import type { Deed } from '../keys.ts';
import type { Rows } from '../parts/rows.ts';
import type { State } from '../state.ts';
import type { World } from '../world.ts';

/** What a screen is made of; the frame draws the window of it that fits. */
export type Screen = {
  readonly title: string;
  readonly rows: Rows;
  /** How many lines of it can be chosen; 0: it scrolls. */
  readonly items: number;
  /** Of the screen's own keys those that do something now; all of them where it does not say. */
  readonly deeds?: readonly Deed[];
  /** Files, plans or formats to go through with Tab. */
  readonly tabs: readonly string[];
  /** The rows of the chosen line, from and to: the window follows it. */
  readonly chosen?: readonly [number, number] | undefined;
  /** Rows to jump between with n and N, and what one of them is called. */
  readonly marks?: readonly number[];
  readonly markName?: string;
  /** Rows of lines that were not understood. */
  readonly strange?: readonly number[];
};

export type View = {
  readonly state: State;
  readonly world: World;
  readonly width: number;
  readonly height: number;
};
