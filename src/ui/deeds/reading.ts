import type { Deeds, Hands } from '../hands.ts';
import { previewOf } from '../preview.ts';
import { ask, askWhereTo } from '../prompts.ts';
import { chosenPlan, planText } from '../screens/plan.ts';
import { jump, jumpOn, jumpToFirst } from './jump.ts';

/** What is done where findings, evidence, plans and exports are read. */
export const readingDeeds = {
  findings: ({ act }) => act({ do: 'go', to: 'findings' }),
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
  nextTab: (hands) => {
    const { act, look, state } = hands;
    act({ do: 'tab', count: look(state()).tabs.length });
    if (state().screen === 'evidence') toFirstMark(hands);
  },
  redact: ({ act }) => act({ do: 'redact' }),
  standIns: ({ act }) => act({ do: 'standIns' }),
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

function toFirstMark(hands: Hands): void {
  jumpToFirst(hands, hands.look(hands.state()).marks ?? [], 'Mark');
}

function copy({ world, act, state }: Hands): void {
  const now = state();
  const plan = chosenPlan(now);
  const text = now.screen === 'plan' ? plan && planText(plan) : previewOf({ state: now, world })?.text;
  if (!text) return;
  world.copy(text);
  act({
    do: 'say',
    message: 'Sent to the terminal for its clipboard; if it does not arrive, w writes a file.',
  });
}
