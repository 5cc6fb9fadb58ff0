/** One row of a screen. Screens are lists of rows, so only the rows in the window are ever drawn. */
export type Row = {
  readonly text: string;
  readonly style?: Style;
  /** Stays in its place when long lines are scrolled: mark and line number. */
  readonly gutter?: string;
  /** The line of a list that it belongs to, for the mouse. */
  readonly item?: number;
  /** What stands right of it in a wide window, and from which column on. It makes way while long lines are scrolled. */
  readonly beside?: { readonly at: number; readonly text: string; readonly style?: Style } | undefined;
};

/** The rows of a screen: an array, or a text of any length whose rows are made when they come into the window. */
export type Rows = {
  readonly length: number;
  slice(from: number, to: number): readonly Row[];
};

/** What a row is, not how it looks: theme.ts knows that. */
export type Style =
  | 'title'
  | 'answer'
  | 'selected'
  | 'evidence'
  | 'meaning'
  | 'command'
  | 'faint'
  | 'warning';

export function row(text: string, style?: Style): Row {
  return style ? { text, style } : { text };
}

export const blank: Row = { text: '' };

/** Rows of a long list of lines, made where they are seen. */
export function lazyRows(lines: readonly string[], make: (line: string, index: number) => Row): Rows {
  return {
    length: lines.length,
    slice: (from, to) => lines.slice(from, to).map((line, index) => make(line, from + index)),
  };
}
