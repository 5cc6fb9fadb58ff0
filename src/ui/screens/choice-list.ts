import { wrap } from '../../report/wrap.ts';
import { blank, type Row, row } from '../parts/rows.ts';
import type { Screen, View } from './screen.ts';
import { chosen } from './start.ts';

export type Question = {
  readonly title: string;
  readonly asks: string;
  /** What is to be known of the answers. */
  readonly notes: readonly string[];
  readonly answers: readonly { readonly says: string }[];
};

/** A question on the screen of collecting, with its answers to choose from: the part of them that fits, and how many there are. */
export function choiceScreen(
  { state, width, height }: View,
  { title, asks, notes, answers }: Question,
): Screen {
  const at = Math.min(state.cursor.collect, answers.length - 1);
  const said = state.sought === '' ? notes : [`Only with "${state.sought}"; Esc shows all again.`];
  const head = [
    ...wrap(asks, width).map((line) => row(line, 'title')),
    ...said.flatMap((note) => wrap(note, width)).map((line) => row(line, 'faint')),
    blank,
  ].slice(0, Math.max(1, height - LEAST));
  const list = answers.map(({ says }, index) =>
    chosen(`${index < 9 ? index + 1 : ' '}  ${says}`, index === at, index),
  );
  return {
    title: `Collect: ${title}`,
    rows: [...head, ...around(list, at, height - head.length)],
    items: answers.length,
    tabs: [],
    deeds: ['choose', 'number', 'seek'],
  };
}

/** Rows of a list that are always seen. */
export const LEAST = 3;

/** The page of a list that holds the chosen line, so that rows stay under a mouse; and how much of it is not seen. */
export function around(list: readonly Row[], at: number, room: number): Row[] {
  if (list.length <= room) return [...list];
  const size = Math.max(1, room - 1);
  const from = Math.max(0, Math.min(at - (at % size), list.length - size));
  return [
    ...list.slice(from, from + size),
    row(`  (${from + 1} to ${Math.min(list.length, from + size)} of ${list.length})`, 'faint'),
  ];
}

/** All of the words, wherever they stand. */
export function hasWords(text: string, sought: string): boolean {
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));
}
