import { collectingChoices, collectingDeeds, leaveQuestion } from './deeds/collecting.ts';
import { compareChoices, compareDeeds, leaveComparison } from './deeds/compare.ts';
import { copyDeeds } from './deeds/copy.ts';
import { handOverDeeds } from './deeds/hand-over.ts';
import { mouseDeeds } from './deeds/mouse.ts';
import { readingDeeds } from './deeds/reading.ts';
import { startChoices, startDeeds } from './deeds/start.ts';
import type { Choices, Deeds, Hands } from './hands.ts';
import { bindingsOn, type Deed } from './keys.ts';

const DEEDS: Deeds = {
  ...startDeeds,
  ...readingDeeds,
  ...copyDeeds,
  ...collectingDeeds,
  ...compareDeeds,
  ...handOverDeeds,
  ...mouseDeeds,
  choose,
  back,
  help: ({ act }) => act({ do: 'go', to: 'help' }),
};

/** Does what a key stands for. A deed that is in no table moves the cursor or the window. */
export function perform(hands: Hands, deed: Deed, key = ''): void {
  const act = DEEDS[deed];
  if (act) act(hands, key);
  else move(hands, deed);
  if (deed === 'number') follow(hands, 0);
}

function move(hands: Hands, deed: Deed): void {
  const { act, look, state, height } = hands;
  const { items, rows } = look(state());
  const { offset, screen } = state();
  act({ do: 'say', message: '' });
  act({ do: 'move', deed, items, rows: rows.length, height: height() });
  if (items > 0 && deed !== 'pageUp' && deed !== 'pageDown') follow(hands, offset[screen]);
}

/** The window goes with the chosen line, no further than it must; the top of the screen is shown where it can be. */
export function follow({ act, look, state, height }: Hands, before: number): void {
  const { chosen } = look(state());
  if (!chosen) return;
  const [from, to] = chosen;
  const least = Math.max(0, to - height());
  act({ do: 'jump', to: to <= height() ? 0 : Math.max(least, Math.min(before, from)) });
}

/** Out of a search or a filter first, then out of the question, then out of the screen. */
function back(hands: Hands): void {
  const { act, state } = hands;
  const { screen, search, filter } = state();
  if (screen === 'collect' && leaveQuestion(hands)) return;
  const has = (deed: Deed) => bindingsOn(screen).some((binding) => binding.deed === deed);
  if (search !== '' && has('search')) {
    act({ do: 'search', text: '' });
    act({ do: 'say', message: 'The search is over.' });
  } else if (filter !== '' && has('filter')) act({ do: 'filter', text: '' });
  else if (screen === 'compare') leaveComparison(hands);
  else if (screen === 'side') act({ do: 'sideTold' });
  else act({ do: 'back' });
}

/** Enter: what it stands for depends on the screen and its chosen line. */
const CHOICES: Choices = {
  ...startChoices,
  ...collectingChoices,
  ...compareChoices,
  findings: () => 'evidence',
  ask: () => 'copy',
};

function choose(hands: Hands): void {
  const deed = CHOICES[hands.state().screen]?.(hands);
  if (deed) perform(hands, deed);
}
