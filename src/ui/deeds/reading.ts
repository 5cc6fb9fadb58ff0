import type { Deeds, Hands } from '../hands.ts';
import { ask, askWhereTo } from '../prompts.ts';
import { preview } from '../screens/export.ts';
import { chosenPlan, planText } from '../screens/plan.ts';

/** What is done where findings, evidence, plans and exports are read. */
export const readingDeeds = {
  findings: ({ act }) => act({ do: 'go', to: 'findings' }),
  evidence: (hands) => {
    hands.act({ do: 'go', to: 'evidence' });
    jumpToMark(hands, -1, 1);
  },
  plan: ({ act }) => act({ do: 'go', to: 'plan' }),
  export: ({ act }) => act({ do: 'go', to: 'export' }),
  next: (hands) => {
    const { mark, offset } = hands.state();
    jumpToMark(hands, mark ?? offset.evidence - 1, 1);
  },
  previous: (hands) => {
    const { mark, offset } = hands.state();
    jumpToMark(hands, mark ?? offset.evidence, -1);
  },
  left: ({ act }) => act({ do: 'shift', by: -SHIFT }),
  right: shiftRight,
  nextTab: (hands) => {
    const { act, look, state } = hands;
    act({ do: 'tab', count: look(state()).tabs.length });
    if (state().screen === 'evidence') jumpToMark(hands, -1, 1);
  },
  redact: ({ act }) => act({ do: 'redact' }),
  copy,
  search: ({ act }) => act({ do: 'prompt', prompt: ask('search', 'Search:') }),
  write: (hands) => hands.act({ do: 'prompt', prompt: askWhereTo(hands) }),
} satisfies Deeds;

/** Columns that long lines move at a key. */
const SHIFT = 16;

/** No further than to the end of the longest line in the window. */
function shiftRight({ act, look, state, width, height }: Hands): void {
  const { screen, offset, left } = state();
  const shown = look(state()).rows.slice(offset[screen], offset[screen] + height());
  const widths = shown.map(
    ({ text, gutter = '' }) => gutter.length + text.replaceAll('\t', ' '.repeat(8)).length,
  );
  if (left + width() < Math.max(0, ...widths)) act({ do: 'shift', by: SHIFT });
}

/** The mark goes to the third row of the window, so that what stands before it is seen too. */
function jumpToMark({ act, look, state }: Hands, from: number, direction: 1 | -1): void {
  const marks = look(state()).marks ?? [];
  const target =
    direction === 1
      ? (marks.find((mark) => mark > from) ?? marks[0])
      : (marks.findLast((mark) => mark < from) ?? marks.at(-1));
  if (target === undefined) return;
  act({ do: 'jump', to: target - 2, mark: target });
  act({ do: 'say', message: `Mark ${marks.indexOf(target) + 1} of ${marks.length}.` });
}

function copy({ world, act, state }: Hands): void {
  const now = state();
  const plan = chosenPlan(now);
  const text = now.screen === 'plan' ? plan && planText(plan) : preview({ state: now, world });
  if (!text) return;
  world.copy(text);
  act({
    do: 'say',
    message: 'Sent to the terminal for its clipboard; if it does not arrive, w writes a file.',
  });
}
