import type { Finding } from '../../model/report.ts';
import { chosenFinding } from '../chosen.ts';
import { type ScreenName, screenNames } from '../keys.ts';
import { type Prompt, prompts } from '../prompt.ts';
import type { State } from '../state.ts';

/** How the app stood, as it is kept: everything small that a person typed, chose or went to. */
type View = Pick<
  State,
  | 'trail'
  | 'cursor'
  | 'offset'
  | 'tab'
  | 'mark'
  | 'left'
  | 'redact'
  | 'showsStandIns'
  | 'search'
  | 'filter'
  | 'unplaced'
  | 'asked'
  | 'prompt'
>;

/** What a reader makes of what another program, or another version of this one, has written; undefined: not that. */
type Reader<T> = (given: unknown) => T | undefined;

const READERS: { readonly [K in keyof View]: Reader<View[K]> } = {
  trail: (given) => (Array.isArray(given) ? given.filter(isScreen) : undefined),
  cursor: byScreen,
  offset: byScreen,
  tab: byScreen,
  mark: orNull(count),
  left: count,
  redact: flag,
  showsStandIns: flag,
  search: text,
  filter: text,
  unplaced: texts,
  asked: texts,
  prompt: orNull(prompt),
};
export const VIEWED = Object.keys(READERS) as readonly (keyof View)[];

export function viewOf(state: State): Record<string, unknown> {
  const finding = chosenFinding(state);
  return {
    ...Object.fromEntries(VIEWED.map((key) => [key, state[key]])),
    prompt: state.prompt && { ...state.prompt, text: state.prompt.text.slice(0, LONGEST) },
    ...(finding && { finding: findingName(finding) }),
  };
}

/** What of it is understood. */
export function readView(given: Readonly<Record<string, unknown>>): Partial<View> {
  const read = VIEWED.map((key) => [key, READERS[key](given[key])] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

/** Another diagnosis may rank them otherwise. */
export function findingName({ fault, nic }: Finding): string {
  return `${fault} ${nic}`;
}

export function isScreen(given: unknown): given is ScreenName {
  return screenNames.some((name) => name === given);
}

/** UTF-16 units of a line that is typed; whatever is longer was no line. */
const LONGEST = 10_000;

function byScreen(given: unknown): State['cursor'] | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const counts = screenNames.map((name) => [name, count((given as Record<string, unknown>)[name]) ?? 0]);
  return Object.fromEntries(counts) as State['cursor'];
}

function count(given: unknown): number | undefined {
  return Number.isSafeInteger(given) && (given as number) >= 0 ? (given as number) : undefined;
}

function flag(given: unknown): boolean | undefined {
  return typeof given === 'boolean' ? given : undefined;
}

function text(given: unknown): string | undefined {
  return typeof given === 'string' ? given.slice(0, LONGEST) : undefined;
}

function texts(given: unknown): readonly string[] | undefined {
  return Array.isArray(given) ? given.filter((one) => typeof one === 'string') : undefined;
}

function orNull<T>(reader: Reader<T>): Reader<T | null> {
  return (given) => (given === null ? null : reader(given));
}

function prompt(given: unknown): Prompt | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { asks, label, text: typed, at, mayBeEmpty, guest } = given as Record<string, unknown>;
  const known = prompts.find((name) => name === asks);
  if (!known || typeof label !== 'string' || typeof typed !== 'string') return undefined;
  return {
    asks: known,
    label,
    text: typed,
    at: Math.min(count(at) ?? typed.length, typed.length),
    ...(mayBeEmpty === true && { mayBeEmpty }),
    ...(typeof guest === 'string' && { guest }),
  };
}
