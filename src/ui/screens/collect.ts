import { commandLine, leftOutByReason, type PlannedProbe } from '../../model/collection.ts';
import { wrap } from '../../report/wrap.ts';
import { blank, type Row, row } from '../rows.ts';
import { keyOf, ticked } from '../state/to-run.ts';
import type { State } from '../state.ts';
import { machineLine } from './machine-line.ts';
import { progressRows } from './progress.ts';
import type { Screen, View } from './screen.ts';
import { chosen } from './start.ts';

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
      return text(`Looking at ${wheres(state)}: what system it is, and which VMs it has\u2026`);
    case 'ask-reach':
      return { ...text(...reachLines(state)), title: `${title} over ssh`, deeds: ['yes'] };
    case 'ask-vm':
      return vmScreen(view);
    case 'planning':
      return text(...state.machines.map(whereLine), '', 'Finding out which commands fit\u2026');
    case 'ask-run':
      return listScreen(view);
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

function whereLine(machine: State['machines'][number]): string {
  return `${machine.machine}: ${machine.where}, ${machineLine(machine)}`;
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

/** The VMs of the host: running ones first; then none of them. */
export function vmChoices({ machines }: Pick<State, 'machines'>): { vm: string | null; says: string }[] {
  const vms = machines.filter(({ machine }) => machine === 'host').flatMap(({ survey }) => survey.vms);
  const ordered = [...vms.filter(({ isRunning }) => isRunning), ...vms.filter(({ isRunning }) => !isRunning)];
  return [
    ...ordered.map(({ id, name, isRunning }) => ({
      vm: id,
      says: `${id}${name === id ? '' : `  ${name}`}${isRunning ? '' : '  (does not run)'}`,
    })),
    { vm: null, says: 'none of them: only what the host says of its own network' },
  ];
}

function vmScreen({ state, height }: View): Screen {
  const choices = vmChoices(state);
  const at = Math.min(state.cursor.collect, choices.length - 1);
  const list = choices.map(({ says }, index) =>
    chosen(`${index < 9 ? index + 1 : ' '}  ${says}`, index === at),
  );
  return {
    title: 'Collect: which VM?',
    rows: [row('Whose NIC misbehaves?', 'title'), blank, ...around(list, at, height - 2)],
    items: choices.length,
    tabs: [],
    deeds: ['choose', 'number'],
  };
}

/** Every command before it runs; the chosen one in full below. */
function listScreen(view: View): Screen {
  const { state, width, height } = view;
  const probes = state.plan?.probes ?? [];
  const leftOut = state.plan?.leftOut ?? [];
  const head = [
    ...state.machines.map((machine) => row(whereLine(machine), 'title')),
    row(headLine(state), 'answer'),
  ];
  const at = Math.min(state.cursor.collect, Math.max(0, probes.length - 1));
  const widest = Math.min(
    Math.floor(width / 2),
    Math.max(0, ...probes.map((one) => commandLine(one).length)),
  );
  const list = [
    ...probes.map((probe, index) => chosen(probeLine(view, probe, widest), index === at)),
    ...[...leftOutByReason(leftOut)].flatMap(([why, names]) =>
      wrap(`left out: ${names.join(', ')}: ${forApp(why)}`, width, '  ', '    ').map((line) =>
        row(line, 'faint'),
      ),
    ),
  ];
  const foot = probes[at] ? detail(view, probes[at]) : [];
  const room = Math.max(1, height - head.length - foot.length);
  return {
    title: 'Collect',
    rows: [...head, ...around(list, at, room), ...foot],
    items: probes.length,
    tabs: [],
    deeds: ['yes', 'tick', 'tcpdump', 'log'],
  };
}

function headLine(state: State): string {
  const all = state.plan?.probes.length ?? 0;
  const count = ticked(state).probes.length;
  if (all === 0) return 'There is nothing to run here. Esc goes back.';
  return `y runs ${count === all ? `these ${all}` : `${count} of these ${all}`} commands; none of them changes anything.`;
}

function probeLine({ state }: View, probe: PlannedProbe, widest: number): string {
  const mark = state.unticked.includes(keyOf(probe)) ? '[ ]' : '[x]';
  const where = state.machines.length > 1 ? `${probe.machine.padEnd(5)} ` : '';
  const shown = commandLine(probe);
  const cut = shown.length > widest ? `${shown.slice(0, widest - 1)}\u2026` : shown.padEnd(widest);
  const marks = marksOf(state, probe);
  return `${mark} ${where}${cut}  ${marks === '' ? '' : `(${marks}) `}${probe.tells}`;
}

function marksOf({ machines }: State, { machine, needsRoot, twice, listens }: PlannedProbe): string {
  const isRoot = machines.find((one) => one.machine === machine)?.survey.isRoot ?? false;
  return [needsRoot && !isRoot ? 'needs root' : '', twice ? 'twice' : '', listens ? 'listens' : '']
    .filter(Boolean)
    .join(', ');
}

function detail({ state, width }: View, probe: PlannedProbe): Row[] {
  const marks = marksOf(state, probe);
  const says = `${probe.machine}# ${commandLine(probe)}: ${probe.tells}${marks && ` (${marks})`}; at most ${probe.seconds} s.`;
  return [
    blank,
    ...wrap(says, width)
      .slice(0, 3)
      .map((line) => row(line, 'command')),
  ];
}

/** The words of the command line, in those of this screen. */
function forApp(why: string): string {
  return why
    .replace('--tcpdump runs it', 't adds it')
    .replace(/--allow-\S+ runs it/, '`vio-doctor collect $&`');
}

/** The part of a list that holds the chosen line, and how much of it is not seen. */
export function around(list: readonly Row[], at: number, room: number): Row[] {
  if (list.length <= room) return [...list];
  const size = Math.max(1, room - 1);
  const from = Math.max(0, Math.min(at - Math.floor(size / 2), list.length - size));
  return [
    ...list.slice(from, from + size),
    row(`  (${from + 1} to ${Math.min(list.length, from + size)} of ${list.length})`, 'faint'),
  ];
}
