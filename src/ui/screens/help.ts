import { keyNames, whereBound } from '../key-words.ts';
import { bindings, bindingsOn } from '../keys.ts';
import { blank, type Row, row } from '../rows.ts';
import type { Screen, View } from './screen.ts';

/** All keys, from the table that also acts on them: those of the screen that the person came from first. */
export function helpScreen({ state }: View): Screen {
  const from = state.trail.at(-1) ?? 'start';
  const here = bindingsOn(from);
  const others = bindings.filter((binding) => !here.includes(binding));
  return {
    title: `Keys; first those of the screen you came from (${from})`,
    rows: [...here.map(keyRow), blank, row('On other screens', 'title'), ...others.map(keyRow)],
    items: 0,
    tabs: [],
  };
}

function keyRow(binding: (typeof bindings)[number]): Row {
  return row(`${keyNames(binding).padEnd(12)} ${binding.label.padEnd(28)} ${whereBound(binding)}`);
}
