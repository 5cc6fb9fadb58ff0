import type { Capture } from '../model/capture.ts';
import type { Complaint } from '../model/words.ts';
import type { Hands } from './hands.ts';

export function examine(
  { world, act }: Hands,
  captures: readonly Capture[],
  complaint: Complaint | null,
  message: string,
): void {
  act({ do: 'examined', captures, complaint, report: world.diagnose(captures, complaint), message });
}

export function addPaste(hands: Hands, text: string): void {
  const { captures, complaint } = hands.state();
  const name = `paste-${captures.filter(({ origin }) => origin === 'pasted').length + 1}`;
  const lines = text.split('\n').length;
  examine(
    hands,
    [...captures, { name, side: 'unknown', origin: 'pasted', text }],
    complaint,
    `${name}: ${lines} lines. Paste more at any time.`,
  );
}
