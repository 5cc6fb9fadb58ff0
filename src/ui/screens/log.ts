import { row } from '../rows.ts';
import type { Logged } from '../state/collecting.ts';
import type { State } from '../state.ts';
import type { Screen, View } from './screen.ts';

/** Every command that this program has run, with its time and how it ended. */
export function logScreen({ state }: View): Screen {
  const rows =
    state.log.length === 0
      ? [row('Nothing was run yet.')]
      : [
          row('Times are UTC. y copies all, w writes a file.', 'faint'),
          ...state.log.map((one) => row(logLine(one))),
        ];
  return { title: `Command log (${state.log.length})`, rows, items: 0, tabs: [] };
}

/** `02:13:05  exit 0      0.3 s    1.2 kB  guest    ifconfig -A` */
export function logLine({ machine, argv, started, outcome, milliseconds, bytes }: Logged): string {
  const seconds = milliseconds === undefined ? '' : `${(milliseconds / 1000).toFixed(1)} s`;
  const size = bytes === undefined ? '' : `${(bytes / 1000).toFixed(1)} kB`;
  const where = machine === 'unknown' ? 'here' : machine;
  return [
    started.slice(11, 19),
    (outcome ?? 'running').padEnd(9),
    seconds.padStart(6),
    size.padStart(8),
    where.padEnd(5),
    argv.join(' '),
  ].join('  ');
}

/** For the clipboard or a file. */
export function logText({ log }: State): string {
  const head = '# Commands that vio-doctor has run; none of them changes anything. Times are UTC.';
  return `${[head, ...log.map(logLine)].join('\n')}\n`;
}
