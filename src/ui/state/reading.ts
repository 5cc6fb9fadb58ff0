import type { Place } from './place.ts';

/** How the findings, their evidence and the exports are read. */
export type Reading = {
  readonly redact: boolean;
  /** The export screen lists what redaction put in the place of what. */
  readonly showsStandIns: boolean;
  /** What was searched last. */
  readonly search: string;
};

export type Read =
  | { readonly do: 'redact' }
  | { readonly do: 'standIns' }
  | { readonly do: 'search'; readonly text: string };

export const unread: Reading = { redact: false, showsStandIns: false, search: '' };

export function read<S extends Place & Reading>(state: S, action: Read): S {
  switch (action.do) {
    case 'redact':
      return {
        ...state,
        redact: !state.redact,
        showsStandIns: false,
        mark: null,
        message: state.redact
          ? 'The real values are shown.'
          : 'Addresses and names are replaced by stand-ins.',
      };
    case 'standIns':
      return {
        ...state,
        redact: true,
        showsStandIns: !state.showsStandIns,
        offset: { ...state.offset, export: 0 },
        mark: null,
        message: '',
      };
    case 'search':
      return { ...state, search: action.text };
  }
}
