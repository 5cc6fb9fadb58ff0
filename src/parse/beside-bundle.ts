import { BUNDLE_HEAD, MARK } from '../model/bundle.ts';
import type { Capture } from '../model/capture.ts';
import type { Numbered } from './unpack/numbered-rows.ts';

/** How the head of a bundle of any version begins. */
export const ANY_BUNDLE = BUNDLE_HEAD.replace(/\d+$/, '');

/** What stands around the sections (a mail, a thread) is read as any text is. */
export function looseOf(capture: Capture, around: readonly Numbered[]): Capture[] {
  const rows = around.filter(({ text }) => !isOwnLine(text));
  if (rows.every(({ text }) => text.trim() === '')) return [];
  return [
    {
      ...capture,
      text: rows.map(({ text }) => text).join('\n'),
      numbers: rows.map(({ number }) => number),
    },
  ];
}

function isOwnLine(text: string): boolean {
  const bare = text.replace(/^(?:> ?){1,4}/, '');
  return (
    (bare === '' && text !== '') ||
    bare.startsWith(ANY_BUNDLE) ||
    /^# (?:made by |not run: |note: |taken (?:\d|unknown$)|redacted (?:yes|no)$|Read it with: vio-doctor)/.test(
      bare,
    ) ||
    bare.startsWith(`${MARK} `)
  );
}
