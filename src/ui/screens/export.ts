import type { Report } from '../../model/report.ts';
import { beside, secondColumn } from '../parts/columns.ts';
import { blank, type Row, type Rows, row } from '../parts/rows.ts';
import { previewOf, standIns } from '../preview.ts';
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
    rows: withReal(rows, state.report, state.redact ? secondColumn(view.width) : undefined),
    ...(state.redact && { marks: changed, markName: 'Changed row' }),
    ...shared,
  };
}

let last: { rows: Rows; at: number; made: Rows } | undefined;

/** In a wide window the real values stand beside each row that redaction changed: for the person alone. */
function withReal(rows: Rows, report: Report, at: number | undefined): Rows {
  if (at === undefined) return rows;
  if (last?.rows !== rows || last.at !== at) {
    const map = standIns(report);
    const slice = (from: number, to: number) =>
      rows.slice(from, to).map((one) => (one.style === 'warning' ? besideReal(one, map, at) : one));
    last = { rows, at, made: { length: rows.length, slice } };
  }
  return last.made;
}

function besideReal(changed: Row, map: ReadonlyMap<string, string>, at: number): Row {
  const all = [...map].filter(([, standIn]) => holds(changed.text, standIn));
  // One value may have been written in small and in capital letters.
  const real = [...new Map(all.toReversed().map(([one, standIn]) => [standIn.toLowerCase(), one])).values()];
  return real.length > 0 ? beside(changed, row(`not written: ${real.join(', ')}`, 'faint'), at) : changed;
}

/** As a whole: vm-1 is not in vm-10. */
function holds(text: string, standIn: string): boolean {
  const isPart = (character: string) => /[A-Za-z0-9]/.test(character);
  for (let at = text.indexOf(standIn); at >= 0; at = text.indexOf(standIn, at + 1))
    if (!isPart(text.charAt(at - 1)) && !isPart(text.charAt(at + standIn.length))) return true;
  return false;
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
