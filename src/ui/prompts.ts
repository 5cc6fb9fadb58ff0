import { examine } from './examine.ts';
import type { Hands } from './hands.ts';
import { chosenFormat, preview } from './screens/export.ts';
import { chosenPlan, planText } from './screens/plan.ts';
import type { Prompt } from './state.ts';

export function ask(asks: Prompt['asks'], label: string, text = ''): Prompt {
  return { asks, label, text, at: text.length };
}

export function askWhereTo({ state, world }: Hands): Prompt {
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
