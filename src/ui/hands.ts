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
};
