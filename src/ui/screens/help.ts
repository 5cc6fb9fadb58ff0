import { keyNames, whereBound } from '../key-words.ts';
import { type Binding, bindings, bindingsOn } from '../keys.ts';
import { GAP, sideBySide } from '../parts/columns.ts';
import { blank, type Row, row } from '../parts/rows.ts';
import type { Screen, View } from './screen.ts';

/** All keys, from the table that also acts on them: those of the screen that the person came from first. */
export function helpScreen({ state, width }: View): Screen {
  const from = state.trail.at(-1) ?? 'start';
  const here = bindingsOn(from);
  const mine = here.map((binding) => row(keyText(binding)));
  const others = [
    row('On other screens', 'title'),
    ...bindings.filter((binding) => !here.includes(binding)).map(keyRow),
  ];
  // What stands right is told by its key and its deed; the list of screens is cut first.
  const at = KEYS + LABELS + GAP;
  return {
    title: `Keys; first those of the screen you came from (${from})`,
    rows: width < 2 * at ? [...mine, blank, ...others] : sideBySide(mine, others, at),
    items: 0,
    tabs: [],
  };
}

const KEYS = 13;
const LABELS = 28;

function keyText(binding: Binding): string {
  return `${keyNames(binding).padEnd(KEYS - 1)} ${binding.label}`;
}

function keyRow(binding: Binding): Row {
  return row(`${keyText(binding).padEnd(KEYS + LABELS)} ${whereBound(binding)}`);
}
