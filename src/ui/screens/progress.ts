import { failureOf } from '../../model/bundle.ts';
import { wrap } from '../../report/wrap.ts';
import { blank, type Row, row } from '../rows.ts';
import type { Logged } from '../state/collecting.ts';
import { ranNow, unfinished } from '../state/to-run.ts';
import type { State } from '../state.ts';
import { logLine } from './log.ts';
import type { View } from './screen.ts';

/** How far it is, in words: no wheel turns, so a screen reader is not disturbed and nothing is drawn without news. */
export function progressRows({ state, width, height }: View): Row[] {
  const ran = ranNow(state);
  const running = ran.filter(({ outcome }) => outcome === undefined);
  const ended = ran.filter(({ outcome }) => outcome !== undefined);
  const head = [
    ...wrap(summary(state, ended), width).map((line) => row(line, 'answer')),
    ...(state.stage === 'ended' ? endLines(state, width) : runningLines(running, ended.length)),
    blank,
  ];
  const room = Math.max(1, height - head.length - 1);
  return [
    ...head,
    row('What has run, the last one first', 'title'),
    ...ended.slice(-room).reverse().map(logRow),
  ];
}

function summary(state: State, ended: readonly Logged[]): string {
  const failed = ended.filter(({ outcome }) => outcome !== 'exit 0').length;
  const but = failed > 0 ? `, ${failed} of them refused, missing or stopped` : '';
  const done = `${ended.length} of ${state.runs} commands have run${but}`;
  if (state.stage === 'running') return `Collecting: ${done}. s or Esc stops and keeps what is there.`;
  if (state.stage === 'stopping') return `Stopping: ${done}.`;
  return state.collected?.isStopped ? `Stopped by hand: ${done}.` : `Collected: ${done}.`;
}

function runningLines(running: readonly Logged[], ended: number): Row[] {
  if (running.length === 0 && ended > 0)
    return [row('  a pause of 10 s: counters are read twice, so that they can be seen to move')];
  return running.map(({ machine, argv, started }) =>
    row(`  running since ${started.slice(11, 19)}: ${machine}# ${argv.join(' ')}`),
  );
}

function endLines(state: State, width: number): Row[] {
  const rest = unfinished(state).probes.length;
  const next =
    state.collected?.isStopped && rest > 0
      ? `Enter shows the findings; r runs the rest (${rest} commands) into the same bundle.`
      : 'Enter shows the findings; r runs all of it again.';
  return [
    ...wrap(`Kept in ${state.collected?.path ?? ''}`, width).map((line) => row(line)),
    ...wrap(next, width).map((line) => row(line)),
  ];
}

function logRow(one: Logged): Row {
  return row(logLine(one), failureOf(one.outcome ?? 'exit 0') === undefined ? undefined : 'warning');
}
