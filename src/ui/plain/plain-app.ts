import type { Ask, Finding } from '../../model/report.ts';
import { complaints } from '../../model/words.ts';
import { addAnswer } from '../answer.ts';
import { addCaptures, addPaste, examine } from '../examine.ts';
import type { Hands } from '../hands.ts';
import { SEEN, sessionLine } from '../screens/start.ts';
import { findLeft, isKeptAnew, resume, sessionOf } from '../session/session.ts';
import { initial, reduce } from '../state.ts';
import type { World } from '../world.ts';
import { collectOverSsh, collectPlainly } from './collect.ts';
import { compareChoicesOf } from './compare.ts';
import type { Dialogue } from './dialogue.ts';
import { excerpts } from './excerpts.ts';
import { askLines, planTexts } from './plain-texts.ts';
import { type Choice, chooseFrom, examined, type Seat } from './seat.ts';

/**
 * The app as numbered questions and answers, line by line: for serial consoles, screen readers and terminals that cannot
 * move a cursor. The same state, the same world; resolves when the person leaves or the input ends.
 */
export async function runPlainApp(
  world: World,
  talk: Dialogue,
  start: { demo: boolean; resume?: boolean },
): Promise<void> {
  let state = initial;
  let kept = Promise.resolve();
  let trouble: string | undefined;
  const tellOnce = async ({ message }: Error) => {
    if (trouble === undefined) await talk.say(message);
    trouble = message;
  };
  const act: Hands['act'] = (action) => {
    const before = state;
    state = reduce(state, action);
    if (isKeptAnew(before, state)) kept = world.keep(sessionOf(state)).catch(tellOnce);
  };
  const seat: Seat = { world, act, state: () => state, talk };
  await talk.say(
    'vio-doctor, plain mode: answer with the number of a line.',
    'It changes nothing, and nothing leaves this machine.',
  );
  if (start.demo) await examined(seat, showDemo(seat));
  if (start.resume) await examined(seat, resume(seat));
  else await findLeft(seat);
  const take = async (first: string) => examined(seat, addPasted(seat, await talk.readBurst(first)));
  while (await chooseFrom(seat, 'What do you want to do?', choicesOf(seat), 'quit', take));
  await kept;
}

function choicesOf(seat: Seat): Choice[] {
  const { report, captures, complaint, kept } = seat.state();
  const give: Choice[] = [
    { says: 'Look at this machine', act: () => collectPlainly(seat, {}) },
    { says: 'Look at others over ssh', act: () => collectOverSsh(seat) },
    { says: report ? 'Paste more' : 'Paste what you have', act: () => paste(seat) },
    { says: report ? 'Open another file or folder' : 'Open a file or a folder', act: () => open(seat) },
    {
      says: `Say what you see (${complaint === null ? 'not told yet' : SEEN[complaint]})`,
      act: () => complain(seat),
    },
  ];
  if (!report || captures.length === 0)
    return [
      ...give,
      { says: 'Look at the built-in case', act: () => examined(seat, showDemo(seat)) },
      ...kept.map((one) => ({ says: sessionLine(one), act: () => examined(seat, resume(seat, one.id)) })),
    ];
  return [
    {
      says: 'Read the whole diagnosis',
      act: () => seat.talk.say(seat.world.render(report, 'text', { redact: false })),
    },
    { says: 'Read the plan of a finding', act: () => chooseFinding(seat, planTexts) },
    {
      says: 'Read the evidence of a finding',
      act: () => chooseFinding(seat, (finding) => excerpts(finding, seat.state().captures)),
    },
    { says: 'What to run next', act: () => runNext(seat) },
    ...give,
    { says: 'Write a report', act: () => write(seat) },
    ...compareChoicesOf(seat),
  ];
}

async function showDemo(seat: Seat) {
  return examine(
    seat,
    seat.world.demo(),
    'no-link',
    'The built-in case: vio1 shows no carrier, its tap sees traffic.',
  );
}

async function paste(seat: Seat): Promise<void> {
  await seat.talk.say('Paste now. Then a line with a single dot ends it.');
  const text = await seat.talk.readText();
  if (text.trim() === '') return seat.talk.say('Nothing was pasted.');
  await examined(seat, addPasted(seat, text));
}

/** A command that was run elsewhere: its output is read as the answer to it. */
async function runNext(seat: Seat): Promise<void> {
  const { ask = [] } = seat.state().report ?? {};
  if (ask.length === 0) return seat.talk.say('There is nothing more to run.');
  const choices = ask.map((one) => ({ says: askLines(one), act: () => answerTo(seat, one) }));
  await chooseFrom(seat, 'Run one of these, then choose it to paste what it printed.', choices, 'back');
}

async function answerTo(seat: Seat, ask: Ask): Promise<void> {
  await seat.talk.say(`Paste what ${ask.command} printed. Then a line with a single dot ends it.`);
  const text = await seat.talk.readText();
  if (text.trim() === '') return seat.talk.say('Nothing was pasted.');
  await examined(seat, addAnswer(seat, ask, `${text}\n`));
}

async function addPasted(seat: Seat, text: string) {
  return addPaste(seat, `${text}\n`);
}

async function open(seat: Seat): Promise<void> {
  const path = (await seat.talk.ask('File or folder:'))?.trim();
  if (!path) return;
  try {
    const opened = await seat.world.open(path);
    await examined(
      seat,
      addCaptures(seat, opened, `${opened.length} file${opened.length === 1 ? '' : 's'} read.`),
    );
  } catch (error) {
    await seat.talk.say((error as Error).message);
  }
}

async function complain(seat: Seat): Promise<void> {
  const choices = complaints.map((word) => ({
    says: SEEN[word],
    act: () => examined(seat, examine(seat, seat.state().captures, word, '')),
  }));
  await chooseFrom(seat, 'What do you see on the NIC?', choices, 'back');
}

async function chooseFinding(seat: Seat, read: (finding: Finding) => string[]): Promise<void> {
  const findings = seat.state().report?.findings ?? [];
  const [only] = findings;
  if (!only) return seat.talk.say('Nothing was found.');
  if (findings.length === 1) return seat.talk.say(...read(only));
  const choices = findings.map((finding) => ({
    says: `${finding.standing}: ${finding.title} (${finding.nic})`,
    act: () => seat.talk.say(...read(finding)),
  }));
  await chooseFrom(seat, 'Which finding?', choices, 'back');
}

async function write(seat: Seat): Promise<void> {
  const choices = seat.world.formats.map(({ name, title, describes, fileName }) => ({
    says: `${title}: ${describes}`,
    act: () => writeAs(seat, name, fileName),
  }));
  await chooseFrom(seat, 'For whom?', choices, 'back');
}

async function writeAs({ world, state, talk }: Seat, format: string, fileName: string): Promise<void> {
  const { report } = state();
  if (!report) return;
  const redact = !/^n/i.test(
    (await talk.ask('Replace addresses and names by stand-ins? yes or no [yes]:')) ?? '',
  );
  const path = (await talk.ask(`Write to [${fileName}]:`))?.trim() || fileName;
  try {
    await talk.say(`Written: ${await world.save(path, world.render(report, format, { redact }))}`);
  } catch (error) {
    await talk.say((error as Error).message);
  }
}
