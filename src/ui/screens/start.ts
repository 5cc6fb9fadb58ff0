import { complaints } from '../../model/words.ts';
import { blank, type Row, row } from '../rows.ts';
import type { Screen, View } from './screen.ts';

export const CHOICES = ['paste', 'openFile', 'demo', 'askComplaint', 'findings'] as const;

/** Where it begins: what to give, and the one question. */
export function startScreen({ state, world }: View): Screen {
  const { report, captures, complaint } = state;
  const choices = [
    'Paste what you have: dmesg, ifconfig, pcidump, qm config, tcpdump, a whole mail',
    'o  Open a file or a folder',
    `d  Look at the built-in case (${world.demo().length} captures)`,
    `c  What do you see? ${complaint === null ? '(not told yet)' : SEEN[complaint]}`,
    ...(report ? [`f  Findings so far (${captures.length} captures)`] : []),
  ];
  return {
    title: 'Start',
    rows: [
      row('Your virtio NIC misbehaves? Give what the guest and its host print.', 'title'),
      row('It changes nothing, and nothing leaves this machine.', 'faint'),
      blank,
      ...choices.map((choice, index) => chosen(choice, index === state.cursor.start)),
      blank,
      row('You may paste at any time, on any screen, as often as you like.', 'faint'),
      row('A guest without network: copy its console, or carry the text on a stick.', 'faint'),
    ],
    items: choices.length,
    tabs: [],
  };
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
      ...complaints.map((word, index) => chosen(SEEN[word], index === state.cursor.complaint)),
    ],
    items: complaints.length,
    tabs: [],
  };
}

/** The mark stands in the text, so that it is seen without colours too. */
export function chosen(text: string, isChosen: boolean): Row {
  return row(`${isChosen ? '>' : ' '} ${text}`, isChosen ? 'selected' : undefined);
}
