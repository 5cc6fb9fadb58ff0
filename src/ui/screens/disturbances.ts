import { commandLine, type LeftOutGroup, leftOutByReason } from '../../model/collection.ts';
import { wrap } from '../../report/wrap.ts';
import { blank, type Row, row } from '../parts/rows.ts';
import type { State } from '../state.ts';
import type { Screen, View } from './screen.ts';

/** What is left out because it may load a module or disturb. */
export function disturbancesOf({ plan }: Pick<State, 'plan'>): readonly LeftOutGroup[] {
  return leftOutByReason(plan?.leftOut.filter(({ addedBy }) => addedBy === 'changes') ?? []);
}

/** `host# qm monitor 107 announce_self (twice, each at most 10 s)` */
export function disturbingCommands({ would }: LeftOutGroup): string[] {
  return would.map(
    (probe) =>
      `${probe.machine}# ${commandLine(probe)} (${probe.twice ? 'twice, each ' : ''}at most ${probe.seconds} s)`,
  );
}

/** The yes to what may disturb: by itself, before the yes to the list. */
export function disturbancesScreen({ state, width }: View): Screen {
  const groups = disturbancesOf(state);
  const count = groups.flatMap(({ would }) => would).length;
  const lines = (text: string, style: Row['style'], indent = '') =>
    wrap(text, width, indent).map((line) => row(line, style));
  return {
    title: 'Collect: what may disturb',
    rows: [
      ...lines(
        `y adds ${count === 1 ? 'this command' : `these ${count} commands`} to the list; nothing runs before your yes there. Esc leaves ${count === 1 ? 'it' : 'them'} out.`,
        'answer',
      ),
      ...groups.flatMap((group) => [
        blank,
        ...disturbingCommands(group).flatMap((command) => lines(command, 'command')),
        ...lines(`What it may do: ${group.why}.`, 'warning', '  '),
      ]),
    ],
    items: 0,
    tabs: [],
    deeds: ['yes'],
  };
}
