/** One row of a screen. Screens are lists of rows, so only the rows in the window are ever drawn. */
export type Row = {
  readonly text: string;
  readonly style?: Style;
  /** Stays in its place when long lines are scrolled: mark and line number. */
  readonly gutter?: string;
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
