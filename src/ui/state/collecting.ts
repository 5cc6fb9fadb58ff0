import type { Collected } from '../../model/collected.ts';
import type {
  CollectedMachine,
  CollectionChoices,
  CollectionEvent,
  CollectionOf,
  CollectionPlan,
  CollectionStep,
  TapChoice,
} from '../../model/collection.ts';
import { keyOf } from './key-of.ts';
import type { Place } from './place.ts';
import { isOverSsh, runsVms, type Stage } from './stage.ts';

/** A command that runs or ran: what is in the command log. */
export type Logged = CollectionStep & {
  /** `exit 0`, `missing`, `stopped`; not there while it runs. */
  readonly outcome?: string;
  readonly milliseconds?: number;
  readonly bytes?: number;
};

/** What the person chose: nothing at first, so that nothing is added by itself. */
export type Chosen = Pick<CollectionChoices, 'vm' | 'tcpdump' | 'tap' | 'allowSystemChanges' | 'monitor'>;

export type Collecting = {
  readonly stage: Stage;
  readonly of: CollectionOf;
  readonly machines: readonly CollectedMachine[];
  readonly choices: Chosen;
  /** Of a list to choose from only what has these words; a name that it does not have can be chosen too. */
  readonly sought: string;
  readonly plan: CollectionPlan | null;
  /** What was chosen when it was made. */
  readonly plannedWith: Chosen;
  /** What to listen on, as the last plan knew it. */
  readonly taps: readonly TapChoice[];
  /** Commands that the person has taken out, by `keyOf`. */
  readonly unticked: readonly string[];
  /** How many commands the log held when the run began, and how many it runs. */
  readonly from: number;
  readonly runs: number;
  readonly collected: Collected | null;
  /** Something was collected from these machines, now or before a session was left: it can be again. */
  readonly hasCollected: boolean;
  /** What was chosen before a session was left, for when its machines are looked at again. */
  readonly resumed: Resumed | null;
  /** Why it failed, in a sentence. */
  readonly failure: string;
  /** What this machine is, once it was looked at. */
  readonly here: CollectedMachine | null;
  /** This machine has nothing to do with it: pasting is offered first. Settled once, lest the list moves under a finger. */
  readonly isElsewhere: boolean;
  readonly log: readonly Logged[];
};

type Resumed = Pick<Collecting, 'choices' | 'unticked'>;

export type Collect =
  | { readonly do: 'aim'; readonly of: CollectionOf }
  | { readonly do: 'stage'; readonly stage: Stage }
  | { readonly do: 'run'; readonly runs: number }
  | { readonly do: 'reached'; readonly machines: readonly CollectedMachine[] }
  | { readonly do: 'decide'; readonly choices: Chosen }
  | { readonly do: 'seek'; readonly text: string }
  | { readonly do: 'planned'; readonly plan: CollectionPlan; readonly taps: readonly TapChoice[] }
  | { readonly do: 'tick'; readonly key: string }
  | { readonly do: 'collected'; readonly collected: Collected }
  | { readonly do: 'failed'; readonly says: string }
  | { readonly do: 'told'; readonly event: CollectionEvent };

export const notCollecting: Collecting = {
  stage: 'none',
  of: {},
  machines: [],
  choices: {},
  sought: '',
  plan: null,
  plannedWith: {},
  taps: [],
  unticked: [],
  from: 0,
  runs: 0,
  collected: null,
  hasCollected: false,
  resumed: null,
  failure: '',
  here: null,
  isElsewhere: false,
  log: [],
};

export function collect<S extends Place & Collecting>(state: S, action: Collect): S {
  switch (action.do) {
    case 'aim':
      return {
        ...state,
        ...notCollecting,
        ...(isSame(state.of, action.of) && { ...state.resumed, hasCollected: state.hasCollected }),
        here: state.here,
        isElsewhere: state.isElsewhere,
        log: state.log,
        of: action.of,
        stage: isOverSsh(action.of) ? 'ask-reach' : 'reaching',
        cursor: { ...state.cursor, collect: 0 },
        offset: { ...state.offset, collect: 0 },
      };
    case 'stage':
      return atTop({ ...state, stage: action.stage, sought: '' });
    case 'run':
      return { ...state, stage: 'running', from: state.log.length, runs: action.runs, failure: '' };
    case 'reached':
      return reached(state, action.machines);
    case 'decide':
      return { ...state, choices: action.choices, stage: 'planning', sought: '' };
    case 'seek':
      return atTop({ ...state, sought: action.text });
    case 'planned':
      return planned(state, action);
    case 'tick':
      return {
        ...state,
        unticked: state.unticked.includes(action.key)
          ? state.unticked.filter((key) => key !== action.key)
          : [...state.unticked, action.key],
      };
    case 'collected':
      return { ...state, collected: action.collected, hasCollected: true, stage: 'ended' };
    case 'failed':
      return failed(state, action.says);
    case 'told':
      return told(state, action.event);
  }
}

function isSame(a: CollectionOf, b: CollectionOf): boolean {
  return a.guest === b.guest && a.host === b.host && a.as === b.as;
}

/** Each question begins with its first line. */
function atTop<S extends Place>(state: S): S {
  return {
    ...state,
    cursor: { ...state.cursor, collect: 0 },
    offset: { ...state.offset, collect: 0 },
  };
}

/** What was added to the list is chosen, so that it is seen. */
function planned<S extends Place & Collecting>(
  state: S,
  { plan, taps }: Extract<Collect, { do: 'planned' }>,
): S {
  const before = state.plannedWith.vm === state.choices.vm ? state.plan?.probes.map(keyOf) : undefined;
  const added = before ? plan.probes.findIndex((probe) => !before.includes(keyOf(probe))) : 0;
  const next = atTop({ ...state, plan, plannedWith: state.choices, taps, stage: 'ask-run', message: '' });
  return { ...next, cursor: { ...next.cursor, collect: Math.max(0, added) } };
}

/** A choice that cannot be planned is taken back: the list of before still stands. */
function failed<S extends Place & Collecting>(state: S, says: string): S {
  return state.stage === 'planning' && state.plan !== null
    ? { ...state, choices: state.plannedWith, stage: 'ask-run', message: says }
    : { ...state, failure: says, stage: 'failed' };
}

function reached<S extends Place & Collecting>(state: S, machines: readonly CollectedMachine[]): S {
  const here = isOverSsh(state.of) ? state.here : (machines[0] ?? null);
  return {
    ...state,
    machines,
    here,
    isElsewhere:
      state.isElsewhere || (state.cursor.start === 0 && here !== null && hasNothingToDoWithIt(here)),
    stage: machines.some(runsVms) && state.choices.vm === undefined ? 'ask-vm' : 'planning',
  };
}

function hasNothingToDoWithIt({ survey }: CollectedMachine): boolean {
  return !survey.isGuest && survey.hypervisors.length === 0;
}

/** Steps overlap; the end of one finds its beginning. Of a very long log the oldest are let go. */
function told<S extends Collecting>(state: S, event: CollectionEvent): S {
  if (event.kind === 'started') {
    const lost = state.log.length < MOST_LOGGED ? 0 : 1;
    return { ...state, log: [...state.log.slice(lost), event.step], from: state.from - lost };
  }
  const { step, outcome, milliseconds, bytes } = event;
  const log = state.log.map((one) => (one === step ? { ...step, outcome, milliseconds, bytes } : one));
  return { ...state, log };
}

const MOST_LOGGED = 5000;
