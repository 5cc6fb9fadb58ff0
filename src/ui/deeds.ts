import { readingDeeds } from './deeds/reading.ts';
import { startChoices, startDeeds } from './deeds/start.ts';
import type { Choices, Deeds, Hands } from './hands.ts';
import { bindingsOn, type Deed } from './keys.ts';

const DEEDS: Deeds = {
  ...startDeeds,
  ...readingDeeds,
  choose,
  back,
  help: ({ act }) => act({ do: 'go', to: 'help' }),
};

/** Does what a key stands for. A deed that is in no table moves the cursor or the window. */
export function perform(hands: Hands, deed: Deed): void {
  const act = DEEDS[deed];
  if (act) return act(hands);
  const { look, state, height } = hands;
  const { items, rows } = look(state());
  hands.act({ do: 'say', message: '' });
  hands.act({ do: 'move', deed, items, rows: rows.length, height: height() });
}

/** Out of a search first, then out of the screen. */
function back({ act, state }: Hands): void {
  if (state().search === '' || !bindingsOn(state().screen).some(({ deed }) => deed === 'search'))
    return act({ do: 'back' });
  act({ do: 'search', text: '' });
  act({ do: 'say', message: 'The search is over.' });
}

/** Enter: what it stands for depends on the screen and its chosen line. */
const CHOICES: Choices = {
  ...startChoices,
  findings: () => 'evidence',
};

function choose(hands: Hands): void {
  const deed = CHOICES[hands.state().screen]?.(hands);
  if (deed) perform(hands, deed);
}
