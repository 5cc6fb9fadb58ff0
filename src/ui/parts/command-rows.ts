import { cellsOf } from './cells.ts';
import { type Row, row, type Style } from './rows.ts';

/** Rows that one line of a command may take: more is read in the plan's file. */
const MOST = 8;

/**
 * A command in as many rows as it needs, so that no end of it is out of sight. Broken at a blank where there is one: what
 * is copied is the command itself, in one piece.
 */
export function commandRows(
  command: string,
  width: number,
  { first, next, style = 'command' }: { first: string; next: string; style?: Style },
): Row[] {
  return command.split('\n').flatMap((line, index) => {
    const before = index === 0 ? first : next;
    return broken(line, Math.max(16, width - cellsOf(next) - MORE.length)).map((part, at) =>
      row((at === 0 ? before : next + MORE) + part, style),
    );
  });
}

/** What goes on is told from a line of its own by standing further in. */
const MORE = '  ';

function broken(line: string, width: number): string[] {
  const parts: string[] = [];
  let rest = line;
  while (cellsOf(rest) > width && parts.length < MOST - 1) {
    const most = rest.slice(0, width);
    const blank = most.lastIndexOf(' ');
    const end = blank > width / 2 ? blank + 1 : width;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}
