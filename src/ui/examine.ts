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

/** Adds what a person gives to what they gave before; the built-in case, and its complaint, are not theirs. */
export function addCaptures(hands: Hands, given: readonly Capture[], message: string): void {
  const { captures, complaint } = hands.state();
  const names = new Set(given.map(({ name }) => name));
  const kept = captures.filter(({ name, origin }) => origin !== 'built-in' && !names.has(name));
  const wasBuiltIn = captures.some(({ origin }) => origin === 'built-in');
  examine(
    hands,
    [...kept, ...given],
    wasBuiltIn ? null : complaint,
    wasBuiltIn ? `${message} The built-in case is put aside.` : message,
  );
}

export function addPaste(hands: Hands, text: string): void {
  const { captures } = hands.state();
  const name = `paste-${captures.filter(({ origin }) => origin === 'pasted').length + 1}`;
  const lines = text.trimEnd().split('\n').length;
  const capture: Capture = { name, side: 'unknown', origin: 'pasted', text };
  addCaptures(hands, [capture], `${name}: ${lines} line${lines === 1 ? '' : 's'}. Paste more at any time.`);
}
