import type { Row } from '../model/line.ts';
import type { Notes } from './reading.ts';

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

/** Made by the kernels of the BSDs themselves. */
const OWN_OF_BSD = /^(?:lo|enc|pflog|pfsync|pflow|gif|stf|faith|plip)\d{1,2}$/;

/** The same of a BSD, whose loopback comes last: that it is all shows only where the command stands above it. */
export function sayOnlyOwn(
  names: readonly (string | undefined)[],
  [head, ...rows]: readonly Row[],
  command: string,
  notes: Notes,
): void {
  const isAll = /^(?:\/sbin\/)?ifconfig(?: -[aA])?$/.test(command);
  const isWhole = rows.some(({ text }) => /^\s{0,20}(?:inet 127\.|groups: lo$)/.test(text));
  const code = 'only-loopback';
  if (isAll && isWhole && head && names.every((name) => name !== undefined && OWN_OF_BSD.test(name)))
    notes.say('message', code, { code, device: '', text: head.text }, head);
}
