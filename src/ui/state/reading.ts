import type { Place } from './place.ts';

/** How the findings, their evidence and the exports are read. */
export type Reading = {
  readonly redact: boolean;
  /** What was searched last. */
  readonly search: string;
};

export type Read = { readonly do: 'redact' } | { readonly do: 'search'; readonly text: string };

export const unread: Reading = { redact: false, search: '' };

export function read<S extends Place & Reading>(state: S, action: Read): S {
  switch (action.do) {
    case 'redact':
      return {
        ...state,
        redact: !state.redact,
        message: state.redact
          ? 'The real values are shown.'
          : 'Addresses and names are replaced by stand-ins.',
      };
    case 'search':
      return { ...state, search: action.text };
  }
}
