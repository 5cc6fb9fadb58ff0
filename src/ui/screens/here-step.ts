import type { Step } from '../../model/report.ts';
import { wrap } from '../../report/wrap.ts';
import { type Row, row } from '../parts/rows.ts';
import type { State } from '../state.ts';
import { chosen } from './start.ts';

/** The step that is done here, with this program: the app compares by itself, and tells how it is done without it. */
export function hereStepRows(
  { shown, note }: Step,
  { captures }: State,
  { item, isChosen, done }: { item: number; isChosen: boolean; done: boolean },
  width: number,
): Row[] {
  const isOpened = captures.every(({ path }) => path !== undefined);
  const byHand = isOpened
    ? [`By hand: ${shown}`, ...(note ? [note] : [])]
    : [`By hand: ${shown}; x writes such bundles.`];
  return [
    chosen(`[${done ? 'x' : ' '}] here: press r once the fix is in`, isChosen, item),
    row('      expect: Fixed'),
    ...[GIVE_AGAIN, ...byHand].flatMap((text) =>
      wrap(text, width, '      ').map((line) => row(line, 'faint')),
    ),
  ];
}

const GIVE_AGAIN =
  'Give the same outputs again, and see what went. You may quit until then: vio-doctor --resume.';
