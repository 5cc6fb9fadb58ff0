import { chosenFinding } from '../chosen.ts';
import type { Deeds, Hands } from '../hands.ts';
import { previewOf } from '../preview.ts';
import { askWhereTo } from '../prompts.ts';
import { commandsOf } from '../screens/about-finding.ts';
import { chosenAsk } from '../screens/ask.ts';
import { nextCommands } from '../screens/compare.ts';
import { logText } from '../screens/log.ts';
import { chosenPlan, chosenStep, planText } from '../screens/plan.ts';

/** What is taken out of the app: to the terminal's clipboard, or to a file. */
export const copyDeeds = {
  copy: (hands) => copy(hands, chosenText(hands)),
  copyAll: (hands) => {
    const plan = chosenPlan(hands.state());
    copy(hands, plan ? planText(plan) : '');
  },
  write: (hands) => hands.act({ do: 'prompt', prompt: askWhereTo(hands) }),
} satisfies Deeds;

function chosenText({ state, world }: Hands): string {
  const now = state();
  const finding = chosenFinding(now);
  if (now.screen === 'findings') return now.report ? commandsOf(finding, now.report) : '';
  if (now.screen === 'ask') return chosenAsk(now)?.command ?? '';
  if (now.screen === 'plan') return chosenStep(now)?.step.shown ?? '';
  if (now.screen === 'compare')
    return nextCommands(now)
      .map(({ shown }) => shown)
      .join('\n');
  if (now.screen === 'log') return logText(now);
  return previewOf({ state: now, world })?.text ?? '';
}

const LONGEST_SHOWN = 40;

function copy({ world, act }: Hands, text: string): void {
  if (text === '') return act({ do: 'say', message: 'There is nothing to copy here.' });
  world.copy(text);
  const lines = text.trimEnd().split('\n');
  const [first = ''] = lines;
  const what = lines.length > 1 ? `${lines.length} lines` : first.length > LONGEST_SHOWN ? 'One line' : first;
  act({
    do: 'say',
    message: `Sent to the terminal's clipboard: ${what}. If it does not arrive, w writes a file.`,
  });
}
