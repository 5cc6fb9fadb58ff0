import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type TypedLines = {
  /** The next line without its end; null when there are no more. */
  next(): Promise<string | null>;
  /** The same, or undefined when nothing comes within that time. */
  within(milliseconds: number): Promise<string | null | undefined>;
  close(): void;
};

/** Lines as they are typed, sent by a serial console, or piped in; the terminal itself edits and echoes them. */
export function typedLines(input: Readable): TypedLines {
  const queue: string[] = [];
  let isAtEnd = false;
  let wake = () => {};
  const reader = createInterface({ input, terminal: false, crlfDelay: Number.POSITIVE_INFINITY });
  reader.on('line', (line) => {
    queue.push(withoutPasteMarks(line));
    wake();
  });
  reader.on('close', () => {
    isAtEnd = true;
    wake();
  });
  const woken = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const next = async () => {
    while (queue.length === 0 && !isAtEnd) await woken();
    return queue.shift() ?? null;
  };
  return {
    next,
    async within(milliseconds) {
      if (queue.length > 0 || isAtEnd) return next();
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, milliseconds);
      });
      await Promise.race([woken(), silence]);
      clearTimeout(timer);
      return queue.length > 0 || isAtEnd ? next() : undefined;
    },
    close: () => reader.close(),
  };
}

/** Some terminals mark pastes because a program before us asked them to. */
function withoutPasteMarks(line: string): string {
  return line.replaceAll('\x1b[200~', '').replaceAll('\x1b[201~', '');
}
