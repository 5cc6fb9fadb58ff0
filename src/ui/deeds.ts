import { readingDeeds } from './deeds/reading.ts';
import { startChoices, startDeeds } from './deeds/start.ts';
import type { Choices, Deeds, Hands } from './hands.ts';
import type { Deed } from './keys.ts';

const DEEDS: Deeds = {
  ...startDeeds,
  ...readingDeeds,
  choose,
  back: ({ act }) => act({ do: 'back' }),
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

/** Enter: what it stands for depends on the screen and its chosen line. */
const CHOICES: Choices = {
  ...startChoices,
  findings: () => 'evidence',
};

function choose(hands: Hands): void {
  const deed = CHOICES[hands.state().screen]?.(hands);
  if (deed) perform(hands, deed);
}
