import type { Side } from '../../model/capture.ts';
import { recognised } from '../../report/recognised.ts';
import { wrap } from '../../report/wrap.ts';
import { blank, row } from '../parts/rows.ts';
import type { Screen, View } from './screen.ts';
import { chosen } from './start.ts';

export const SIDES: readonly { readonly side: Side; readonly says: string }[] = [
  { side: 'guest', says: 'the guest (the VM)' },
  { side: 'host', says: 'its host' },
  { side: 'unknown', says: 'I do not know' },
];

/** Asked only where nothing tells: the same commands exist on both machines. */
export function sideScreen({ state, width }: View): Screen {
  const { report } = state;
  const [unplaced = ''] = state.unplaced;
  const what = report && unplaced ? recognised(report, unplaced) : '';
  const head = wrap(`${unplaced} (${what}) may be of either machine. Which is it of?`, width);
  const at = head.length + 1 + state.cursor.side;
  return {
    title: 'Guest or host?',
    rows: [
      ...head.map((line) => row(line, 'title')),
      blank,
      ...SIDES.map(({ says }, index) => chosen(`${index + 1}  ${says}`, index === state.cursor.side, index)),
      blank,
      row('Esc: I do not know. You may go on pasting.', 'faint'),
    ],
    items: SIDES.length,
    chosen: [at, at + 1],
    tabs: [],
  };
}
