import { previewOf, standIns } from '../preview.ts';
import { blank, type Row, row } from '../rows.ts';
import type { Screen, View } from './screen.ts';

/** A preview of exactly what would be written; `~` before what redaction changed. */
export function exportScreen(view: View): Screen {
  const { state, world } = view;
  const preview = previewOf(view);
  if (!preview || !state.report)
    return { title: 'Export', rows: [row('There is nothing to export yet.')], items: 0, tabs: [] };
  const { format, rows, changed, isEdited } = preview;
  const says = state.redact ? 'redacted (~ changed)' : 'REAL addresses and names (r redacts)';
  const shared = { items: 0, tabs: world.formats.map(({ name }) => name) };
  if (state.showsStandIns)
    return { title: 'Export: what stands for what', rows: standInRows(standIns(state.report)), ...shared };
  return {
    title: `Export: ${format.title}, ${isEdited ? 'edited by you, ' : ''}${says}; ${format.describes}`,
    rows,
    ...(state.redact && { marks: changed, markName: 'Changed row' }),
    ...shared,
  };
}

/** Longer real values are rare: their stand-ins follow where they end. */
const WIDEST = 40;

function standInRows(map: ReadonlyMap<string, string>): Row[] {
  const width = Math.min(WIDEST, Math.max(0, ...[...map.keys()].map(({ length }) => length)));
  if (map.size === 0) return [row('No address and no name was found that would have to be replaced.')];
  return [
    row('Real value and stand-in. This list is for you alone: no report holds it.', 'title'),
    blank,
    ...[...map].map(([real, standIn]) => row(`  ${real.padEnd(width)}  ${standIn}`)),
  ];
}
