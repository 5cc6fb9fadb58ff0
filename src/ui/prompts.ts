import { aimOverSsh, nameMonitor, seek } from './deeds/collecting.ts';
import { jumpOn } from './deeds/jump.ts';
import { addCaptures } from './examine.ts';
import type { Hands } from './hands.ts';
import { chosenFormat, previewOf } from './preview.ts';
import { ask, type Prompt } from './prompt.ts';
import { logText } from './screens/log.ts';
import { chosenPlan, planText } from './screens/plan.ts';
import { matchesIn } from './search.ts';

export function askWhereTo({ state, world }: Hands): Prompt {
  if (state().screen === 'log') return ask('saveLog', 'Write the command log to:', 'vio-doctor-commands.txt');
  if (state().screen === 'plan')
    return ask('savePlan', 'Write the plan to:', `vio-doctor-${chosenPlan(state())?.fix ?? 'plan'}.txt`);
  return ask(
    'saveExport',
    'Write the report to:',
    chosenFormat({ state: state(), world })?.fileName ?? 'report.txt',
  );
}

/** One key while a line is typed. */
export function answerPrompt(hands: Hands, key: string): void {
  const { prompt } = hands.state();
  if (!prompt) return;
  if (prompt.asks === 'seek') return seek(hands, prompt, key);
  if (key === 'esc') return hands.act({ do: 'prompt', prompt: null });
  if (key !== 'enter') return hands.act({ do: 'type', key });
  if (prompt.asks === 'filter') {
    hands.act({ do: 'prompt', prompt: null });
    return hands.act({ do: 'filter', text: prompt.text.trim() });
  }
  if (prompt.asks === 'search') return search(hands, prompt.text || hands.state().search);
  if (prompt.text.trim() === '' && !prompt.mayBeEmpty) return hands.act({ do: 'prompt', prompt: null });
  void ANSWERS[prompt.asks](hands, prompt);
}

/** What Enter does with the line. */
const ANSWERS: Record<
  Exclude<Prompt['asks'], 'search' | 'filter' | 'seek'>,
  (hands: Hands, prompt: Prompt) => Promise<void>
> = {
  open,
  savePlan: write,
  saveExport: write,
  saveLog: write,
  monitor: nameMonitor,
  sshGuest: askHost,
  sshHost: aim,
};

/** With Enter alone on to the next one. */
function search(hands: Hands, text: string): void {
  const { act, look, state } = hands;
  act({ do: 'prompt', prompt: null });
  if (text === '') return;
  const isFound = matchesIn(look(state()).rows, text).length > 0;
  act({ do: 'search', text: isFound ? text : '' });
  if (isFound) jumpOn(hands, 1);
  else act({ do: 'say', message: `Not found: ${text}` });
}

/** What was typed stays when it goes wrong: the person mends it and tries again. */
async function open(hands: Hands, prompt: Prompt): Promise<void> {
  try {
    const opened = await hands.world.open(prompt.text.trim());
    hands.act({ do: 'prompt', prompt: null });
    await addCaptures(hands, opened, `${opened.length} file${opened.length === 1 ? '' : 's'} read.`);
  } catch (error) {
    askAgain(hands, prompt, `${(error as Error).message} File or folder:`);
  }
}

async function write(hands: Hands, prompt: Prompt): Promise<void> {
  const now = hands.state();
  const plan = chosenPlan(now);
  const text =
    prompt.asks === 'saveLog'
      ? logText(now)
      : prompt.asks === 'savePlan'
        ? plan && planText(plan)
        : previewOf({ state: now, world: hands.world })?.text;
  try {
    const path = await hands.world.save(prompt.text.trim(), text ?? '');
    hands.act({ do: 'prompt', prompt: null });
    hands.act({ do: 'say', message: `Written: ${path}` });
  } catch (error) {
    askAgain(hands, prompt, `${(error as Error).message} Write to:`);
  }
}

/** What was typed meanwhile stays too; a question that was left is not asked again. */
function askAgain({ act, state }: Hands, { asks }: Prompt, label: string): void {
  const { prompt } = state();
  if (prompt?.asks === asks) act({ do: 'prompt', prompt: { ...prompt, label } });
  else act({ do: 'say', message: label.replace(/ [\w ]+:$/, '') });
}

const HOST = 'Its host (root@pve); empty: none:';

async function askHost({ act }: Hands, { text }: Prompt): Promise<void> {
  act({ do: 'prompt', prompt: { ...ask('sshHost', HOST), mayBeEmpty: true, guest: text.trim() } });
}

async function aim(hands: Hands, { text, guest = '' }: Prompt): Promise<void> {
  const host = text.trim();
  hands.act({ do: 'prompt', prompt: null });
  aimOverSsh(hands, { ...(guest !== '' && { guest }), ...(host !== '' && { host }) });
}
