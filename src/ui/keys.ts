/** The screens, and what keys do on each: the help line, the help page and the README come from this table. */
export const screenNames = ['start', 'complaint', 'findings', 'evidence', 'plan', 'export', 'help'] as const;
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
  | 'openFile'
  | 'demo'
  | 'askComplaint'
  | 'findings'
  | 'evidence'
  | 'plan'
  | 'export'
  | 'next'
  | 'previous'
  | 'strange'
  | 'search'
  | 'nextTab'
  | 'copy'
  | 'write'
  | 'redact'
  | 'standIns';

export type Binding = {
  readonly on: readonly ScreenName[] | 'all';
  /** As a person reads them; arrows and the like by name. */
  readonly keys: readonly string[];
  readonly deed: Deed;
  readonly label: string;
  /** Shown in the help line at the bottom, while there is room. */
  readonly isShown?: boolean;
};

const LISTS = ['start', 'complaint', 'findings'] as const;
const MARKED = ['evidence', 'plan', 'export'] as const;
const TEXTS = ['findings', 'evidence', 'plan', 'export'] as const;

export const bindings: readonly Binding[] = [
  { on: ['start'], keys: ['o'], deed: 'openFile', label: 'open file', isShown: true },
  { on: ['start'], keys: ['d'], deed: 'demo', label: 'built-in case', isShown: true },
  { on: ['start', 'findings'], keys: ['c'], deed: 'askComplaint', label: 'what do you see?', isShown: true },
  { on: ['start'], keys: ['f'], deed: 'findings', label: 'findings', isShown: true },
  { on: LISTS, keys: ['enter'], deed: 'choose', label: 'choose', isShown: true },
  { on: ['findings', 'plan'], keys: ['e'], deed: 'evidence', label: 'evidence', isShown: true },
  { on: ['findings', 'evidence'], keys: ['p'], deed: 'plan', label: 'plan', isShown: true },
  { on: ['findings', 'evidence', 'plan'], keys: ['x'], deed: 'export', label: 'export', isShown: true },
  { on: MARKED, keys: ['n'], deed: 'next', label: 'next mark or match', isShown: true },
  { on: MARKED, keys: ['N'], deed: 'previous', label: 'previous mark or match' },
  { on: ['evidence'], keys: ['u'], deed: 'strange', label: 'next line not understood', isShown: true },
  { on: MARKED, keys: ['/'], deed: 'search', label: 'search', isShown: true },
  {
    on: ['evidence', 'plan', 'export'],
    keys: ['tab'],
    deed: 'nextTab',
    label: 'next tab',
    isShown: true,
  },
  { on: ['plan', 'export'], keys: ['y'], deed: 'copy', label: 'copy', isShown: true },
  { on: ['plan', 'export'], keys: ['w'], deed: 'write', label: 'write', isShown: true },
  { on: ['export'], keys: ['r'], deed: 'redact', label: 'redact', isShown: true },
  { on: ['export'], keys: ['s'], deed: 'standIns', label: 'what stands for what', isShown: true },
  { on: ['findings'], keys: ['o'], deed: 'openFile', label: 'open more' },
  { on: 'all', keys: ['down', 'j'], deed: 'down', label: 'down' },
  { on: 'all', keys: ['up', 'k'], deed: 'up', label: 'up' },
  { on: 'all', keys: ['pageDown', 'space'], deed: 'pageDown', label: 'page down' },
  { on: 'all', keys: ['pageUp', 'b'], deed: 'pageUp', label: 'page up' },
  { on: 'all', keys: ['g', 'home'], deed: 'top', label: 'top' },
  { on: 'all', keys: ['G', 'end'], deed: 'bottom', label: 'bottom' },
  { on: TEXTS, keys: ['right', 'l'], deed: 'right', label: 'the rest of long lines' },
  { on: TEXTS, keys: ['left', 'h'], deed: 'left', label: 'back to their beginning' },
  { on: 'all', keys: ['esc'], deed: 'back', label: 'back' },
  { on: 'all', keys: ['?'], deed: 'help', label: 'all keys' },
  { on: 'all', keys: ['ctrl-z'], deed: 'suspend', label: 'suspend' },
  { on: 'all', keys: ['q', 'ctrl-c'], deed: 'quit', label: 'quit' },
];

export function deedOf(screen: ScreenName, key: string): Deed | undefined {
  return bindingsOn(screen).find(({ keys }) => keys.includes(key))?.deed;
}

export function bindingsOn(screen: ScreenName): readonly Binding[] {
  return bindings.filter(({ on }) => on === 'all' || on.includes(screen));
}

/** The most useful keys of a screen that fit in one line; how to get help and out always do. */
export function helpLine(screen: ScreenName, width: number): string {
  const always = ['esc back', '? keys', 'q quit'];
  let line: string[] = [];
  for (const { keys, label, isShown } of bindingsOn(screen)) {
    const next = [...line, `${keys[0]} ${label}`];
    if (isShown && [...next, ...always].join('  ').length <= width) line = next;
  }
  return [...line, ...always].join('  ').slice(0, width);
}
