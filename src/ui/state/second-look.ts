import type { Capture } from '../../model/capture.ts';
import type { Comparison } from '../../model/comparison.ts';
import type { Report } from '../../model/report.ts';
import { go, type Place } from './place.ts';

/** After the fix: what is given from then on is held against what was given before. */
export type SecondLook = {
  readonly second: {
    readonly captures: readonly Capture[];
    readonly comparison: Comparison | null;
    /** Of what was given anew, by itself. */
    readonly report: Report | null;
  } | null;
};

export type LookAgain =
  | { readonly do: 'lookAgain' }
  | { readonly do: 'giveAgain'; readonly captures: readonly Capture[]; readonly message: string }
  | {
      readonly do: 'compared';
      readonly captures: readonly Capture[];
      readonly comparison: Comparison;
      readonly report: Report;
      readonly message: string;
      /** The person stays on the screen where they are. */
      readonly isAside?: boolean;
    }
  | { readonly do: 'dropSecond' };

export const firstLook: SecondLook = { second: null };

export function lookAgain<S extends Place & SecondLook>(state: S, action: LookAgain): S {
  switch (action.do) {
    case 'lookAgain':
      return go(
        { ...state, second: state.second ?? { captures: [], comparison: null, report: null } },
        'compare',
      );
    case 'giveAgain':
      return {
        ...state,
        second: { ...(state.second ?? { comparison: null, report: null }), captures: action.captures },
        message: action.message,
      };
    case 'compared': {
      const { captures, comparison, report, message, isAside = false } = action;
      const to = isAside ? state.screen : 'compare';
      return { ...go({ ...state, second: { captures, comparison, report } }, to), message };
    }
    case 'dropSecond':
      return { ...state, second: null };
  }
}
