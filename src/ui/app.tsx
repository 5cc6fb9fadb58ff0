import { useApp, useWindowSize } from 'ink';
import { useEffect, useEffectEvent, useReducer, useRef } from 'react';
import type { Capture } from '../model/capture.ts';
import type { Complaint } from '../model/words.ts';
import { addAnswer } from './answer.ts';
import { point } from './deeds/mouse.ts';
import { openTab } from './deeds/reading.ts';
import { goOn } from './deeds/start.ts';
import { follow, perform } from './deeds.ts';
import { examine } from './examine.ts';
import type { Hands } from './hands.ts';
import { useCollector } from './hooks/use-collector.ts';
import { useFollow } from './hooks/use-follow.ts';
import { useKeyboard } from './hooks/use-keyboard.ts';
import { useMouse } from './hooks/use-mouse.ts';
import { useSession } from './hooks/use-session.ts';
import type { MouseReport } from './input/mouse-reports.ts';
import type { NoKeys } from './input/paste-gate.ts';
import { deedOf } from './keys.ts';
import { AsciiOnly, bodyHeight, Frame } from './parts/frame.tsx';
import { answerPrompt } from './prompts.ts';
import { chosenAsk } from './screens/ask.ts';
import type { Screen } from './screens/screen.ts';
import { screenOf } from './screens.ts';
import { findLeft } from './session/session.ts';
import { type Action, initial, reduce, type State } from './state.ts';
import { takePaste } from './which-side.ts';
import type { World } from './world.ts';

export type Start = {
  readonly captures?: readonly Capture[];
  readonly complaint?: Complaint | null;
  /** Goes on with the session that was left last. */
  readonly resume?: boolean;
  /** The mouse scrolls and chooses, too. */
  readonly mouse?: boolean;
};

/** The app: keys in, actions out. Only here are things done to the world, and only through the one handed in. */
export function App({
  world,
  start,
  listen,
  atExit,
}: {
  world: World;
  start: Start;
  /** Whoever takes pastes and mouse out of the keyboard tells them here. */
  listen?: (noKeys: NoKeys) => void;
  /** What must be waited for after the app was left. */
  atExit?: (work: Promise<void>) => void;
}) {
  const { exit, suspendTerminal } = useApp();
  const { columns, rows } = useWindowSize();
  const [state, dispatch] = useReducer(reduce, start, beginning);
  // Several keys may come in one read: each must see what the one before it did.
  const now = useRef(state);
  now.current = state;
  const act = (action: Action) => {
    now.current = reduce(now.current, action);
    dispatch(action);
  };
  const look = (of: State): Screen =>
    screenOf({ state: of, world, width: columns, height: bodyHeight(rows) });
  // Another program, or the shell, is not told of the mouse.
  const handOver = async (run: () => Promise<void>) => {
    if (now.current.mouse) world.mouse(false);
    try {
      await suspendTerminal(run);
    } finally {
      if (now.current.mouse) world.mouse(true);
    }
  };
  const hands: Hands = {
    world,
    act,
    look,
    state: () => now.current,
    width: () => columns,
    height: () => bodyHeight(rows),
    perform: (deed) => perform(hands, deed),
    collector: useCollector(world, act, () => now.current, atExit),
    openTab: (to) => openTab(hands, to),
    handOver,
  };

  const take = (text: string) => {
    const ask = now.current.screen === 'ask' ? chosenAsk(now.current) : undefined;
    return ask ? addAnswer(hands, ask, text) : takePaste(hands, text);
  };
  // Terminals send a paste's line ends as carriage returns.
  const paste = (given: string) => {
    const text = given.replace(/\r\n?/g, '\n');
    const { prompt } = now.current;
    // A path copied with its line break is still a path.
    const line = text.trim();
    if (line === '') return;
    if (prompt && !line.includes('\n')) act({ do: 'type', key: `text:${line}` });
    else void take(text);
  };
  const press = (key: string): boolean => {
    const isTyping = now.current.prompt !== null;
    const deed = isTyping ? undefined : deedOf(now.current.screen, key);
    if (key === 'ctrl-c' || deed === 'quit') {
      leave();
      exit();
    } else if (isTyping) answerPrompt(hands, key);
    else if (deed === 'suspend') void handOver(stop).catch(() => undefined);
    else if (deed) perform(hands, deed, key);
    return key === 'ctrl-c' || deed === 'quit';
  };
  useKeyboard(() => now.current.prompt !== null, press, paste);
  const lastPiece = useRef(0);
  const receive = (length: number) => {
    if (length < MUCH || Date.now() - lastPiece.current < BLINK) return;
    lastPiece.current = Date.now();
    act({ do: 'say', message: `A paste is coming in: ${(length / 1e6).toFixed(1)} MB\u2026` });
  };
  const leave = useSession(hands, state, atExit);
  const onMouse = (report: MouseReport) => {
    const key = now.current.mouse ? point(hands, report) : undefined;
    if (key) press(key);
  };
  const hasMouse = () => now.current.mouse;
  useEffect(() => listen?.({ onPaste: paste, onPiece: receive, onMouse, hasMouse }));
  useMouse(world, state.mouse);
  const begin = useEffectEvent(() => {
    const { captures = [], complaint = null, resume: isResumed = false } = start;
    if (isResumed) void goOn(hands);
    else if (captures.length > 0) void examine(hands, captures, complaint, '');
    else void hands.collector.reach({});
    if (!isResumed) void findLeft(hands);
  });
  useEffect(() => begin(), []);
  const screen = look(state);
  const offset = state.offset[state.screen];
  useFollow({ screen, offset, mark: state.mark, height: bodyHeight(rows) }, `${columns}x${rows}`, {
    follow: () => follow(hands, offset),
    jump: (to, mark) => act({ do: 'jump', to, ...(mark !== null && { mark }) }),
  });
  return (
    <AsciiOnly value={!world.unicode}>
      <Frame screen={screen} state={state} columns={columns} rows={rows} />
    </AsciiOnly>
  );
}

/** Characters of a paste, and milliseconds between two notes of it. */
const MUCH = 200_000;
const BLINK = 250;

/** Where something was given with the start, its findings are what is waited for. */
function beginning({ captures = [], mouse = false }: Start): State {
  const first = mouse ? reduce(initial, { do: 'mouse' }) : initial;
  return captures.length > 0 ? reduce(first, { do: 'go', to: 'findings' }) : first;
}

/**
 * Stops the whole foreground group, as the terminal's own Ctrl-Z does: a program that started this one stops too. Unlike
 * SIGSTOP this is passed over where no shell could wake us. Waits, so that the screen is not drawn before we are stopped.
 */
async function stop(): Promise<void> {
  process.kill(0, 'SIGTSTP');
  await new Promise((resolve) => setTimeout(resolve, 50));
}
