import type { EditedExport } from '../../model/session.ts';
import type { Place } from './place.ts';

/** How the findings, their evidence and the exports are read. */
export type Reading = {
  readonly redact: boolean;
  /** The export screen lists what redaction put in the place of what. */
  readonly showsStandIns: boolean;
  /** What was searched last; empty: nothing is looked for. */
  readonly search: string;
  /** What the person's editor made of an export, in this format and with or without redaction. */
  readonly edited: EditedExport | null;
  /** Only findings with these words are listed. */
  readonly filter: string;
  /** Steps of plans that the person marked as done, by names that another diagnosis does not change. */
  readonly done: readonly string[];
};

export type Read =
  | { readonly do: 'redact' }
  | { readonly do: 'standIns' }
  | { readonly do: 'search'; readonly text: string }
  | { readonly do: 'filter'; readonly text: string }
  | { readonly do: 'done'; readonly step: string }
  | { readonly do: 'edited'; readonly of: EditedExport };

export const unread: Reading = {
  redact: false,
  showsStandIns: false,
  search: '',
  edited: null,
  filter: '',
  done: [],
};

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
    case 'filter':
      return {
        ...state,
        filter: action.text,
        cursor: { ...state.cursor, findings: 0 },
        offset: { ...state.offset, findings: 0 },
      };
    case 'edited':
      return action.of.text.trim() === ''
        ? { ...state, edited: null, message: 'Nothing was left of it: this is the report as it was made.' }
        : {
            ...state,
            edited: action.of,
            message: 'Edited. An empty file brings the report back as it was made.',
          };
    case 'done': {
      const others = state.done.filter((step) => step !== action.step);
      return { ...state, done: others.length < state.done.length ? others : [...others, action.step] };
    }
  }
}
