import { useInput, usePaste } from 'ink';
import { useEffect, useRef } from 'react';
import { readKeys } from '../input/read-keys.ts';

/** What comes after the beginning of an unmarked paste, within this time, belongs to it: nobody types so fast. */
const PAUSE = 40;

/**
 * Keys by name, pastes as one text. A terminal that does not mark pastes sends a large one in many reads, and each may
 * end anywhere.
 */
export function useKeyboard(
  isTyping: () => boolean,
  /** True: the app is left, and the rest of the read with it. */
  onKey: (key: string) => boolean,
  onPaste: (text: string) => void,
): void {
  const unmarked = useRef<{ text: string; timer?: NodeJS.Timeout }>({ text: '' });
  const flush = () => {
    const { text, timer } = unmarked.current;
    clearTimeout(timer);
    unmarked.current = { text: '' };
    if (text) onPaste(text);
  };
  const collect = (text: string) => {
    clearTimeout(unmarked.current.timer);
    unmarked.current = { text: unmarked.current.text + text, timer: setTimeout(flush, PAUSE) };
  };
  useEffect(() => () => clearTimeout(unmarked.current.timer), []);
  usePaste((text) => {
    flush();
    onPaste(text);
  });
  useInput((input, key) => {
    const isGoingOn = unmarked.current.text !== '';
    if (isGoingOn && key.return) return collect('\n');
    if (isGoingOn && key.tab) return collect('\t');
    if (isGoingOn && input && !key.ctrl) return collect(input);
    const read = readKeys(input, key, isTyping());
    if ('pasted' in read) return collect(read.pasted);
    flush();
    for (const name of read.keys) if (onKey(name)) return;
  });
}
