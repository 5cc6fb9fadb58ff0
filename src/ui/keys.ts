/** The screens, and what keys do on each: the help line, the help page and the README come from this table. */
export const screenNames = [
  'start',
  'complaint',
  'side',
  'collect',
  'log',
  'findings',
  'ask',
  'evidence',
  'plan',
  'compare',
  'export',
  'help',
] as const;
export type ScreenName = (typeof screenNames)[number];

export type Deed =
  | 'up'
  | 'down'
  | 'pageUp'
  | 'pageDown'
  | 'top'
  | 'bottom'
  | 'left'
  | 'right'
  | 'choose'
  | 'back'
  | 'quit'
  | 'help'
  | 'suspend'
  | 'mouse'
  | 'openFile'
  | 'demo'
  | 'takeBack'
  | 'lookHere'
  | 'lookAtVms'
  | 'lookOverSsh'
  | 'yes'
  | 'tick'
  | 'tcpdump'
  | 'disturbing'
  | 'monitor'
  | 'seek'
  | 'stop'
  | 'again'
  | 'log'
  | 'askComplaint'
  | 'findings'
  | 'evidence'
  | 'ask'
  | 'plan'
  | 'export'
  | 'next'
  | 'previous'
  | 'strange'
  | 'search'
  | 'filter'
  | 'nextTab'
  | 'previousTab'
  | 'number'
  | 'copy'
  | 'copyAll'
  | 'markDone'
  | 'write'
  | 'redact'
  | 'edit'
  | 'page'
  | 'checkAgain'
  | 'collectAgain'
  | 'dropSecond'
  | 'standIns';

export type Binding = {
  readonly on: readonly ScreenName[] | 'all';
  /** As a person reads them; arrows and the like by name. */
  readonly keys: readonly string[];
  /** Where the keys are too many to name each. */
  readonly shownAs?: string;
  readonly deed: Deed;
  readonly label: string;
  /** Shown in the help line at the bottom, while there is room. */
  readonly isShown?: boolean;
};

const MARKED = ['evidence', 'plan', 'export', 'help'] as const;
const TEXTS = ['findings', 'ask', 'evidence', 'plan', 'compare', 'export'] as const;
const UNMARKED = screenNames.filter((name) => name !== 'plan' && name !== 'collect');
const TABBED = ['findings', 'evidence', 'plan', 'export'] as const;

export const bindings: readonly Binding[] = [
  { on: ['collect'], keys: ['y'], deed: 'yes', label: 'yes', isShown: true },
  { on: ['collect'], keys: ['space'], deed: 'tick', label: 'tick', isShown: true },
  { on: ['collect'], keys: ['s'], deed: 'stop', label: 'stop', isShown: true },
  { on: ['collect'], keys: ['r'], deed: 'again', label: 'run the rest or again', isShown: true },
  { on: ['collect'], keys: ['/'], deed: 'seek', label: 'filter or name', isShown: true },
  { on: ['collect'], keys: ['t'], deed: 'tcpdump', label: 'tcpdump', isShown: true },
  { on: ['collect'], keys: ['d'], deed: 'disturbing', label: 'what disturbs', isShown: true },
  { on: ['collect'], keys: ['m'], deed: 'monitor', label: 'monitor', isShown: true },
  { on: ['collect'], keys: ['L'], deed: 'log', label: 'command log', isShown: true },
  { on: ['start', 'findings'], keys: ['L'], deed: 'log', label: 'command log' },
  { on: ['start'], keys: ['o'], deed: 'openFile', label: 'open file', isShown: true },
  { on: ['start'], keys: ['d'], deed: 'demo', label: 'built-in case', isShown: true },
  { on: ['start'], keys: ['c'], deed: 'askComplaint', label: 'what do you see?', isShown: true },
  { on: ['start', 'ask'], keys: ['f'], deed: 'findings', label: 'findings', isShown: true },
  {
    on: ['start', 'complaint', 'side', 'collect'],
    keys: ['enter'],
    deed: 'choose',
    label: 'choose',
    isShown: true,
  },
  { on: ['start', 'findings'], keys: ['u'], deed: 'takeBack', label: 'take the last paste back' },
  { on: ['findings', 'ask'], keys: ['enter'], deed: 'choose', label: 'evidence; copy' },
  { on: ['findings', 'plan', 'ask'], keys: ['e'], deed: 'evidence', label: 'evidence', isShown: true },
  { on: ['findings', 'evidence', 'ask'], keys: ['p'], deed: 'plan', label: 'plan', isShown: true },
  { on: ['findings', 'evidence', 'plan'], keys: ['a'], deed: 'ask', label: 'run next', isShown: true },
  { on: ['plan'], keys: ['space', 'm'], deed: 'markDone', label: 'done', isShown: true },
  {
    on: ['findings', 'ask', 'plan', 'compare', 'export', 'log'],
    keys: ['y'],
    deed: 'copy',
    label: 'copy',
    isShown: true,
  },
  { on: ['plan'], keys: ['Y'], deed: 'copyAll', label: 'copy all', isShown: true },
  { on: ['plan', 'export', 'log'], keys: ['w'], deed: 'write', label: 'write', isShown: true },
  { on: ['findings', 'ask'], keys: ['w'], deed: 'write', label: 'write the report' },
  { on: ['findings', 'plan'], keys: ['r'], deed: 'checkAgain', label: 'check again', isShown: true },
  { on: ['compare'], keys: ['enter'], deed: 'choose', label: 'go on with these', isShown: true },
  { on: ['compare'], keys: ['r'], deed: 'collectAgain', label: 'collect again', isShown: true },
  { on: ['compare'], keys: ['d'], deed: 'dropSecond', label: 'drop them', isShown: true },
  { on: ['compare'], keys: ['p'], deed: 'plan', label: 'plan', isShown: true },
  { on: ['export'], keys: ['r'], deed: 'redact', label: 'redact', isShown: true },
  { on: ['export'], keys: ['E'], deed: 'edit', label: 'edit', isShown: true },
  { on: ['export'], keys: ['s'], deed: 'standIns', label: 'stand-ins', isShown: true },
  {
    on: ['findings', 'evidence', 'plan', 'ask'],
    keys: ['x'],
    deed: 'export',
    label: 'export',
    isShown: true,
  },
  { on: ['evidence'], keys: ['n'], deed: 'next', label: 'next mark', isShown: true },
  { on: ['plan', 'export', 'help'], keys: ['n'], deed: 'next', label: 'next match' },
  { on: MARKED, keys: ['N'], deed: 'previous', label: 'the one before' },
  { on: ['evidence'], keys: ['u'], deed: 'strange', label: 'not understood', isShown: true },
  { on: MARKED, keys: ['/'], deed: 'search', label: 'search', isShown: true },
  { on: ['findings'], keys: ['/'], deed: 'filter', label: 'filter', isShown: true },
  { on: TABBED, keys: ['tab'], deed: 'nextTab', label: 'next tab or section', isShown: true },
  { on: TABBED, keys: ['shift-tab'], deed: 'previousTab', label: 'the one before' },
  {
    on: ['start', 'complaint', 'side', 'collect', 'findings', 'ask', 'evidence', 'plan', 'export'],
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shownAs: '1-9',
    deed: 'number',
    label: 'line or tab of that number',
  },
  { on: ['findings'], keys: ['c'], deed: 'askComplaint', label: 'what do you see?' },
  { on: ['findings', 'ask'], keys: ['o'], deed: 'openFile', label: 'open more' },
  { on: ['compare'], keys: ['o'], deed: 'openFile', label: 'open file', isShown: true },
  { on: TEXTS, keys: ['v'], deed: 'page', label: 'view in your pager' },
  { on: 'all', keys: ['down', 'j'], deed: 'down', label: 'down' },
  { on: 'all', keys: ['up', 'k'], deed: 'up', label: 'up' },
  { on: 'all', keys: ['pageDown'], deed: 'pageDown', label: 'page down' },
  { on: UNMARKED, keys: ['space'], deed: 'pageDown', label: 'page down' },
  { on: 'all', keys: ['pageUp', 'b'], deed: 'pageUp', label: 'page up' },
  { on: 'all', keys: ['g', 'home'], deed: 'top', label: 'top' },
  { on: 'all', keys: ['G', 'end'], deed: 'bottom', label: 'bottom' },
  { on: TEXTS, keys: ['right', 'l'], deed: 'right', label: 'the rest of long lines' },
  { on: TEXTS, keys: ['left', 'h'], deed: 'left', label: 'back to their beginning' },
  { on: 'all', keys: ['esc'], deed: 'back', label: 'back' },
  { on: 'all', keys: ['?'], deed: 'help', label: 'all keys' },
  { on: 'all', keys: ['M'], deed: 'mouse', label: 'mouse on or off' },
  { on: 'all', keys: ['ctrl-z'], deed: 'suspend', label: 'suspend' },
  { on: 'all', keys: ['q', 'ctrl-c'], deed: 'quit', label: 'quit' },
];

export function deedOf(screen: ScreenName, key: string): Deed | undefined {
  return bindingsOn(screen).find(({ keys }) => keys.includes(key))?.deed;
}

export function bindingsOn(screen: ScreenName): readonly Binding[] {
  return bindings.filter(({ on }) => on === 'all' || on.includes(screen));
}
