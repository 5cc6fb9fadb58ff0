import type { Screen } from './screens/screen.ts';

type Place = { readonly offset: number; readonly mark: number | null };

/** Letters by which a marked row is known again: what follows may be cut or said otherwise at another width. */
const KNOWN_BY = 12;

/**
 * The place in a screen that is laid out anew for another width. Between two marks (lines of evidence, sections) there may
 * be more or fewer rows now; so the mark that was gone to, or else the last one above the window, stays where it was seen.
 */
export function samePlace(before: Screen, { offset, mark }: Place, now: Screen): Place {
  const anchor = mark ?? (before.marks ?? []).findLast((row) => row <= offset);
  if (anchor === undefined) return { offset, mark };
  const names = namesOf(before, anchor);
  const same = now.marks?.find((row) => namesOf(now, row).some((name) => names.includes(name)));
  if (same === undefined) return { offset, mark: null };
  return { offset: Math.max(0, same + offset - anchor), mark: mark === null ? null : same };
}

/** The one or two titles of a row, or its text with its number. */
function namesOf({ rows }: Screen, at: number): string[] {
  return rows
    .slice(at, at + 1)
    .flatMap(({ gutter = '', text, style, beside }) => {
      if (beside?.style !== 'title') return [gutter + text];
      return style === 'title' ? [text, beside.text] : [beside.text];
    })
    .map((name) => name.slice(0, KNOWN_BY));
}
