import { wrap } from '../../report/wrap.ts';
import { blank, row } from '../parts/rows.ts';
import { isOverSsh } from '../state/stage.ts';
import type { State } from '../state.ts';
import { commandList } from './command-list.ts';
import { disturbancesScreen } from './disturbances.ts';
import { whereLine } from './machine-line.ts';
import { progressRows } from './progress.ts';
import type { Screen, View } from './screen.ts';
import { tapScreen } from './tap-choice.ts';
import { vmScreen } from './vm-choice.ts';

/** Collecting, from the question what to reach to the bundle that is written. */
export function collectScreen(view: View): Screen {
  const { state, width } = view;
  const title = 'Collect';
  const text = (...lines: readonly string[]): Screen => ({
    title,
    rows: lines.flatMap((line) => (line === '' ? [blank] : wrap(line, width).map((one) => row(one)))),
    items: 0,
    tabs: [],
    deeds: [],
  });
  switch (state.stage) {
    case 'none':
    case 'reaching':
      return {
        ...text(
          `Looking at ${wheres(state)}: what system it is, and which VMs it has\u2026`,
          ...(isOverSsh(state.of) ? ['', 's or Esc stops it.'] : []),
        ),
        deeds: isOverSsh(state.of) ? ['stop', 'log'] : ['log'],
      };
    case 'ask-reach':
      return { ...text(...reachLines(state)), title: `${title} over ssh`, deeds: ['yes'] };
    case 'ask-vm':
      return vmScreen(view);
    case 'planning':
      return text(...state.machines.map(whereLine), '', 'Finding out which commands fit\u2026');
    case 'ask-run':
      return commandList(view);
    case 'ask-tap':
      return tapScreen(view);
    case 'ask-changes':
      return disturbancesScreen(view);
    case 'failed':
      return {
        ...text('It did not work:', state.failure, '', 'r tries again, Esc goes back.'),
        deeds: ['again', 'log'],
      };
    default:
      return {
        title,
        rows: progressRows(view),
        items: 0,
        tabs: [],
        deeds: state.stage === 'ended' ? ['choose', 'again', 'log'] : ['stop', 'log'],
      };
  }
}

function wheres({ of: { guest, host } }: State): string {
  return [guest, host].filter((one) => one !== undefined).join(' and ') || 'this machine';
}

function reachLines({ of: { guest, host } }: State): string[] {
  return [
    ...(guest === undefined ? [] : [`guest: ${guest}`]),
    ...(host === undefined ? [] : [`host:  ${host}`]),
    '',
    'y connects with your own ssh: its configuration, agent, jump hosts and known hosts. It never asks for a password.',
    'There it first looks what system it is and which VMs it has (uname, id, qm list and the like); then you see every command before it runs.',
    '',
    'Esc goes back.',
  ];
}
