import { bindings } from '../keys.ts';
import { row } from '../rows.ts';
import type { Screen } from './screen.ts';

/** All keys, from the table that also acts on them. */
export function helpScreen(): Screen {
  const rows = bindings.map(({ on, keys, label }) =>
    row(`${keys.join(', ').padEnd(16)} ${label.padEnd(28)} ${on === 'all' ? 'everywhere' : on.join(', ')}`),
  );
  return { title: 'Keys', rows, items: 0, tabs: [] };
}
