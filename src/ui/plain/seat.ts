import { comparisonText } from '../../report/comparison-text.ts';
import type { Examining } from '../hands.ts';
import type { Dialogue } from './dialogue.ts';
import { answer } from './plain-texts.ts';

/** What the plain mode works with: the same state and world, and somebody to talk to. */
export type Seat = Examining & { readonly talk: Dialogue };

export type Choice = { readonly says: string; readonly act: () => Promise<unknown> };

/**
 * Asks once, by numbers. False: the person leaves. `otherwise` gets what is no number, such as a paste that nobody
 * announced.
 */
export async function chooseFrom(
  { talk }: Seat,
  question: string,
  choices: readonly Choice[],
  leave: string,
  otherwise?: (given: string) => Promise<void>,
): Promise<boolean> {
  await talk.say('', question, ...choices.map(({ says }, index) => `${index + 1}  ${says}`), `0  ${leave}`);
  const given = await talk.ask('Number:');
  const word = given?.trim() ?? '0';
  if (word === '0' || word === 'q') return false;
  const choice = /^\d{1,3}$/.test(word) ? choices[Number(word) - 1] : undefined;
  if (choice) await choice.act();
  else if (otherwise && word.length > 3) await otherwise(given ?? '');
  else if (word !== '') await talk.say(`There is no ${word} here; 1 to ${choices.length}, or 0.`);
  return true;
}

/** Asks until one is chosen; `/` and words leave only those with them, or name one. Undefined: none is wanted. */
export async function chooseAmong<T extends { readonly says: string }>(
  { talk }: Seat,
  question: string,
  answersTo: (sought: string) => readonly T[],
): Promise<T | undefined> {
  for (let sought = ''; ; ) {
    const answers = answersTo(sought);
    await talk.say('', question, ...answers.map(({ says }, index) => `${index + 1}  ${says}`), '0  back');
    const given = (await talk.ask('Number, or / and words:'))?.trim() ?? '0';
    const answer = /^\d{1,5}$/.test(given) ? answers[Number(given) - 1] : undefined;
    if (answer) return answer;
    if (given === '0' || given === 'q') return undefined;
    if (given.startsWith('/')) sought = given.slice(1).trim();
    else if (given !== '')
      await talk.say(`There is no ${given} here; 1 to ${answers.length}, / and words, or 0.`);
  }
}

/** Reads the result to the person: what was done, then the answer. */
export async function examined({ state, talk }: Seat, done: Promise<unknown>): Promise<void> {
  await done;
  const { message, report, second } = state();
  const told = second?.comparison
    ? ['', comparisonText(second.comparison)]
    : report
      ? ['', ...answer(report)]
      : [];
  await talk.say(...(message ? [message] : []), ...told);
}

/** Only a typed yes is one. */
export async function isYes({ talk }: Seat, question: string): Promise<boolean> {
  return /^y(?:es)?$/i.test((await talk.ask(`${question} yes or no [no]:`))?.trim() ?? '');
}
