import { type Deed, type ScreenName, screenNames } from '../keys.ts';

/** Where a person is: the screen, the way there, and the place in each screen. */
export type Place = {
  readonly screen: ScreenName;
  /** Screens to go back to. */
  readonly trail: readonly ScreenName[];
  /** The chosen line of a list, and the first visible row of a text, by screen. */
  readonly cursor: Readonly<Record<ScreenName, number>>;
  readonly offset: Readonly<Record<ScreenName, number>>;
  /** Which file, plan or format is open. */
  readonly tab: Readonly<Record<ScreenName, number>>;
  /** The row of the mark that n or N went to; null after scrolling by hand. */
  readonly mark: number | null;
  /** How many columns of long lines are scrolled out to the left. */
  readonly left: number;
  /** The terminal is asked to tell of its mouse. */
  readonly mouse: boolean;
  /** One line for the person: done, or what went wrong. */
  readonly message: string;
};

export type Walk =
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
  | { readonly do: 'scroll'; readonly by: number; readonly rows: number; readonly height: number }
  | { readonly do: 'mouse' }
  | { readonly do: 'tab'; readonly to: number }
  | { readonly do: 'point'; readonly to: number }
  | { readonly do: 'say'; readonly message: string };

const zero = Object.fromEntries(screenNames.map((name) => [name, 0])) as Record<ScreenName, number>;

export const firstPlace: Place = {
  screen: 'start',
  trail: [],
  cursor: zero,
  offset: zero,
  tab: zero,
  mark: null,
  left: 0,
  mouse: false,
  message: '',
};

export function walk<S extends Place>(state: S, action: Walk): S {
  switch (action.do) {
    case 'go':
      return go(state, action.to);
    case 'back':
      return back(state);
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
    case 'scroll':
      return scroll(state, action);
    case 'mouse':
      return { ...state, mouse: !state.mouse };
    case 'tab':
      return openTab(state, action.to);
    case 'point':
      return { ...state, cursor: { ...state.cursor, [state.screen]: action.to }, message: '' };
    case 'say':
      return { ...state, message: action.message };
  }
}

export function go<S extends Place>(state: S, to: ScreenName): S {
  if (to === state.screen) return state;
  const seen = state.trail.indexOf(to);
  const trail = seen >= 0 ? state.trail.slice(0, seen) : [...state.trail, state.screen];
  const isFresh = to === 'evidence' || to === 'plan';
  const offset = isFresh ? { ...state.offset, [to]: 0 } : state.offset;
  const cursor = isFresh ? { ...state.cursor, [to]: 0 } : state.cursor;
  const tab = isFresh ? { ...state.tab, [to]: 0 } : state.tab;
  return { ...state, screen: to, trail, cursor, offset, tab, mark: null, left: 0, message: '' };
}

function back<S extends Place>(state: S): S {
  const screen = state.trail.at(-1);
  return screen === undefined
    ? { ...state, message: '' }
    : { ...state, screen, trail: state.trail.slice(0, -1), mark: null, left: 0, message: '' };
}

function openTab<S extends Place>(state: S, to: number): S {
  return {
    ...state,
    tab: { ...state.tab, [state.screen]: to },
    cursor: { ...state.cursor, [state.screen]: 0 },
    offset: { ...state.offset, [state.screen]: 0 },
    mark: null,
    left: 0,
    message: '',
  };
}

/**
 * In a list the arrows choose and pages scroll, or choose too where all of it fits; a text scrolls by both. Cursor and
 * window stay inside.
 */
function move<S extends Place>(state: S, { deed, items, rows, height }: Extract<Walk, { do: 'move' }>): S {
  const steps: Partial<Record<Deed, number>> = {
    up: -1,
    down: 1,
    pageUp: -height,
    pageDown: height,
    top: -Math.max(rows, items),
    bottom: Math.max(rows, items),
  };
  const step = steps[deed] ?? 0;
  const isPage = deed === 'pageUp' || deed === 'pageDown';
  if (items > 0 && (!isPage || rows <= height)) {
    const cursor = clamp(state.cursor[state.screen] + step, items - 1);
    return {
      ...state,
      cursor: { ...state.cursor, [state.screen]: cursor },
      offset: { ...state.offset, [state.screen]: 0 },
    };
  }
  return scroll(state, { by: step, rows, height });
}

function scroll<S extends Place>(
  state: S,
  { by, rows, height }: { by: number; rows: number; height: number },
): S {
  const last = rows - height;
  const offset = clamp(clamp(state.offset[state.screen], last) + by, last);
  return { ...state, offset: { ...state.offset, [state.screen]: offset }, mark: null };
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(value, Math.max(0, last)));
}
