import type { KeptSession } from '../../model/session.ts';
import { type Complaint, complaints } from '../../model/words.ts';
import { wrap } from '../../report/wrap.ts';
import type { Deed } from '../keys.ts';
import { blank, type Row, row } from '../parts/rows.ts';
import type { State } from '../state.ts';
import type { World } from '../world.ts';
import { machineLine } from './machine-line.ts';
import type { Screen, View } from './screen.ts';

/** A line of the start: what it says, and what it stands for: a deed, a bundle, a session, or an answer to the one question. */
export type StartChoice = {
  readonly says: string;
  readonly act:
    | Deed
    | 'paste'
    | { readonly open: string }
    | { readonly resume: string }
    | { readonly seen: Complaint };
};

/** Rows from which on the one question stands with all its answers on the first screen. */
const ROOMY = 30;

/** Where it begins: what this machine is, what to give, and the one question. What fits comes first. */
export function startScreen({ state, world, width, height }: View): Screen {
  const choices = startChoicesOf(state, world, height);
  const text = (line: string, style: 'title' | 'faint') => wrap(line, width).map((one) => row(one, style));
  const head = [
    ...text('Your virtio NIC misbehaves? Give what the guest and its host print.', 'title'),
    ...text('It changes nothing, and nothing leaves this machine.', 'faint'),
    ...text(hereLine(state), 'faint'),
    blank,
  ];
  const cursor = Math.min(state.cursor.start, choices.length - 1);
  const list = choices.map(({ says }, index) =>
    chosen(`${index < 9 ? index + 1 : ' '}  ${says}`, index === cursor, index),
  );
  const ways = choices.findIndex(({ act }) => typeof act === 'object' && 'seen' in act);
  const question =
    ways < 0 ? [] : [blank, row('What do you see? Some faults can only be told by it.', 'title')];
  const at = head.length + cursor + (ways >= 0 && cursor >= ways ? question.length : 0);
  return {
    title: 'Start',
    rows: [
      ...head,
      ...list.slice(0, ways < 0 ? list.length : ways),
      ...question,
      ...(ways < 0 ? [] : list.slice(ways)),
      blank,
      ...text('You may paste at any time, on any screen, as often as you like.', 'faint'),
      ...text('A guest without network: copy its console, or carry the text on a stick.', 'faint'),
      ...(ways < 0 ? [] : [blank, ...text(WHAT_COMES, 'faint')]),
    ],
    items: choices.length,
    chosen: [at, at + 1],
    tabs: [],
    deeds: [
      'choose',
      'number',
      'askComplaint',
      'openFile',
      'demo',
      ...(state.report && state.captures.length > 0 ? (['findings'] as const) : []),
    ],
  };
}

const WHAT_COMES =
  'You get: which fault it is, how sure that is and by which lines; what to run next where that is open; and the commands that mend it, with a check and the way back.';

export function startChoicesOf(state: State, world: World, height: number): StartChoice[] {
  const { report, captures, isElsewhere, bundles, kept } = state;
  const local = localChoices(state);
  const paste: StartChoice = {
    says: 'Paste what you have: dmesg, ifconfig, pcidump, qm config, tcpdump, a whole mail',
    act: 'paste',
  };
  const ssh: StartChoice = { says: 'Look at a guest, its host or both over ssh', act: 'lookOverSsh' };
  const count = captures.length;
  return [
    ...(report && count > 0
      ? [{ says: `Findings so far (f; ${count} capture${count === 1 ? '' : 's'})`, act: 'findings' } as const]
      : []),
    ...(isElsewhere ? [paste, ssh] : [...local, ssh, paste]),
    ...kept.slice(0, MOST_SESSIONS).map((session) => ({
      says: sessionLine(session),
      act: { resume: session.id },
    })),
    { says: 'Open a file or a folder (o)', act: 'openFile' },
    ...bundles.map(({ name, path, written }) => ({
      says: `Open the bundle ${name} (${written.slice(0, 16).replace('T', ' ')} UTC)`,
      act: { open: path },
    })),
    { says: `Look at the built-in case (d; ${world.demo().length} captures)`, act: 'demo' },
    ...(isElsewhere ? local : []),
    ...complaintChoices(state, height),
  ];
}

const MOST_SESSIONS = 3;

/** `Go on with 2026-11-27 03:12:07 UTC: OpenBSD 7.8, interface-down (vio1)` */
export function sessionLine({ saved, about, captures }: KeptSession): string {
  const what = about || `${captures} capture${captures === 1 ? '' : 's'}`;
  return `Go on with ${saved.slice(0, 19).replace('T', ' ')} UTC: ${what}`;
}

function localChoices({ here }: State): StartChoice[] {
  const survey = here?.survey;
  if (!survey || survey.hypervisors.length === 0)
    return [{ says: 'Look at this machine; you see every command before it runs', act: 'lookHere' }];
  const vms: StartChoice = {
    says: 'Look at a VM of this host; you see every command before it runs',
    act: survey.isGuest ? 'lookAtVms' : 'lookHere',
  };
  return survey.isGuest ? [vms, { says: 'Look at this machine itself, a guest', act: 'lookHere' }] : [vms];
}

/** The question, or where there is room all its answers. */
function complaintChoices({ complaint }: State, height: number): StartChoice[] {
  if (height < ROOMY)
    return [
      {
        says: `What do you see? (c) ${complaint === null ? 'Not told yet.' : SEEN[complaint]}`,
        act: 'askComplaint',
      },
    ];
  return complaints.map((word) => ({
    says: `(${word === complaint ? 'x' : ' '}) ${SEEN[word]}`,
    act: { seen: word },
  }));
}

function hereLine({ here, stage }: State): string {
  if (here) return `This machine: ${machineLine(here)}.`;
  if (stage === 'reaching') return 'Looking what this machine is\u2026';
  return stage === 'failed' ? 'This machine could not be looked at.' : 'This machine was not looked at yet.';
}

export const SEEN: Record<(typeof complaints)[number], string> = {
  'no-link': 'no link',
  'no-traffic': 'link, but nothing passes',
  stalls: 'it stops until the interface is taken down and up',
  slow: 'it is slow',
  'some-traffic': 'some traffic passes, some does not',
  'no-address': 'no address',
  'nic-missing': 'the NIC is missing',
  flaps: 'the link comes and goes',
  none: 'nothing: I only want to have it looked at',
};

/** The person's answer is evidence too. */
export function complaintScreen({ state }: View): Screen {
  return {
    title: 'What do you see?',
    rows: [
      row('What do you see on the NIC?', 'title'),
      row('Your answer is evidence: some faults can only be told by it.', 'faint'),
      blank,
      ...complaints.map((word, index) =>
        chosen(`${index + 1}  ${SEEN[word]}`, index === state.cursor.complaint, index),
      ),
      blank,
      row('Esc: I cannot say.', 'faint'),
    ],
    items: complaints.length,
    chosen: [3 + state.cursor.complaint, 4 + state.cursor.complaint],
    tabs: [],
  };
}

/** The mark stands in the text, so that it is seen without colours too. */
export function chosen(text: string, isChosen: boolean, item: number): Row {
  return { ...row(`${isChosen ? '>' : ' '} ${text}`, isChosen ? 'selected' : undefined), item };
}
