import { wrap } from '../../report/wrap.ts';
import { helpParts } from '../key-words.ts';
import { promptText } from '../prompt.ts';
import type { Screen } from '../screens/screen.ts';
import type { State } from '../state.ts';
import { cellsOf } from './cells.ts';

/** A row of words, some of which the mouse may choose: the columns from and to, and what they stand for. */
export type Spots<T> = {
  readonly text: string;
  readonly spots: readonly { readonly from: number; readonly to: number; readonly is: T }[];
};

/** The keys; the end of a message that is longer than its row stands there until the next key. */
export function lastLine(screen: Screen, state: State, columns: number): Spots<string> {
  if (state.prompt) return { text: 'enter done  esc cancel', spots: [] };
  const message = messageLines(state, columns)[1];
  if (message !== undefined) return { text: message, spots: [] };
  const line = joined(helpParts(state.screen, columns, screen.deeds).map(({ key, says }) => [says, key]));
  return { ...line, text: line.text.slice(0, columns) };
}

/** What is being asked, or what was done and which tab is open. */
export function statusLine(screen: Screen, state: State, columns: number): Spots<number> {
  if (state.prompt) return { text: promptText(state.prompt, columns), spots: [] };
  const [first = '', second] = messageLines(state, columns);
  if (second !== undefined) return { text: first, spots: [] };
  const before = first && `${first}   `;
  const tabs = tabLine(screen, state, columns - cellsOf(before));
  return { text: (before + tabs.text).trimEnd(), spots: shifted(tabs.spots, cellsOf(before)) };
}

function messageLines({ message }: State, columns: number): string[] {
  const lines = wrap(message, columns);
  const [first = '', second, third] = lines;
  return third === undefined ? lines : [first, `${(second ?? '').slice(0, columns - 2)} \u2026`];
}

type Part<T> = readonly [string, T];

/** All tabs, or the open one with as many of its neighbours as fit, and how many there are. */
function tabLine({ tabs }: Screen, state: State, width: number): Spots<number> {
  if (tabs.length < 2) return { text: '', spots: [] };
  const open = state.tab[state.screen] % tabs.length;
  const parts = tabs.map((name, index): Part<number> => [index === open ? `[${name}]` : name, index]);
  const all = joined(parts);
  if (cellsOf(all.text) <= width) return all;
  let from = open;
  let to = open + 1;
  const line = (first: number, last: number) => {
    const before = first > 0 && last - first > 1 ? '\u2026 ' : '';
    const some = joined(parts.slice(first, last));
    const after = last < tabs.length && last - first > 1 ? ' \u2026' : '';
    return {
      text: `${before}${some.text}${after} ${open + 1} of ${tabs.length}`,
      spots: shifted(some.spots, before.length),
    };
  };
  for (;;) {
    const isWider = (first: number, last: number) =>
      first >= 0 && last <= tabs.length && cellsOf(line(first, last).text) <= width;
    if (isWider(from, to + 1)) to++;
    else if (isWider(from - 1, to)) from--;
    else return line(from, to);
  }
}

function joined<T>(parts: readonly Part<T>[]): Spots<T> {
  let text = '';
  const spots = parts.map(([says, is]) => {
    text += text === '' ? '' : '  ';
    const from = cellsOf(text);
    text += says;
    return { from, to: cellsOf(text), is };
  });
  return { text, spots };
}

function shifted<T>(spots: Spots<T>['spots'], by: number): Spots<T>['spots'] {
  return spots.map(({ from, to, is }) => ({ from: from + by, to: to + by, is }));
}
