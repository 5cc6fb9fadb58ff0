import type {
  Collected,
  CollectedMachine,
  CollectionEvent,
  CollectionOf,
  CollectionPlan,
  CollectionStep,
} from '../../model/collection.ts';
import type { Place } from './place.ts';

/**
 * How far a collection is: nothing named yet; waiting for the yes to connect; reaching the machines; waiting for the
 * choice of a VM; filling the commands; waiting for the yes to run them; running; being stopped; ended.
 */
export type Stage =
  | 'none'
  | 'ask-reach'
  | 'reaching'
  | 'ask-vm'
  | 'planning'
  | 'ask-run'
  | 'running'
  | 'stopping'
  | 'ended'
  | 'failed';

/** A command that runs or ran: what is in the command log. */
export type Logged = CollectionStep & {
  /** `exit 0`, `missing`, `stopped`; not there while it runs. */
  readonly outcome?: string;
  readonly milliseconds?: number;
  readonly bytes?: number;
};

export type Collecting = {
  readonly stage: Stage;
  readonly of: CollectionOf;
  readonly machines: readonly CollectedMachine[];
  /** The VM that was chosen; null: none of them. */
  readonly vm: string | null;
  readonly tcpdump: boolean;
  readonly plan: CollectionPlan | null;
  /** Commands that the person has taken out, by `keyOf`. */
  readonly unticked: readonly string[];
  /** How many commands the log held when the run began, and how many it runs. */
  readonly from: number;
  readonly runs: number;
  readonly collected: Collected | null;
  /** Why it failed, in a sentence. */
  readonly failure: string;
  /** What this machine is, once it was looked at. */
  readonly here: CollectedMachine | null;
  /** This machine has nothing to do with it: pasting is offered first. Settled once, lest the list moves under a finger. */
  readonly isElsewhere: boolean;
  readonly log: readonly Logged[];
};

export type Collect =
  | { readonly do: 'aim'; readonly of: CollectionOf }
  | { readonly do: 'stage'; readonly stage: Stage }
  | { readonly do: 'run'; readonly runs: number }
  | { readonly do: 'reached'; readonly machines: readonly CollectedMachine[] }
  | { readonly do: 'chooseVm'; readonly vm: string | null }
  | { readonly do: 'planned'; readonly plan: CollectionPlan }
  | { readonly do: 'tick'; readonly key: string }
  | { readonly do: 'tcpdump' }
  | { readonly do: 'collected'; readonly collected: Collected }
  | { readonly do: 'failed'; readonly says: string }
  | { readonly do: 'told'; readonly event: CollectionEvent };

export const notCollecting: Collecting = {
  stage: 'none',
  of: {},
  machines: [],
  vm: null,
  tcpdump: false,
  plan: null,
  unticked: [],
  from: 0,
  runs: 0,
  collected: null,
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
        here: state.here,
        isElsewhere: state.isElsewhere,
        log: state.log,
        of: action.of,
        stage: isOverSsh(action.of) ? 'ask-reach' : 'reaching',
        cursor: { ...state.cursor, collect: 0 },
      };
    case 'stage':
      return { ...state, stage: action.stage };
    case 'run':
      return { ...state, stage: 'running', from: state.log.length, runs: action.runs, failure: '' };
    case 'reached':
      return reached(state, action.machines);
    case 'chooseVm':
      return { ...state, vm: action.vm, stage: 'planning', cursor: { ...state.cursor, collect: 0 } };
    case 'planned':
      return { ...state, plan: action.plan, stage: 'ask-run', message: '' };
    case 'tick':
      return {
        ...state,
        unticked: state.unticked.includes(action.key)
          ? state.unticked.filter((key) => key !== action.key)
          : [...state.unticked, action.key],
      };
    case 'tcpdump':
      return { ...state, tcpdump: !state.tcpdump, stage: 'planning' };
    case 'collected':
      return { ...state, collected: action.collected, stage: 'ended' };
    case 'failed':
      return { ...state, failure: action.says, stage: 'failed' };
    case 'told':
      return told(state, action.event);
  }
}

function reached<S extends Place & Collecting>(state: S, machines: readonly CollectedMachine[]): S {
  const hosts = machines.filter(({ machine, survey }) => machine === 'host' && survey.vms.length > 0);
  const here = isOverSsh(state.of) ? state.here : (machines[0] ?? null);
  return {
    ...state,
    machines,
    here,
    isElsewhere:
      state.isElsewhere || (state.cursor.start === 0 && here !== null && hasNothingToDoWithIt(here)),
    stage: hosts.length > 0 ? 'ask-vm' : 'planning',
  };
}

export function isOverSsh({ guest, host }: CollectionOf): boolean {
  return guest !== undefined || host !== undefined;
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
