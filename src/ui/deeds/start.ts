import { type Complaint, complaints } from '../../model/words.ts';
import { addCaptures, examine } from '../examine.ts';
import type { Choices, Deeds, Hands } from '../hands.ts';
import { ask } from '../prompt.ts';
import { SIDES } from '../screens/side.ts';
import { startChoicesOf } from '../screens/start.ts';
import { leaveBehind, resume } from '../session/session.ts';
import { placePaste, takeBack } from '../which-side.ts';

/** What is done on the first screens. */
export const startDeeds = {
  demo: (hands) => void showDemo(hands),
  takeBack: (hands) => void takeBack(hands),
  askComplaint: ({ act }) => act({ do: 'go', to: 'complaint' }),
  openFile: ({ act }) => act({ do: 'prompt', prompt: ask('open', 'File or folder:') }),
} satisfies Deeds;

/** Enter on the first screens; tells which deed the chosen line stands for, where it is one. */
export const startChoices = {
  complaint: (hands) => {
    const { cursor } = hands.state();
    hands.act({ do: 'back' });
    tell(hands, complaints[cursor.complaint] ?? null);
    return undefined;
  },
  side: (hands) => {
    const { cursor, unplaced } = hands.state();
    const [name] = unplaced;
    const side = SIDES[cursor.side]?.side ?? 'unknown';
    hands.act({ do: 'sideTold' });
    if (side !== 'unknown' && name !== undefined) void placePaste(hands, name, side);
    return undefined;
  },
  start: (hands) => {
    const choices = startChoicesOf(hands.state(), hands.world, hands.height());
    const choice = choices[Math.min(hands.state().cursor.start, choices.length - 1)]?.act;
    if (typeof choice === 'object') {
      if ('open' in choice) void openBundle(hands, choice.open);
      else if ('resume' in choice) void goOn(hands, choice.resume);
      else answer(hands, choice.seen);
    } else if (choice !== 'paste') return choice;
    else hands.act({ do: 'say', message: 'Just paste: the terminal sends it here.' });
    return undefined;
  },
} satisfies Choices;

/** Back in a session that was left, and this machine is looked at, if its were not others. */
export async function goOn(hands: Hands, id?: string): Promise<void> {
  await resume(hands, id);
  const { stage, of } = hands.state();
  if (stage === 'none') await hands.collector.reach(of);
}

/** What was given before is not lost: it can be gone on with. */
async function showDemo(hands: Hands): Promise<void> {
  const { world, state } = hands;
  const isOwn = state().captures.some(({ origin }) => origin !== 'built-in');
  if (isOwn) await leaveBehind(hands);
  await examine(
    hands,
    world.demo(),
    'no-link',
    isOwn
      ? 'The built-in case. Yours is kept: the start offers it.'
      : 'The built-in case: vio1 shows no carrier, its tap sees traffic.',
  );
}

/** The same answer again takes it back. */
function answer(hands: Hands, seen: Complaint): void {
  tell(hands, hands.state().complaint === seen ? null : seen);
}

function tell(hands: Hands, complaint: Complaint | null): void {
  const { captures, screen } = hands.state();
  const next = captures.length > 0 || screen === 'collect' ? '' : 'Now paste what you have, or open a file.';
  void examine(hands, captures, complaint, next);
}

async function openBundle(hands: Hands, path: string): Promise<void> {
  try {
    await addCaptures(hands, await hands.world.open(path), `Read: ${path}`);
  } catch (error) {
    hands.act({ do: 'say', message: (error as Error).message });
  }
}
