import { sanitize, sanitizeLine } from '../../report/sanitize.ts';
import type { TypedLines } from './typed-lines.ts';

export type Dialogue = {
  /** Prints texts, a page at a time where a person sits before it. */
  say(...texts: readonly string[]): Promise<void>;
  /** Prints one line at once. */
  tell(text: string): void;
  /** Asks for a line; null when there are no more. */
  ask(question: string): Promise<string | null>;
  /** Lines up to one that is a single dot, or to the end. */
  readText(): Promise<string>;
  /** What follows a line at once: a paste that nobody announced. */
  readBurst(first: string): Promise<string>;
};

/** Rows of a page are counted only where someone reads along: `rows` is null for a pipe. */
export function dialogue(
  lines: TypedLines,
  write: (text: string) => void,
  rows: () => number | null,
): Dialogue {
  const ask = async (question: string) => {
    write(`${question} `);
    return lines.next();
  };
  return {
    ask,
    tell: (text) => write(`${sanitizeLine(text)}\n`),
    async say(...texts) {
      const shown = texts.flatMap((text) => sanitize(text).replace(/\n$/, '').split('\n'));
      const page = Math.max(5, (rows() ?? Number.POSITIVE_INFINITY) - 2);
      for (let at = 0; at < shown.length; at += page) {
        write(`${shown.slice(at, at + page).join('\n')}\n`);
        if (at + page >= shown.length) return;
        const answer = await ask(`-- ${shown.length - at - page} more lines: Enter goes on, q ends --`);
        if (answer === null || answer.trim() !== '') return;
      }
    },
    async readText() {
      const text: string[] = [];
      for (let line = await lines.next(); line !== null && line.trim() !== '.'; line = await lines.next())
        text.push(line);
      return text.join('\n');
    },
    async readBurst(first) {
      const text = [first];
      for (
        let line = await lines.within(SILENCE);
        typeof line === 'string';
        line = await lines.within(SILENCE)
      )
        if (line.trim() !== '.') text.push(line);
        else break;
      return text.join('\n');
    },
  };
}

/** A serial line at 9600 baud sends a row of text in less. */
const SILENCE = 400;
