import type { Capture } from '../model/capture.ts';
import type { Report } from '../model/report.ts';
import type { Complaint } from '../model/sighting.ts';
import type { Deed, ScreenName } from './keys.ts';
import { type Prompt, type } from './prompt.ts';

export type State = {
  readonly screen: ScreenName;
  /** Screens to go back to. */
  readonly trail: readonly ScreenName[];
  readonly captures: readonly Capture[];
  readonly complaint: Complaint | null;
  readonly report: Report | null;
  /** The chosen line of a list, and the first visible row of a text, by screen. */
  readonly cursor: Readonly<Record<ScreenName, number>>;
  readonly offset: Readonly<Record<ScreenName, number>>;
  /** Which file, plan or format is open. */
  readonly tab: Readonly<Record<ScreenName, number>>;
  /** The row of the mark that n or N went to; null after scrolling by hand. */
  readonly mark: number | null;
  /** How many columns of long lines are scrolled out to the left. */
  readonly left: number;
  readonly redact: boolean;
  /** What was searched last. */
  readonly search: string;
  readonly prompt: Prompt | null;
  /** One line for the person: done, or what went wrong. */
  readonly message: string;
};

export type Action =
  | {
      readonly do: 'examined';
      readonly captures: readonly Capture[];
      readonly complaint: Complaint | null;
      readonly report: Report;
      readonly message: string;
    }
  | { readonly do: 'go'; readonly to: ScreenName }
  | { readonly do: 'back' }
  | {
      readonly do: 'move';
      readonly deed: Deed;
      readonly items: number;
      readonly rows: number;
      readonly height: number;
    }
  | { readonly do: 'jump'; readonly to: number; readonly mark?: number }
  | { readonly do: 'shift'; readonly by: number }
  | { readonly do: 'tab'; readonly count: number }
  | { readonly do: 'redact' }
  | { readonly do: 'prompt'; readonly prompt: Prompt | null }
  | { readonly do: 'type'; readonly key: string }
  | { readonly do: 'search'; readonly text: string }
  | { readonly do: 'say'; readonly message: string };

const zero: Record<ScreenName, number> = {
  start: 0,
  complaint: 0,
  findings: 0,
  evidence: 0,
  plan: 0,
  export: 0,
  help: 0,
};

export const initial: State = {
  screen: 'start',
  trail: [],
  captures: [],
  complaint: null,
  report: null,
  cursor: zero,
  offset: zero,
  tab: zero,
  mark: null,
  left: 0,
  redact: false,
  search: '',
  prompt: null,
  message: '',
};

/** The whole behaviour of the app but for what touches the world. Pure. */
export function reduce(state: State, action: Action): State {
  switch (action.do) {
    case 'examined':
      return {
        ...go(state, state.screen === 'start' || state.screen === 'complaint' ? 'findings' : state.screen),
        ...pick(action),
        cursor: { ...state.cursor, findings: 0 },
      };
    case 'go':
      return go(state, action.to);
    case 'back':
      return state.trail.length === 0
        ? { ...state, message: '' }
        : {
            ...state,
            screen: state.trail.at(-1) as ScreenName,
            trail: state.trail.slice(0, -1),
            left: 0,
            message: '',
          };
    case 'move':
      return move(state, action);
    case 'jump':
      return {
        ...state,
        offset: { ...state.offset, [state.screen]: Math.max(0, action.to) },
        mark: action.mark ?? null,
      };
    case 'shift':
      return { ...state, left: Math.max(0, state.left + action.by) };
    case 'tab':
      return action.count === 0
        ? state
        : {
            ...state,
            tab: { ...state.tab, [state.screen]: (state.tab[state.screen] + 1) % action.count },
            offset: { ...state.offset, [state.screen]: 0 },
            left: 0,
            message: '',
          };
    case 'redact':
      return {
        ...state,
        redact: !state.redact,
        message: state.redact
          ? 'The real values are shown.'
          : 'Addresses and names are replaced by stand-ins.',
      };
    case 'prompt':
      return { ...state, prompt: action.prompt, message: '' };
    case 'type':
      return state.prompt ? { ...state, prompt: type(state.prompt, action.key) } : state;
    case 'search':
      return { ...state, search: action.text };
    case 'say':
      return { ...state, message: action.message };
  }
}

function pick({ captures, complaint, report, message }: Extract<Action, { do: 'examined' }>) {
  return { captures, complaint, report, message };
}

function go(state: State, to: ScreenName): State {
  if (to === state.screen) return state;
  const seen = state.trail.indexOf(to);
  const trail = seen >= 0 ? state.trail.slice(0, seen) : [...state.trail, state.screen];
  const isFresh = to === 'evidence' || to === 'plan';
  const offset = isFresh ? { ...state.offset, [to]: 0 } : state.offset;
  const tab = isFresh ? { ...state.tab, [to]: 0 } : state.tab;
  return { ...state, screen: to, trail, offset, tab, left: 0, message: '' };
}

/** In a list the arrows choose and pages scroll; a text scrolls by both. Cursor and window stay inside. */
function move(state: State, { deed, items, rows, height }: Extract<Action, { do: 'move' }>): State {
  const steps: Partial<Record<Deed, number>> = {
    up: -1,
    down: 1,
    pageUp: -height,
    pageDown: height,
    top: -rows,
    bottom: rows,
  };
  const step = steps[deed] ?? 0;
  const clamp = (value: number, last: number) => Math.max(0, Math.min(value, Math.max(0, last)));
  if (items > 0 && deed !== 'pageUp' && deed !== 'pageDown') {
    const cursor = clamp(state.cursor[state.screen] + step, items - 1);
    return {
      ...state,
      cursor: { ...state.cursor, [state.screen]: cursor },
      offset: { ...state.offset, [state.screen]: 0 },
    };
  }
  const offset = clamp(clamp(state.offset[state.screen], rows - height) + step, rows - height);
  return { ...state, offset: { ...state.offset, [state.screen]: offset }, mark: null };
}
