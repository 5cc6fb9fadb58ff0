import type { Capture } from '../model/capture.ts';
import type { Ask } from '../model/report.ts';
import { addCaptures, nextPasteName } from './examine.ts';
import type { Examining } from './hands.ts';

/** What was pasted as the answer to a command is read as its output, with or without the command above it. */
export async function addAnswer(hands: Examining, ask: Ask, text: string): Promise<void> {
  const { second, captures, complaint } = hands.state();
  const name = nextPasteName(second?.captures ?? captures);
  const answer: Capture = { name, side: 'unknown', origin: 'pasted', argv: ask.argv, text };
  // Kept before it is read: nothing is lost meanwhile.
  if (!second) hands.act({ do: 'give', captures: [...captures, answer], complaint, message: '' });
  const { samples } = await hands.world.diagnose([answer], null);
  // Only what is not said by the text itself: a Linux command may be of either machine.
  const isOpen = samples.length > 0 && samples.every(({ machine }) => machine === 'unknown');
  const what =
    samples.length > 0 ? `read as the answer to ${ask.command}` : `this is no output of ${ask.command}; kept`;
  const placed = isOpen ? { ...answer, side: ask.on } : answer;
  await addCaptures(hands, [placed], `${name}: ${what}.`, new Set([name]));
}
