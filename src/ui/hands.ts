import type { CollectionOf } from '../model/collection.ts';
import type { Deed, ScreenName } from './keys.ts';
import type { Screen } from './screens/screen.ts';
import type { Action, State } from './state.ts';
import type { World } from './world.ts';

/** What a deed works with: the world, the way to act on the state, and how the present screen looks. */
export type Hands = {
  world: World;
  act: (action: Action) => void;
  look: (state: State) => Screen;
  state: () => State;
  width: () => number;
  height: () => number;
  /** Another deed, as if its key had been pressed. */
  perform: (deed: Deed) => void;
  /** A file, plan or format, as if its number had been pressed. */
  openTab: (to: number) => void;
  /** The terminal is another's while this runs. */
  handOver: (run: () => Promise<void>) => Promise<void>;
  collector: Collector;
};

/** What of a collection lives outside the state: the machines that are reached, and the way to stop what runs on them. */
export type Collector = {
  /** Looks at this machine, or over ssh; goes on to the plan where the person waits for it and nothing must be asked. */
  reach(of: CollectionOf): Promise<void>;
  /** Fills the commands, for the VM and with the choices that are in the state. */
  plan(): Promise<void>;
  /** Runs what is ticked, or what of it has not come to its end, and gives what came of it. */
  run(what: 'all' | 'rest'): Promise<void>;
  /** Stops what runs; what was collected is kept. Before anything runs, leaves the machines that were reached over ssh. */
  stop(): void;
  /** The app is left: nothing stays running. */
  leave(): Promise<void>;
};

/** What keys do, by deed. */
export type Deeds = Partial<Record<Deed, (hands: Hands, key: string) => void>>;

/** What Enter does on a screen: by itself, or the deed that the chosen line stands for. */
export type Choices = Partial<Record<ScreenName, (hands: Hands) => Deed | undefined>>;

/** What it takes to examine a text, with or without a screen. */
export type Examining = Pick<Hands, 'world' | 'act' | 'state'>;
