import type { Capture } from '../../model/capture.ts';
import type { Comparison } from '../../model/comparison.ts';
import { go, type Place } from './place.ts';

/** After the fix: what is given from then on is held against what was given before. */
export type SecondLook = {
  readonly second: { readonly captures: readonly Capture[]; readonly comparison: Comparison | null } | null;
};

export type LookAgain =
  | { readonly do: 'lookAgain' }
  | { readonly do: 'giveAgain'; readonly captures: readonly Capture[]; readonly message: string }
  | {
      readonly do: 'compared';
      readonly captures: readonly Capture[];
      readonly comparison: Comparison;
      readonly message: string;
      /** The person stays on the screen where they are. */
      readonly isAside?: boolean;
    }
  | { readonly do: 'dropSecond' };

export const firstLook: SecondLook = { second: null };

export function lookAgain<S extends Place & SecondLook>(state: S, action: LookAgain): S {
  switch (action.do) {
    case 'lookAgain':
      return go({ ...state, second: state.second ?? { captures: [], comparison: null } }, 'compare');
    case 'giveAgain':
      return {
        ...state,
        second: { captures: action.captures, comparison: state.second?.comparison ?? null },
        message: action.message,
      };
    case 'compared': {
      const { captures, comparison, message, isAside = false } = action;
      const to = isAside ? state.screen : 'compare';
      return { ...go({ ...state, second: { captures, comparison } }, to), message };
    }
    case 'dropSecond':
      return { ...state, second: null };
  }
}
