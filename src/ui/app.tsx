import { useApp, useInput, usePaste, useWindowSize } from 'ink';
import { useReducer, useRef } from 'react';
import type { Capture } from '../model/capture.ts';
import { type Complaint, complaints } from '../model/words.ts';
import { bodyHeight, Frame } from './frame.tsx';
import { type Deed, deedOf } from './keys.ts';
import { readKeys } from './read-keys.ts';
import { chosenFormat, preview } from './screens/export.ts';
import { chosenPlan, planText } from './screens/plan.ts';
import type { Screen } from './screens/screen.ts';
import { CHOICES } from './screens/start.ts';
import { screenOf } from './screens.ts';
import { type Action, initial, type Prompt, reduce, type State } from './state.ts';
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

  const paste = (text: string) => {
    const { prompt } = now.current;
    if (prompt && !text.includes('\n')) act({ do: 'type', key: `text:${text}` });
    else addPaste(hands, text);
  };
  usePaste(paste);
  useInput((input, key) => {
    const read = readKeys(input, key);
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

type Hands = {
  world: World;
  act: (action: Action) => void;
  look: (state: State) => Screen;
  state: () => State;
  height: () => number;
};

function begin(world: World, { captures, complaint }: Start): State {
  if (!captures?.length) return initial;
  const report = world.diagnose(captures, complaint ?? null);
  return reduce(initial, { do: 'examined', captures, complaint: complaint ?? null, report, message: '' });
}

function examine(
  { world, act }: Hands,
  captures: readonly Capture[],
  complaint: Complaint | null,
  message: string,
): void {
  act({ do: 'examined', captures, complaint, report: world.diagnose(captures, complaint), message });
}

function addPaste(hands: Hands, text: string): void {
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

function perform(hands: Hands, deed: Deed): void {
  const { world, act, look, state, height } = hands;
  const now = state();
  const screen = look(now);
  if (deed === 'choose') return choose(hands);
  if (deed === 'back') return act({ do: 'back' });
  if (deed === 'demo')
    return examine(
      hands,
      world.demo(),
      'no-link',
      'The built-in case: vio1 shows no carrier, its tap sees traffic.',
    );
  if (deed === 'askComplaint') return act({ do: 'go', to: 'complaint' });
  if (deed === 'findings' || deed === 'evidence' || deed === 'plan' || deed === 'export' || deed === 'help') {
    act({ do: 'go', to: deed });
    if (deed === 'evidence') jumpToMark(hands, -1, 1);
    return;
  }
  if (deed === 'next') return jumpToMark(hands, now.offset.evidence + 2, 1);
  if (deed === 'previous') return jumpToMark(hands, now.offset.evidence + 2, -1);
  if (deed === 'nextTab') {
    act({ do: 'tab', count: screen.tabs.length });
    if (now.screen === 'evidence') jumpToMark(hands, -1, 1);
    return;
  }
  if (deed === 'redact') return act({ do: 'redact' });
  if (deed === 'copy') return copy(hands);
  if (deed === 'openFile') return act({ do: 'prompt', prompt: ask('open', 'File or folder:', '') });
  if (deed === 'search') return act({ do: 'prompt', prompt: ask('search', 'Search:', '') });
  if (deed === 'write') return act({ do: 'prompt', prompt: askWhereTo(hands) });
  act({ do: 'move', deed, items: screen.items, rows: screen.rows.length, height: height() });
}

function choose(hands: Hands): void {
  const { screen, cursor, captures } = hands.state();
  if (screen === 'findings') return perform(hands, 'evidence');
  if (screen === 'complaint') {
    const complaint = complaints[cursor.complaint] ?? null;
    hands.act({ do: 'back' });
    return examine(
      hands,
      captures,
      complaint,
      captures.length > 0 ? '' : 'Now paste what you have, or open a file.',
    );
  }
  const choice = CHOICES[cursor.start];
  if (choice === 'paste') hands.act({ do: 'say', message: 'Just paste: the terminal sends it here.' });
  else if (choice) perform(hands, choice);
}

/** The mark goes to the third row of the window, so that what stands before it is seen too. */
function jumpToMark({ act, look, state }: Hands, from: number, direction: 1 | -1): void {
  const marks = look(state()).marks ?? [];
  const target =
    direction === 1
      ? (marks.find((mark) => mark > from) ?? marks[0])
      : (marks.findLast((mark) => mark < from) ?? marks.at(-1));
  if (target !== undefined) act({ do: 'jump', to: target - 2 });
}

function ask(asks: Prompt['asks'], label: string, text: string): Prompt {
  return { asks, label, text, at: text.length };
}

function askWhereTo({ state, world }: Hands): Prompt {
  if (state().screen === 'plan')
    return ask('savePlan', 'Write the plan to:', `vio-doctor-${chosenPlan(state())?.fix ?? 'plan'}.txt`);
  return ask(
    'saveExport',
    'Write the report to:',
    chosenFormat({ state: state(), world })?.fileName ?? 'report.txt',
  );
}

function copy({ world, act, state }: Hands): void {
  const now = state();
  const plan = chosenPlan(now);
  const text = now.screen === 'plan' ? plan && planText(plan) : preview({ state: now, world });
  if (!text) return;
  world.copy(text);
  act({
    do: 'say',
    message: 'Sent to the terminal for its clipboard; if it does not arrive, w writes a file.',
  });
}

function answerPrompt(hands: Hands, key: string): void {
  const { prompt } = hands.state();
  if (!prompt) return;
  if (key === 'esc') return hands.act({ do: 'prompt', prompt: null });
  if (key !== 'enter') return hands.act({ do: 'type', key });
  if (prompt.text.trim() === '') return hands.act({ do: 'prompt', prompt: null });
  if (prompt.asks === 'search') return search(hands, prompt.text);
  if (prompt.asks === 'open') void open(hands, prompt);
  else void write(hands, prompt);
}

function search({ act, look, state }: Hands, text: string): void {
  act({ do: 'prompt', prompt: null });
  const { rows } = look(state());
  const wanted = text.toLowerCase();
  const from = state().offset.evidence + 3;
  const found = rows.findIndex((row, index) => index >= from && row.text.toLowerCase().includes(wanted));
  const target = found >= 0 ? found : rows.findIndex((row) => row.text.toLowerCase().includes(wanted));
  if (target < 0) return act({ do: 'say', message: `Not found: ${text}` });
  act({ do: 'jump', to: target - 2 });
  act({ do: 'say', message: `Found: ${text}` });
}

/** What was typed stays when it goes wrong: the person mends it and tries again. */
async function open(hands: Hands, prompt: Prompt): Promise<void> {
  try {
    const opened = await hands.world.open(prompt.text.trim());
    const { captures, complaint } = hands.state();
    const names = new Set(opened.map(({ name }) => name));
    hands.act({ do: 'prompt', prompt: null });
    examine(
      hands,
      [...captures.filter(({ name }) => !names.has(name)), ...opened],
      complaint,
      `${opened.length} files read.`,
    );
  } catch (error) {
    hands.act({ do: 'prompt', prompt: { ...prompt, label: `${(error as Error).message} File or folder:` } });
  }
}

async function write(hands: Hands, prompt: Prompt): Promise<void> {
  const now = hands.state();
  const plan = chosenPlan(now);
  const text =
    prompt.asks === 'savePlan' ? plan && planText(plan) : preview({ state: now, world: hands.world });
  try {
    const path = await hands.world.save(prompt.text.trim(), text ?? '');
    hands.act({ do: 'prompt', prompt: null });
    hands.act({ do: 'say', message: `Written: ${path}` });
  } catch (error) {
    hands.act({ do: 'prompt', prompt: { ...prompt, label: `${(error as Error).message} Write to:` } });
  }
}
