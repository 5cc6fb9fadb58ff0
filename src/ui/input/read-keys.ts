import type { Key } from 'ink';

const NAMED: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageUp'],
  ['pageDown', 'pageDown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/**
 * The keys of one read, by name. Several may arrive at once (`jjj` over a slow line); a chunk with a line break and more
 * than a few characters was pasted into a terminal that does not mark pastes.
 */
export function readKeys(
  input: string,
  key: Key,
  isTyping = false,
): { keys: readonly string[] } | { pasted: string } {
  if (key.ctrl && input) return { keys: [`ctrl-${input.toLowerCase()}`] };
  if (key.tab && key.shift) return { keys: ['shift-tab'] };
  if (MOUSE.test(input)) return { keys: [] };
  const named = NAMED.find(([property]) => key[property]);
  if (named && input.length <= 1) return { keys: [named[1]] };
  if (isPaste(input, isTyping)) return { pasted: input };
  return { keys: [...input].map((character) => NAMES[character] ?? character) };
}

/** A report of the mouse that was cut within its first two bytes. */
const MOUSE = /^\[<\d{1,4};\d{1,5};\d{1,5}[Mm]$/;

function isPaste(input: string, isTyping: boolean): boolean {
  // A line typed (or sent) quickly into a question ends with Enter.
  if (isTyping && /^[^\n\r]*\r?$/.test(input)) return false;
  // One Enter between a few keys was typed ahead (`/vio`, Enter, `nn` over a slow line): lines of outputs are longer.
  if (/^[^\n\r]{0,11}\r[^\n\r]{0,11}$/.test(input)) return false;
  if (/[\n\r]/.test(input)) return input.length >= 4;
  // The beginning of a long line. A key that is held down repeats one character.
  return !isTyping && input.length >= 32 && new Set(input).size > 4;
}

const NAMES: Record<string, string> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\x1b': 'esc',
  '\x03': 'ctrl-c',
  '\x1a': 'ctrl-z',
};
