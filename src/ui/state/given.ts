import type { Capture } from '../../model/capture.ts';
import type { Report } from '../../model/report.ts';
import type { Complaint } from '../../model/sighting.ts';
import { go, type Place, walk } from './place.ts';

/** What the person gave, and what came of it. */
export type Given = {
  readonly captures: readonly Capture[];
  readonly complaint: Complaint | null;
  /** Of what was given when it was last examined. */
  readonly report: Report | null;
  /** Captures that may be of either machine: the person is asked, of the first one now. */
  readonly unplaced: readonly string[];
  /** Those of which was asked, whatever the answer. */
  readonly asked: readonly string[];
};

export type Give =
  | { readonly do: 'askSide'; readonly name: string }
  /** Answered, or not known. */
  | { readonly do: 'sideTold' }
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

export const nothingGiven: Given = { captures: [], complaint: null, report: null, unplaced: [], asked: [] };

export function take<S extends Place & Given>(state: S, action: Give): S {
  if (action.do === 'askSide') return ask(state, action.name);
  if (action.do === 'sideTold') return told(state);
  const { captures, complaint, message } = action;
  if (action.do === 'give') return { ...state, ...askedOf(state, captures), captures, complaint, message };
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

/** Another one may wait for its answer. */
function ask<S extends Place & Given>(state: S, name: string): S {
  const { unplaced, asked } = state;
  const isFirst = unplaced.length === 0;
  return {
    ...go(state, 'side'),
    unplaced: [...unplaced, name],
    asked: [...asked, name],
    cursor: isFirst ? { ...state.cursor, side: 0 } : state.cursor,
  };
}

function told<S extends Place & Given>(state: S): S {
  const unplaced = state.unplaced.slice(1);
  const next = { ...state, unplaced, cursor: { ...state.cursor, side: 0 } };
  return unplaced.length > 0 ? next : walk(next, { do: 'back' });
}

/** One that was taken back, or that another case does not have, is asked of no more. */
function askedOf(
  { unplaced, asked }: Given,
  captures: readonly Capture[],
): Pick<Given, 'unplaced' | 'asked'> {
  const isThere = (name: string) => captures.some((capture) => capture.name === name);
  return { unplaced: unplaced.filter(isThere), asked: asked.filter(isThere) };
}
