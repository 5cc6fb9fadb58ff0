import { lostLine } from '../../model/collected.ts';
import { commandLine } from '../../model/collection.ts';
import { wrap } from '../../report/wrap.ts';
import { blank, type Row, row } from '../parts/rows.ts';
import type { Logged } from '../state/collecting.ts';
import { hasRest, ranNow, unfinished } from '../state/to-run.ts';
import type { State } from '../state.ts';
import { logRows } from './log.ts';
import type { View } from './screen.ts';

/** How far it is, in words: no wheel turns, so a screen reader is not disturbed and nothing is drawn without news. */
export function progressRows({ state, width, height }: View): Row[] {
  const ran = ranNow(state);
  const running = ran.filter(({ outcome }) => outcome === undefined);
  const ended = ran.filter(({ outcome }) => outcome !== undefined);
  const sum = wrap(summary(state, ended), width).map((line) => row(line, 'answer'));
  const most = Math.max(1, Math.floor((height - sum.length) / 2));
  const head = [
    ...sum,
    ...(state.stage === 'ended' ? endLines(state, width) : runningLines(running, ended.length, most)),
    ...(height < TIGHT ? [] : [blank]),
  ];
  const room = Math.max(0, height - head.length - 1);
  if (room === 0) return head;
  const list = ended
    .slice(-room)
    .reverse()
    .flatMap((one) => logRows(one, width));
  return [...head, row('What has run, the last one first', 'title'), ...list.slice(0, room)];
}

function summary(state: State, ended: readonly Logged[]): string {
  const failed = ended.filter(({ outcome }) => outcome !== 'exit 0').length;
  const but = failed > 0 ? `, ${failed} of them refused, missing or stopped` : '';
  const done = `${ended.length} of ${state.runs} commands have run${but}`;
  if (state.stage === 'running') return `Collecting: ${done}. s or Esc stops and keeps what is there.`;
  if (state.stage === 'stopping') return `Stopping: ${done}.`;
  if (state.collected?.isStopped) return `Stopped by hand: ${done}.`;
  const lost = state.collected ? lostLine(state.collected) : '';
  return lost === '' ? `Collected: ${done}.` : `${lost} What was collected is kept: ${done}.`;
}

/** In so few rows each counts. */
const TIGHT = 14;

/** Those that run longest, for they are what is waited for. */
function runningLines(running: readonly Logged[], ended: number, most: number): Row[] {
  if (running.length === 0 && ended > 0)
    return [row('  a pause of 10 s: counters are read twice, so that they can be seen to move')];
  const shown = running.length <= most ? running : running.slice(0, Math.max(1, most - 1));
  return [
    ...shown.map((one) =>
      row(`  running since ${one.started.slice(11, 19)}: ${one.machine}# ${commandLine(one)}`),
    ),
    ...(shown.length < running.length
      ? [row(`  and ${running.length - shown.length} more beside them`)]
      : []),
  ];
}

function endLines(state: State, width: number): Row[] {
  const rest = unfinished(state).probes.length;
  const next = hasRest(state)
    ? `Enter shows the findings; r runs the rest (${rest} commands) into the same bundle.`
    : 'Enter shows the findings; r runs all of it again.';
  return [
    ...wrap(`Kept in ${state.collected?.path ?? ''}`, width).map((line) => row(line)),
    ...wrap(next, width).map((line) => row(line)),
  ];
}
