import type { Report } from '../model/report.ts';
import { redact } from '../report/redact.ts';
import { lazyRows, type Row, type Rows, row } from './parts/rows.ts';
import type { State } from './state.ts';
import type { World } from './world.ts';

/** Exactly what would be written or copied, and what redaction did to it. */
export type Preview = {
  readonly format: World['formats'][number];
  readonly isRedacted: boolean;
  readonly text: string;
  readonly isEdited: boolean;
  readonly rows: Rows;
  /** Rows that redaction changed. */
  readonly changed: readonly number[];
};

type Asked = { readonly state: State; readonly world: World };

export function chosenFormat({ state, world }: Asked): World['formats'][number] | undefined {
  return world.formats[state.tab.export % Math.max(1, world.formats.length)];
}

type Edited = State['edited'];

let last: { report: Report; edited: Edited; preview: Preview } | undefined;

/** Rendered once for each choice, not at each key. */
export function previewOf({ state, world }: Asked): Preview | undefined {
  const { report } = state;
  const format = chosenFormat({ state, world });
  if (!report || !format) return undefined;
  const { edited, redact: isRedacted } = state;
  const isKnown =
    last?.report === report &&
    last.edited === edited &&
    last.preview.isRedacted === isRedacted &&
    last.preview.format === format;
  if (last && isKnown) return last.preview;
  const isEdited = edited?.format === format.name && edited.isRedacted === isRedacted;
  const preview = isEdited
    ? plain(format, isRedacted, edited.text, true)
    : render(report, format, isRedacted, world);
  last = { report, edited, preview };
  return preview;
}

function plain(format: Preview['format'], isRedacted: boolean, text: string, isEdited: boolean): Preview {
  const rows = lazyRows(text.split('\n'), (line) => row(line));
  return { format, isRedacted, text, isEdited, rows, changed: [] };
}

/** With what redaction changed marked. */
function render(report: Report, format: Preview['format'], isRedacted: boolean, world: World): Preview {
  const real = world.render(report, format.name, { redact: false });
  if (!isRedacted) return plain(format, isRedacted, real, false);
  const text = world.render(report, format.name, { redact: true });
  const lines = text.split('\n');
  const known = new Set(real.split('\n'));
  const changed = lines.flatMap((line, index) => (known.has(line) ? [] : [index]));
  const isChanged = new Set(changed);
  const rows = lazyRows(lines, (line, index) => previewRow(line, isChanged.has(index)));
  return { format, isRedacted, text, isEdited: false, rows, changed };
}

/** The mark stands in the text: colour alone would not say it. */
function previewRow(text: string, isChanged: boolean): Row {
  return isChanged ? { text, gutter: '~ ', style: 'warning' } : { text, gutter: '  ' };
}

let told: { report: Report; map: ReadonlyMap<string, string> } | undefined;

/** Real values and their stand-ins: for the person alone, and no part of what is exported. */
export function standIns(report: Report): ReadonlyMap<string, string> {
  if (told?.report !== report) told = { report, map: redact(report).map };
  return told.map;
}
