import { failureOf } from '../../model/bundle.ts';
import { commandLine } from '../../model/collection.ts';
import { wrap } from '../../report/wrap.ts';
import { type Row, row } from '../parts/rows.ts';
import type { Logged } from '../state/collecting.ts';
import type { State } from '../state.ts';
import type { Screen, View } from './screen.ts';

/** Every command that this program has run, whole, with its time and how it ended. */
export function logScreen({ state, width }: View): Screen {
  const rows =
    state.log.length === 0
      ? [row('Nothing was run yet.')]
      : [row('Times are UTC. y copies all, w writes a file.', 'faint'), ...rowsOf(state.log, width)];
  return { title: `Command log (${state.log.length})`, rows, items: 0, tabs: [] };
}

let last: { log: State['log']; width: number; rows: readonly Row[] } | undefined;

/** Made once for a log, not at each key. */
function rowsOf(log: State['log'], width: number): readonly Row[] {
  if (last?.log !== log || last.width !== width)
    last = { log, width, rows: log.flatMap((one) => logRows(one, width)) };
  return last.rows;
}

/** Beside its time where the window is wide enough for both, else below. */
export function logRows(one: Logged, width: number): Row[] {
  const style = one.outcome === undefined || one.outcome === 'exit 0' ? undefined : 'warning';
  const why =
    width >= WIDE && !/^exit/.test(one.outcome ?? 'exit') ? failureOf(one.outcome ?? '') : undefined;
  const [head, command] = [headOf(one), commandOf(one) + (why === undefined ? '' : ` (${why})`)];
  if (width >= BESIDE) {
    const [first = '', ...more] = wrap(command, width, `${head}  `, ' '.repeat(head.length + 4));
    return [first, ...more].map((line) => row(line, style));
  }
  return [head.trimEnd(), ...wrap(command, width, '  ', '    ')].map((line) => row(line, style));
}

const BESIDE = 72;
/** Room to say what an outcome without a code means. */
const WIDE = 110;

/** `02:13:05  exit 0      0.3 s    1.2 kB` */
function headOf({ started, outcome, milliseconds, bytes }: Logged): string {
  const seconds = milliseconds === undefined ? '' : `${(milliseconds / 1000).toFixed(1)} s`;
  const size = bytes === undefined ? '' : `${(bytes / 1000).toFixed(1)} kB`;
  return [
    started.slice(11, 19),
    (outcome ?? 'running').padEnd(9),
    seconds.padStart(6),
    size.padStart(8),
  ].join('  ');
}

/** `guest# ifconfig -A`; what it was allowed to do stands beside it. */
function commandOf(one: Logged): string {
  const where = one.machine === 'unknown' ? 'here' : one.machine;
  return `${where}# ${commandLine(one)}${one.disturbs === undefined ? '' : ` (allowed: ${one.disturbs})`}`;
}

/** `02:13:05  exit 0      0.3 s    1.2 kB  guest# ifconfig -A` */
function logLine(one: Logged): string {
  return `${headOf(one)}  ${commandOf(one)}`;
}

/** For the clipboard or a file. */
export function logText({ log }: State): string {
  const isQuiet = log.every(({ disturbs }) => disturbs === undefined);
  const but = isQuiet ? 'none of them changes anything' : 'what may disturb was allowed, and says so';
  const head = `# Commands that vio-doctor has run; ${but}. Times are UTC.`;
  return `${[head, ...log.map(logLine)].join('\n')}\n`;
}
