import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

/** A listing of all interfaces that shows the loopback, to its end, and nothing else. */
export function sayOnlyLoopback(
  names: ReadonlySet<string>,
  rows: readonly Row[],
  code: 'only-loopback' | 'only-loopback-up',
  notes: Notes,
): void {
  const [head, ...below] = rows;
  const isWhole = below.some(({ text }) =>
    /^\s{0,20}(?:inet6? |link\/loopback |UP LOOPBACK |loop )/.test(text),
  );
  if (names.size === 1 && names.has('lo') && head && isWhole)
    notes.say('message', code, { code, device: '', text: head.text }, head);
}
