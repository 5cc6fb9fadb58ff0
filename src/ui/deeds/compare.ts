import { examine } from '../examine.ts';
import type { Choices, Deeds } from '../hands.ts';

/** What is done after the fix. */
export const compareDeeds = {
  checkAgain: ({ act }) => act({ do: 'lookAgain' }),
  collectAgain: ({ state, act, collector }) => {
    if (state().stage !== 'ended')
      return act({
        do: 'say',
        message: 'The app did not collect this: paste what you run again, or open it.',
      });
    act({ do: 'giveAgain', captures: [], message: '' });
    act({ do: 'go', to: 'collect' });
    void collector.run('all');
  },
  dropSecond: ({ act }) => {
    act({ do: 'dropSecond' });
    act({ do: 'back' });
  },
} satisfies Deeds;

/** Enter: what was given after the fix is the case from now on. The answer of before may not hold any more. */
export const compareChoices = {
  compare: (hands) => {
    const { second } = hands.state();
    if (!second || second.captures.length === 0) {
      hands.act({ do: 'say', message: 'Nothing was given anew yet.' });
      return undefined;
    }
    hands.act({ do: 'dropSecond' });
    hands.act({ do: 'go', to: 'findings' });
    void examine(hands, second.captures, null, 'These are the findings of now.');
    return undefined;
  },
} satisfies Choices;
