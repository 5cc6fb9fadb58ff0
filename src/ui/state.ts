import type { Capture } from '../model/capture.ts';
import { type Prompt, type } from './prompt.ts';
import { type Collect, type Collecting, collect, notCollecting } from './state/collecting.ts';
import { type Give, type Given, nothingGiven, take } from './state/given.ts';
import { firstPlace, type Place, type Walk, walk } from './state/place.ts';
import { type Read, type Reading, read, unread } from './state/reading.ts';
import { firstLook, type LookAgain, lookAgain, type SecondLook } from './state/second-look.ts';
import { atStart, type Find, find, type Starting } from './state/starting.ts';

export type State = Place &
  Given &
  Reading &
  SecondLook &
  Collecting &
  Starting & { readonly prompt: Prompt | null };

export type Action =
  | Walk
  | Give
  | Read
  | LookAgain
  | Collect
  | Find
  | { readonly do: 'prompt'; readonly prompt: Prompt | null }
  | { readonly do: 'type'; readonly key: string }
  /** Parts of the state, as they were when a session was left. */
  | { readonly do: 'restore'; readonly of: Partial<State> };

export const initial: State = {
  ...firstPlace,
  ...nothingGiven,
  ...unread,
  ...firstLook,
  ...notCollecting,
  ...atStart,
  prompt: null,
};

/** The whole behaviour of the app but for what touches the world. Pure. Each part knows its own fields and actions. */
export function reduce(state: State, action: Action): State {
  switch (action.do) {
    case 'give':
      return take(isAnother(state, action.captures) ? readAnew(state) : state, action);
    case 'askSide':
    case 'sideTold':
    case 'examined':
      return take(state, action);
    case 'redact':
    case 'standIns':
    case 'search':
    case 'filter':
    case 'done':
    case 'edited':
      return read(state, action);
    case 'found':
      return find(state, action);
    case 'aim':
    case 'stage':
    case 'run':
    case 'reached':
    case 'decide':
    case 'seek':
    case 'planned':
    case 'tick':
    case 'collected':
    case 'failed':
    case 'told':
      return collect(state, action);
    case 'lookAgain':
    case 'giveAgain':
    case 'compared':
    case 'dropSecond':
      return lookAgain(state, action);
    case 'restore':
      return { ...state, ...action.of };
    case 'prompt':
      return { ...state, prompt: action.prompt, message: '' };
    case 'type':
      return state.prompt ? { ...state, prompt: type(state.prompt, action.key) } : state;
    default:
      return walk(state, action);
  }
}

/** Nothing of what was looked at until now is among what is given: the built-in case instead of one's own, the outputs after the fix. */
function isAnother({ captures: before }: State, captures: readonly Capture[]): boolean {
  const isKept = (one: Capture) =>
    before.some(({ name, origin }) => name === one.name && origin === one.origin);
  return before.length > 0 && captures.length > 0 && !captures.some(isKept);
}

/** From the top, with no filter and no step done: these were another case's. */
function readAnew(state: State): State {
  const { offset, tab, mark, left } = firstPlace;
  const { search, filter, done, edited } = unread;
  return { ...state, offset, tab, mark, left, search, filter, done, edited };
}
