import type { Hands } from '../hands.ts';
import type { Screen } from '../screens/screen.ts';
import { matchesIn } from '../search.ts';

/** n and N: through what was searched; while nothing is, through the marks of the screen. */
export function jumpOn(hands: Hands, direction: 1 | -1): void {
  const { state, look } = hands;
  const screen = look(state());
  const { search } = state();
  if (search !== '')
    return jump(hands, matchesIn(screen.rows, search), direction, 'Match', 'Esc: marks again');
  jump(hands, screen.marks ?? [], direction, screen.markName ?? 'Mark');
}

export function jumpToFirst(hands: Hands, rows: readonly number[], name: string): void {
  const [first] = rows;
  if (first !== undefined) goTo(hands, rows, first, name);
}

/** From the place of the last jump, or from the window's top where a person has scrolled away from it. */
export function jump(
  hands: Hands,
  rows: readonly number[],
  direction: 1 | -1,
  name: string,
  hint = '',
): void {
  const { mark, offset, screen } = hands.state();
  const at = mark ?? (direction === 1 ? offset[screen] - 1 : offset[screen]);
  const target =
    direction === 1
      ? (rows.find((row) => row > at) ?? rows[0])
      : (rows.findLast((row) => row < at) ?? rows.at(-1));
  if (target === undefined) return hands.act({ do: 'say', message: `${name}: there is none.` });
  goTo(hands, rows, target, name, hint);
}

/** The mark goes to the third row of the window, so that what stands before it is seen too. */
function goTo({ act, look, state }: Hands, rows: readonly number[], row: number, name: string, hint = '') {
  act({ do: 'jump', to: row - 2, mark: row });
  const where = placeIn(look(state()), row);
  act({
    do: 'say',
    message: `${name} ${rows.indexOf(row) + 1} of ${rows.length}${where}.${hint && ` ${hint}.`}`,
  });
}

/** Rows of captured text have their number in the gutter. */
function placeIn({ rows }: Screen, at: number): string {
  const number = rows.slice(at, at + 1)[0]?.gutter?.replace(/\D/g, '');
  return number ? `, line ${number}` : '';
}
