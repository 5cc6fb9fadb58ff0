import type { Style } from './parts/rows.ts';

/**
 * Looks of a row. Nothing is said by colour alone: every mark stands in the text too. Of the eight colours that every
 * terminal has, only red and magenta are read on black and on white alike; yellow, cyan and green vanish on white, blue
 * on black.
 */
export const theme: Record<Style, { bold?: true; dimColor?: true; color?: string; inverse?: true }> = {
  title: { bold: true },
  answer: { bold: true },
  selected: { inverse: true },
  evidence: { bold: true },
  meaning: { color: 'magenta' },
  command: { color: 'magenta' },
  faint: { dimColor: true },
  warning: { color: 'red', bold: true },
};
