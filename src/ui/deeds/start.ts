import { complaints } from '../../model/words.ts';
import { examine } from '../examine.ts';
import type { Choices, Deeds } from '../hands.ts';
import { ask } from '../prompts.ts';
import { CHOICES } from '../screens/start.ts';

/** What is done on the first screens. */
export const startDeeds = {
  demo: (hands) =>
    void examine(
      hands,
      hands.world.demo(),
      'no-link',
      'The built-in case: vio1 shows no carrier, its tap sees traffic.',
    ),
  askComplaint: ({ act }) => act({ do: 'go', to: 'complaint' }),
  openFile: ({ act }) => act({ do: 'prompt', prompt: ask('open', 'File or folder:') }),
} satisfies Deeds;

/** Enter on the first screens; tells which deed the chosen line stands for, where it is one. */
export const startChoices = {
  complaint: (hands) => {
    const { cursor, captures } = hands.state();
    hands.act({ do: 'back' });
    void examine(
      hands,
      captures,
      complaints[cursor.complaint] ?? null,
      captures.length > 0 ? '' : 'Now paste what you have, or open a file.',
    );
    return undefined;
  },
  start: ({ state, act }) => {
    const choice = CHOICES[state().cursor.start];
    if (choice !== 'paste') return choice;
    act({ do: 'say', message: 'Just paste: the terminal sends it here.' });
    return undefined;
  },
} satisfies Choices;
