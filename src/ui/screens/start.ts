import type { KeptSession } from '../../model/session.ts';
import { complaints } from '../../model/words.ts';
import { wrap } from '../../report/wrap.ts';
import type { Deed } from '../keys.ts';
import { blank, type Row, row } from '../rows.ts';
import type { State } from '../state.ts';
import type { World } from '../world.ts';
import { machineLine } from './machine-line.ts';
import type { Screen, View } from './screen.ts';

/** A line of the start: what it says, and the deed, the bundle or the session that it stands for. */
export type StartChoice = {
  readonly says: string;
  readonly act: Deed | 'paste' | { readonly open: string } | { readonly resume: string };
};

/** Where it begins: what this machine is, what to give, and the one question. What fits comes first. */
export function startScreen({ state, world, width }: View): Screen {
  const choices = startChoicesOf(state, world);
  const text = (line: string, style: 'title' | 'faint') => wrap(line, width).map((one) => row(one, style));
  const head = [
    ...text('Your virtio NIC misbehaves? Give what the guest and its host print.', 'title'),
    ...text('It changes nothing, and nothing leaves this machine.', 'faint'),
    ...text(hereLine(state), 'faint'),
    blank,
  ];
  const at = head.length + state.cursor.start;
  return {
    title: 'Start',
    rows: [
      ...head,
      ...choices.map(({ says }, index) =>
        chosen(`${index < 9 ? index + 1 : ' '}  ${says}`, index === state.cursor.start),
      ),
      blank,
      ...text('You may paste at any time, on any screen, as often as you like.', 'faint'),
      ...text('A guest without network: copy its console, or carry the text on a stick.', 'faint'),
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
      ...(state.report ? (['findings'] as const) : []),
    ],
  };
}

export function startChoicesOf(state: State, world: World): StartChoice[] {
  const { report, captures, complaint, here, isElsewhere, bundles, kept } = state;
  const survey = here?.survey;
  const paste: StartChoice = {
    says: 'Paste what you have: dmesg, ifconfig, pcidump, qm config, tcpdump, a whole mail',
    act: 'paste',
  };
  const local: StartChoice[] =
    survey && survey.hypervisors.length > 0
      ? [
          {
            says: 'Look at a VM of this host; you see every command before it runs',
            act: survey.isGuest ? 'lookAtVms' : 'lookHere',
          },
          ...(survey.isGuest
            ? [{ says: 'Look at this machine itself, a guest', act: 'lookHere' } as const]
            : []),
        ]
      : [{ says: 'Look at this machine; you see every command before it runs', act: 'lookHere' }];
  const ssh: StartChoice = { says: 'Look at a guest, its host or both over ssh', act: 'lookOverSsh' };
  return [
    ...(report
      ? [
          {
            says: `Findings so far (f; ${captures.length} capture${captures.length === 1 ? '' : 's'})`,
            act: 'findings',
          } as const,
        ]
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
    {
      says: `What do you see? (c) ${complaint === null ? 'Not told yet.' : SEEN[complaint]}`,
      act: 'askComplaint',
    },
  ];
}

const MOST_SESSIONS = 3;

/** `Go on with 2026-11-27 03:12 UTC: OpenBSD 7.8, interface-down (vio1)` */
export function sessionLine({ saved, about, captures }: KeptSession): string {
  const what = about || `${captures} capture${captures === 1 ? '' : 's'}`;
  return `Go on with ${saved.slice(0, 16).replace('T', ' ')} UTC: ${what}`;
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
        chosen(`${index + 1}  ${SEEN[word]}`, index === state.cursor.complaint),
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
export function chosen(text: string, isChosen: boolean): Row {
  return row(`${isChosen ? '>' : ' '} ${text}`, isChosen ? 'selected' : undefined);
}
