import {
  commandLine,
  type Extra,
  type LeftOutGroup,
  leftOutByReason,
  type PlannedProbe,
} from '../../model/collection.ts';
import { wrap } from '../../report/wrap.ts';
import { blank, type Row, row } from '../parts/rows.ts';
import { keyOf } from '../state/key-of.ts';
import { ticked } from '../state/to-run.ts';
import type { State } from '../state.ts';
import { around, LEAST } from './choice-list.ts';
import { whereLine } from './machine-line.ts';
import type { Screen, View } from './screen.ts';
import { chosen } from './start.ts';

/** What adds to a collection, in the keys of this screen. */
const KEYS: Readonly<Record<Extra, string>> = {
  listening: 't adds it',
  tap: 't names it',
  changes: 'd tells what it may do, and adds it',
  monitor: 'm names its socket',
  vm: 'Esc, then choose it',
};

/** A line of the list: a command that would run, or what is left out for one reason. */
export type CommandLine =
  | { readonly probe: PlannedProbe; readonly leftOut?: never }
  | { readonly probe?: never; readonly leftOut: LeftOutGroup };

export function commandLines({ plan }: Pick<State, 'plan'>): CommandLine[] {
  return [
    ...(plan?.probes ?? []).map((probe) => ({ probe })),
    ...byKey(leftOutByReason(plan?.leftOut ?? [])).map((leftOut) => ({ leftOut })),
  ];
}

/** What may disturb is one line: its key tells of each what it may do. */
function byKey(groups: readonly LeftOutGroup[]): LeftOutGroup[] {
  const [first, ...others] = groups.filter(({ addedBy }) => addedBy === 'changes');
  if (!first || others.length === 0) return [...groups];
  const all = [first, ...others];
  const one: LeftOutGroup = {
    why: 'each may load something or disturb',
    addedBy: 'changes',
    probes: all.flatMap(({ probes }) => probes),
    would: all.flatMap(({ would }) => would),
  };
  return groups.flatMap((group) => (group === first ? [one] : group.addedBy === 'changes' ? [] : [group]));
}

/** Every command before it runs, and what is left out; the chosen line in full below. */
export function commandList(view: View): Screen {
  const { state, width, height } = view;
  const lines = commandLines(state);
  const at = Math.min(state.cursor.collect, Math.max(0, lines.length - 1));
  const head = [
    ...(height < TIGHT ? [] : state.machines.map((machine) => row(whereLine(machine), 'title'))),
    ...wrap(headLine(state), width).map((line) => row(line, 'answer')),
  ].slice(0, Math.max(1, height - LEAST));
  const most = Math.max(0, Math.min(mostDetail(height), height - head.length - LEAST));
  const foot = detail(view, lines[at]).slice(0, most);
  const widest = Math.min(
    Math.floor(width / 2),
    Math.max(0, ...lines.map(({ probe }) => (probe ? commandLine(probe).length : 0))),
  );
  const list = lines.map((line, index) => {
    const text = line.probe ? probeLine(view, line.probe, widest) : leftOutText(line.leftOut);
    return chosen(text, index === at, index);
  });
  return {
    title: 'Collect',
    rows: [...head, ...around(list, at, Math.max(1, height - head.length - most)), ...foot],
    items: lines.length,
    tabs: [],
    deeds: ['yes', 'tick', ...addingDeeds(state), 'log'],
  };
}

/** In so few rows the commands come before the names of the machines. */
const TIGHT = 14;

function headLine(state: State): string {
  const all = state.plan?.probes.length ?? 0;
  const run = ticked(state).probes;
  if (all === 0) return 'There is nothing to run here. Esc goes back.';
  const disturbing = run.filter(({ disturbs }) => disturbs !== undefined).length;
  const but =
    disturbing === 0
      ? 'none of them changes anything'
      : `${disturbing} of them may disturb (d takes them out)`;
  return `y runs ${run.length === all ? `these ${all}` : `${run.length} of these ${all}`} commands; ${but}.`;
}

function addingDeeds({ plan, choices }: State) {
  const canAdd = (...extras: readonly Extra[]) =>
    plan?.leftOut.some(({ addedBy }) => addedBy !== undefined && extras.includes(addedBy)) ?? false;
  return [
    ...(choices.tcpdump || canAdd('listening', 'tap') ? (['tcpdump'] as const) : []),
    ...(choices.allowSystemChanges || canAdd('changes') ? (['disturbing'] as const) : []),
    ...(choices.monitor !== undefined || canAdd('monitor') ? (['monitor'] as const) : []),
  ];
}

function probeLine({ state }: View, probe: PlannedProbe, widest: number): string {
  const mark = state.unticked.includes(keyOf(probe)) ? '[ ]' : '[x]';
  const where = state.machines.length > 1 ? `${probe.machine.padEnd(5)} ` : '';
  const shown = commandLine(probe);
  const cut = shown.length > widest ? `${shown.slice(0, widest - 1)}\u2026` : shown.padEnd(widest);
  const marks = marksOf(state, probe);
  return `${mark} ${where}${cut}  ${marks === '' ? '' : `(${marks}) `}${probe.tells}`;
}

/** The way to add it first: it must be seen where the row is cut. */
function leftOutText({ probes, why, addedBy }: LeftOutGroup): string {
  return ` -  left out${addedBy ? ` (${KEYS[addedBy]})` : ''}: ${probes.join(', ')}: ${why}`;
}

function marksOf(
  { machines }: State,
  { machine, needsRoot, twice, listens, disturbs }: PlannedProbe,
): string {
  const isRoot = machines.find((one) => one.machine === machine)?.survey.isRoot ?? false;
  return [
    disturbs === undefined ? '' : 'may disturb',
    needsRoot && !isRoot ? 'needs root' : '',
    twice ? 'twice' : '',
    listens ? 'listens' : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function detail(view: View, line: CommandLine | undefined): Row[] {
  if (!line) return [];
  const { width, height } = view;
  const text = line.probe ? probeDetail(view, line.probe) : leftOutDetail(line.leftOut);
  const rows = wrap(text, width).map((one) => row(one, line.probe ? 'command' : 'faint'));
  const before = height < TIGHT ? [] : [blank];
  const most = mostDetail(height) - before.length;
  return [...before, ...(rows.length > most ? [...rows.slice(0, most - 1), row('\u2026')] : rows)];
}

/** Rows that are kept free for it, so that the list stays where it is when another line is chosen. */
function mostDetail(height: number): number {
  return height < TIGHT ? 3 : Math.min(6, Math.floor(height / 4) + 1);
}

function probeDetail({ state }: View, probe: PlannedProbe): string {
  const marks = marksOf(state, probe);
  const may = probe.disturbs === undefined ? '' : ` What it may do: ${probe.disturbs}.`;
  return `${probe.machine}# ${commandLine(probe)}: ${probe.tells}${marks && ` (${marks})`}; at most ${probe.seconds} s.${may}`;
}

function leftOutDetail({ probes, why, addedBy, would }: LeftOutGroup): string {
  const commands = would.length === 0 ? '' : ` (${would.map(commandLine).join('; ')})`;
  return `Left out: ${probes.join(', ')}${commands}: ${why}.${addedBy ? ` ${KEYS[addedBy]}.` : ''}`;
}
