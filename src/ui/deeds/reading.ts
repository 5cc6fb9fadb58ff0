import type { Deeds, Hands } from '../hands.ts';
import { cellsOf } from '../parts/cells.ts';
import { GAP } from '../parts/columns.ts';
import { ask } from '../prompt.ts';
import { chosenStep } from '../screens/plan.ts';
import { jump, jumpOn, jumpToFirst } from './jump.ts';

/** What is done where findings, evidence, plans and exports are read. */
export const readingDeeds = {
  findings: ({ act }) => act({ do: 'go', to: 'findings' }),
  ask: ({ act }) => act({ do: 'go', to: 'ask' }),
  evidence: (hands) => {
    hands.act({ do: 'go', to: 'evidence' });
    toFirstMark(hands);
  },
  plan: ({ act }) => act({ do: 'go', to: 'plan' }),
  export: ({ act }) => act({ do: 'go', to: 'export' }),
  next: (hands) => jumpOn(hands, 1),
  previous: (hands) => jumpOn(hands, -1),
  strange: (hands) => jump(hands, hands.look(hands.state()).strange ?? [], 1, 'Not understood'),
  left: ({ act }) => act({ do: 'shift', by: -SHIFT }),
  right: shiftRight,
  nextTab: (hands) => turnTab(hands, 1),
  previousTab: (hands) => turnTab(hands, -1),
  number: (hands, key) => choose(hands, Number(key) - 1),
  redact: ({ act }) => act({ do: 'redact' }),
  standIns: ({ act }) => act({ do: 'standIns' }),
  search: ({ act }) => act({ do: 'prompt', prompt: ask('search', 'Search:') }),
  filter: ({ act, state }) =>
    act({ do: 'prompt', prompt: ask('filter', 'Only findings with these words:', state().filter) }),
  markDone: (hands) => {
    const chosen = chosenStep(hands.state());
    if (!chosen) return;
    const wasDone = hands.state().done.includes(chosen.key);
    hands.act({ do: 'done', step: chosen.key });
    if (!wasDone) hands.perform('down');
  },
} satisfies Deeds;

/** Columns that long lines move at a key. */
const SHIFT = 16;

/** No further than to the end of the longest line in the window; beside a second column a line has less room. */
function shiftRight({ act, look, state, width, height }: Hands): void {
  const { screen, offset, left } = state();
  const shown = look(state()).rows.slice(offset[screen], offset[screen] + height());
  const hasMore = shown.some(({ text, gutter = '', beside }) => {
    const room = left === 0 && beside ? beside.at - GAP : width();
    return gutter.length + cellsOf(text.replaceAll('\t', ' '.repeat(8))) > left + room;
  });
  if (hasMore) act({ do: 'shift', by: SHIFT });
}

function toFirstMark(hands: Hands): void {
  jumpToFirst(hands, hands.look(hands.state()).marks ?? [], 'Mark');
}

/** To the next file, plan or format; on a screen without such, to its next section. */
function turnTab(hands: Hands, by: 1 | -1): void {
  const { look, state } = hands;
  const { tabs, marks = [] } = look(state());
  const { tab, screen } = state();
  if (tabs.length > 0) return openTab(hands, (tab[screen] + by + tabs.length) % tabs.length);
  if (marks.length > 0) jump(hands, marks, by, 'Section');
}

export function openTab(hands: Hands, to: number): void {
  hands.act({ do: 'tab', to });
  if (hands.state().screen === 'evidence') toFirstMark(hands);
}

/** Where a number is the answer to a question; elsewhere it only goes to its line. */
const CHOSEN_AT_ONCE: ReadonlySet<string> = new Set(['start', 'complaint', 'side', 'collect']);

/** 1 to 9: the line of a list, or the file, plan or format. */
function choose(hands: Hands, at: number): void {
  const { tabs, items } = hands.look(hands.state());
  if (tabs.length > 0 && at < tabs.length) openTab(hands, at);
  else if (tabs.length === 0 && at < items) {
    hands.act({ do: 'point', to: at });
    if (CHOSEN_AT_ONCE.has(hands.state().screen)) hands.perform('choose');
  }
}
