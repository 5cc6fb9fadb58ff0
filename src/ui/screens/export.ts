import { row } from '../rows.ts';
import type { Screen, View } from './screen.ts';

/** A preview of exactly what would be written. */
export function exportScreen(view: View): Screen {
  const { state, world } = view;
  const format = chosenFormat(view);
  if (!state.report || !format)
    return { title: 'Export', rows: [row('Nothing to export yet.')], items: 0, tabs: [] };
  const lines = preview(view).split('\n');
  return {
    title: `Export: ${format.title}, ${state.redact ? 'redacted' : 'REAL addresses and names (r redacts)'}; ${format.describes}`,
    rows: lines.map((line) => row(line)),
    items: 0,
    tabs: world.formats.map(({ name }) => name),
  };
}

export function chosenFormat({ state, world }: Pick<View, 'state' | 'world'>) {
  return world.formats[state.tab.export % Math.max(1, world.formats.length)];
}

let last: { report: unknown; format: string; redact: boolean; text: string } | undefined;

/** Rendered once for each choice, not at each key. */
export function preview({ state, world }: Pick<View, 'state' | 'world'>): string {
  const format = chosenFormat({ state, world })?.name ?? '';
  if (!state.report) return '';
  if (last?.report !== state.report || last.format !== format || last.redact !== state.redact) {
    last = {
      report: state.report,
      format,
      redact: state.redact,
      text: world.render(state.report, format, { redact: state.redact }),
    };
  }
  return last.text;
}
