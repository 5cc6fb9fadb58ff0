import type { Capture } from '../../model/capture.ts';
import type { Report } from '../../model/report.ts';
import type { Complaint } from '../../model/sighting.ts';
import { go, type Place } from './place.ts';

/** What the person gave, and what came of it. */
export type Given = {
  readonly captures: readonly Capture[];
  readonly complaint: Complaint | null;
  /** Of what was given when it was last examined. */
  readonly report: Report | null;
  /** A capture that may be of either machine: the person is asked. */
  readonly unplaced: string | null;
};

export type Give =
  | { readonly do: 'askSide'; readonly name: string }
  /** Given, and not yet examined. */
  | {
      readonly do: 'give';
      readonly captures: readonly Capture[];
      readonly complaint: Complaint | null;
      readonly message: string;
    }
  | {
      readonly do: 'examined';
      readonly captures: readonly Capture[];
      readonly complaint: Complaint | null;
      readonly report: Report;
      readonly message: string;
    };

export const nothingGiven: Given = { captures: [], complaint: null, report: null, unplaced: null };

export function take<S extends Place & Given>(state: S, action: Give): S {
  if (action.do === 'askSide')
    return { ...go(state, 'side'), unplaced: action.name, cursor: { ...state.cursor, side: 0 } };
  const { captures, complaint, message } = action;
  if (action.do === 'give') return { ...state, captures, complaint, message };
  const isAtStart = (state.screen === 'start' || state.screen === 'complaint') && captures.length > 0;
  return {
    ...go(state, isAtStart ? 'findings' : state.screen),
    captures,
    complaint,
    report: action.report,
    message,
    // Before the first report nobody has chosen: a session that is gone on with has its choice of before.
    cursor: state.report ? { ...state.cursor, findings: 0 } : state.cursor,
  };
}
