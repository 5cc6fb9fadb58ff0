import { useApp, useInput, usePaste, useWindowSize } from 'ink';
import { useReducer, useRef } from 'react';
import type { Capture } from '../model/capture.ts';
import type { Complaint } from '../model/words.ts';
import { perform } from './deeds.ts';
import { addPaste } from './examine.ts';
import { bodyHeight, Frame } from './frame.tsx';
import type { Hands } from './hands.ts';
import { deedOf } from './keys.ts';
import { answerPrompt } from './prompts.ts';
import { readKeys } from './read-keys.ts';
import type { Screen } from './screens/screen.ts';
import { screenOf } from './screens.ts';
import { type Action, initial, reduce, type State } from './state.ts';
import type { World } from './world.ts';

export type Start = { readonly captures?: readonly Capture[]; readonly complaint?: Complaint | null };

/** The app: keys in, actions out. Only here are things done to the world, and only through the one handed in. */
export function App({ world, start }: { world: World; start: Start }) {
  const { exit, suspendTerminal } = useApp();
  const { columns, rows } = useWindowSize();
  const [state, dispatch] = useReducer(reduce, start, (given) => begin(world, given));
  // Several keys may come in one read: each must see what the one before it did.
  const now = useRef(state);
  now.current = state;
  const act = (action: Action) => {
    now.current = reduce(now.current, action);
    dispatch(action);
  };
  const look = (of: State): Screen =>
    screenOf({ state: of, world, width: columns, height: bodyHeight(rows) });
  const hands: Hands = { world, act, look, state: () => now.current, height: () => bodyHeight(rows) };

  // Terminals send a paste's line ends as carriage returns.
  const paste = (given: string) => {
    const text = given.replace(/\r\n?/g, '\n');
    const { prompt } = now.current;
    if (prompt && !text.includes('\n')) act({ do: 'type', key: `text:${text}` });
    else addPaste(hands, text);
  };
  usePaste(paste);
  useInput((input, key) => {
    const read = readKeys(input, key, now.current.prompt !== null);
    if ('pasted' in read) return paste(read.pasted);
    for (const name of read.keys) {
      if (name === 'ctrl-c') return exit();
      if (now.current.prompt) answerPrompt(hands, name);
      else {
        const deed = deedOf(now.current.screen, name);
        if (deed === 'quit') return exit();
        if (deed === 'suspend') void suspendTerminal(() => process.kill(process.pid, 'SIGSTOP') && undefined);
        else if (deed) perform(hands, deed);
      }
    }
  });
  return <Frame screen={look(state)} state={state} columns={columns} rows={rows} />;
}

function begin(world: World, { captures, complaint }: Start): State {
  if (!captures?.length) return initial;
  const report = world.diagnose(captures, complaint ?? null);
  return reduce(initial, { do: 'examined', captures, complaint: complaint ?? null, report, message: '' });
}
