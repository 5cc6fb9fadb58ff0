import type { Nic } from '../model/case.ts';
import { fillBlank } from './blanks.ts';

const BLANK = /\{([a-z][a-z0-9]*\.[a-z0-9-]+)\}/g;

/** Fills the blanks of a command; those without a checked value stay as they are and are named. */
export function fillCommand(words: readonly string[], nic: Nic): { words: string[]; missing: string[] } {
  const missing: string[] = [];
  const filled = words.map((word) =>
    word.replace(BLANK, (blank, name: string) => {
      const value = fillBlank(name, nic);
      if (value === undefined) missing.push(name);
      return value ?? blank;
    }),
  );
  return { words: filled, missing };
}

/** argv as a person types it: quoted for sh wherever that is needed; open blanks stay readable. */
export function quoteForShell(argv: readonly string[]): string {
  return argv
    .map((word) => (/^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
