import type { Style } from './rows.ts';

/** Looks of a row. Nothing is said by colour alone: every mark stands in the text too. */
export const theme: Record<Style, { bold?: true; dimColor?: true; color?: string; inverse?: true }> = {
  title: { bold: true },
  answer: { bold: true },
  selected: { inverse: true },
  evidence: { bold: true },
  meaning: { color: 'yellow' },
  command: { color: 'cyan' },
  faint: { dimColor: true },
  warning: { color: 'yellow', bold: true },
};
