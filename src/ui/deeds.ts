import { complaints } from '../model/words.ts';
import { examine } from './examine.ts';
import type { Hands } from './hands.ts';
import type { Deed } from './keys.ts';
import { ask, askWhereTo } from './prompts.ts';
import { preview } from './screens/export.ts';
import { chosenPlan, planText } from './screens/plan.ts';
import { CHOICES } from './screens/start.ts';

export function perform(hands: Hands, deed: Deed): void {
  const { world, act, look, state, height } = hands;
  const now = state();
  const screen = look(now);
  if (deed === 'choose') return choose(hands);
  if (deed === 'back') return act({ do: 'back' });
  if (deed === 'demo')
    return examine(
      hands,
      world.demo(),
      'no-link',
      'The built-in case: vio1 shows no carrier, its tap sees traffic.',
    );
  if (deed === 'askComplaint') return act({ do: 'go', to: 'complaint' });
  if (deed === 'findings' || deed === 'evidence' || deed === 'plan' || deed === 'export' || deed === 'help') {
    act({ do: 'go', to: deed });
    if (deed === 'evidence') jumpToMark(hands, -1, 1);
    return;
  }
  if (deed === 'next') return jumpToMark(hands, now.mark ?? now.offset.evidence - 1, 1);
  if (deed === 'previous') return jumpToMark(hands, now.mark ?? now.offset.evidence, -1);
  if (deed === 'left') return act({ do: 'shift', by: -SHIFT });
  if (deed === 'right') return shiftRight(hands);
  if (deed === 'nextTab') {
    act({ do: 'tab', count: screen.tabs.length });
    if (now.screen === 'evidence') jumpToMark(hands, -1, 1);
    return;
  }
  if (deed === 'redact') return act({ do: 'redact' });
  if (deed === 'copy') return copy(hands);
  if (deed === 'openFile') return act({ do: 'prompt', prompt: ask('open', 'File or folder:') });
  if (deed === 'search') return act({ do: 'prompt', prompt: ask('search', 'Search:') });
  if (deed === 'write') return act({ do: 'prompt', prompt: askWhereTo(hands) });
  act({ do: 'say', message: '' });
  act({ do: 'move', deed, items: screen.items, rows: screen.rows.length, height: height() });
}

function choose(hands: Hands): void {
  const { screen, cursor, captures } = hands.state();
  if (screen === 'findings') return perform(hands, 'evidence');
  if (screen === 'complaint') {
    const complaint = complaints[cursor.complaint] ?? null;
    hands.act({ do: 'back' });
    return examine(
      hands,
      captures,
      complaint,
      captures.length > 0 ? '' : 'Now paste what you have, or open a file.',
    );
  }
  const choice = CHOICES[cursor.start];
  if (choice === 'paste') hands.act({ do: 'say', message: 'Just paste: the terminal sends it here.' });
  else if (choice) perform(hands, choice);
}

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
export function jumpToMark({ act, look, state }: Hands, from: number, direction: 1 | -1): void {
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
