import type { Capture } from '../../model/capture.ts';
import { examine } from '../examine.ts';
import type { Choices, Deeds, Examining, Hands } from '../hands.ts';
import { canCollect } from '../screens/look-again.ts';
import { leaveBehind } from '../session/session.ts';

/** What is done after the fix. */
export const compareDeeds = {
  checkAgain: ({ act }) => act({ do: 'lookAgain' }),
  collectAgain: ({ state, act, collector }) => {
    const { stage, of } = state();
    if (!canCollect(state()))
      return act({
        do: 'say',
        message: 'The app did not collect this: paste what you run again, or open it.',
      });
    act({ do: 'giveAgain', captures: [], message: '' });
    act({ do: 'go', to: 'collect' });
    // In a session that was left and gone on with, the machines are looked at anew, and the commands shown.
    if (stage === 'ended') void collector.run('all');
    else if (stage === 'planning') void collector.plan();
    else if (stage === 'none' || stage === 'failed') void collector.reach(of);
  },
  dropSecond: ({ act, state }) => {
    const { second, message } = state();
    const count = second?.captures.length ?? 0;
    const warning = `d again drops what was given anew: ${count} capture${count === 1 ? '' : 's'}.`;
    if (count > 0 && message !== warning) return act({ do: 'say', message: warning });
    act({ do: 'dropSecond' });
    act({ do: 'back' });
  },
} satisfies Deeds;

/** Enter: what was given after the fix is the case from now on. The answer of before may not hold any more. */
export const compareChoices = {
  compare: (hands) => {
    const { second } = hands.state();
    if (second && second.captures.length > 0) void goOnWith(hands, second.captures);
    else hands.act({ do: 'say', message: 'Nothing was given anew yet.' });
    return undefined;
  },
} satisfies Choices;

/** What was given before the fix is not lost: the start offers it. */
export async function goOnWith(hands: Examining, captures: readonly Capture[]): Promise<void> {
  await leaveBehind(hands);
  hands.act({ do: 'dropSecond' });
  hands.act({ do: 'go', to: 'findings' });
  await examine(hands, captures, null, 'These are the findings of now. The start offers those of before.');
}

/** Out of the comparison: where nothing was given anew it is over, else what comes next belongs to it. */
export function leaveComparison({ act, state }: Hands): void {
  const { second } = state();
  const isEmpty = second?.captures.length === 0;
  if (isEmpty) act({ do: 'dropSecond' });
  act({ do: 'back' });
  if (second && !isEmpty)
    act({ do: 'say', message: 'What you give is still held against before: r shows it, d there ends it.' });
}
