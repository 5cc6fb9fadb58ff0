import type { Deeds, Hands } from '../hands.ts';
import type { MouseReport } from '../input/mouse-reports.ts';
import { bindingsOn, type Deed } from '../keys.ts';
import { lastLine, statusLine } from '../parts/bottom-lines.ts';

export const mouseDeeds = {
  mouse: ({ act, state }) => {
    act({ do: 'mouse' });
    const says = state().mouse
      ? 'The mouse is on: a click chooses, a second one opens. Your terminal selects text with Shift held down.'
      : 'The mouse is off.';
    act({ do: 'say', message: says });
  },
} satisfies Deeds;

/** Rows that the wheel moves a text by. */
const WHEEL = 3;

/** Does what a report of the mouse stands for, and gives back the key of the help line that was clicked. */
export function point(hands: Hands, { does, column, row }: MouseReport): string | undefined {
  const { act, look, state, height, width } = hands;
  const { prompt, screen } = state();
  if (prompt) return undefined;
  const seen = look(state());
  const rows = seen.rows.length;
  if (does !== 'click' && seen.items > 0 && rows <= height()) {
    // All of it is in the window, or the screen shows a page of its list: the chosen line moves.
    hands.perform(does === 'wheelUp' ? 'up' : 'down');
    return undefined;
  }
  if (does !== 'click') {
    act({ do: 'scroll', by: does === 'wheelUp' ? -WHEEL : WHEEL, rows, height: height() });
    return undefined;
  }
  // Below the title the rows, then the tabs, then the keys.
  const at = row - 1;
  if (at >= 0 && at < height()) {
    const offset = Math.min(state().offset[screen], Math.max(0, rows - height()));
    const item = seen.rows.slice(offset + at, offset + at + 1)[0]?.item;
    if (item !== undefined) chooseItem(hands, item);
  }
  const isAt = ({ from, to }: { from: number; to: number }) => column >= from && column < to;
  if (at === height()) {
    const tab = statusLine(seen, state(), width()).spots.find(isAt);
    if (tab) hands.openTab(tab.is);
  }
  return at === height() + 1 ? lastLine(seen, state(), width()).spots.find(isAt)?.is : undefined;
}

/** The first click chooses a line, the next does what Enter, or else Space, does there. */
function chooseItem({ act, look, state, perform }: Hands, item: number): void {
  const { screen, cursor } = state();
  if (cursor[screen] !== item) return act({ do: 'point', to: item });
  const { deeds } = look(state());
  const does = AGAIN.find(
    (deed) => bindingsOn(screen).some((one) => one.deed === deed) && (!deeds || deeds.includes(deed)),
  );
  if (does) perform(does);
}

const AGAIN: readonly Deed[] = ['choose', 'tick', 'markDone'];
