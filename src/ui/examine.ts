import type { Capture } from '../model/capture.ts';
import type { Complaint } from '../model/words.ts';
import type { Examining } from './hands.ts';

export function examine(
  { world, act }: Examining,
  captures: readonly Capture[],
  complaint: Complaint | null,
  message: string,
): void {
  act({ do: 'examined', captures, complaint, report: world.diagnose(captures, complaint), message });
}

/** Adds what a person gives to what they gave before; the built-in case, and its complaint, are not theirs. */
export function addCaptures(hands: Examining, given: readonly Capture[], message: string): void {
  const { captures, complaint } = hands.state();
  const kept = captures.filter(({ origin }) => origin !== 'built-in');
  const wasBuiltIn = captures.some(({ origin }) => origin === 'built-in');
  examine(
    hands,
    given.reduce(addCapture, kept),
    wasBuiltIn ? null : complaint,
    wasBuiltIn ? `${message} The built-in case is put aside.` : message,
  );
}

/** The same text again changes nothing; another text of the same name (two machines' dmesg.txt) gets a number. */
function addCapture(captures: readonly Capture[], capture: Capture): readonly Capture[] {
  if (captures.some(({ name, text }) => name === capture.name && text === capture.text)) return captures;
  let name = capture.name;
  for (let count = 2; captures.some((one) => one.name === name); count++) name = `${capture.name} (${count})`;
  return [...captures, { ...capture, name }];
}

export function addPaste(hands: Examining, text: string): void {
  const { captures } = hands.state();
  const name = `paste-${captures.filter(({ origin }) => origin === 'pasted').length + 1}`;
  const lines = text.trimEnd().split('\n').length;
  const capture: Capture = { name, side: 'unknown', origin: 'pasted', text };
  addCaptures(hands, [capture], `${name}: ${lines} line${lines === 1 ? '' : 's'}. Paste more at any time.`);
}
