import type { Row } from '../../../model/line.ts';

/** Words up to a brace or the end of the line; `ends` tells which. */
export type Statement = {
  readonly words: readonly string[];
  readonly ends: 'open' | 'close' | 'line';
  readonly row: Row;
};

/** Macros are put in where they stand outside of quotes (vm.conf(5), MACROS). */
export function statementsOf(rows: readonly Row[]): Statement[] {
  const macros = new Map<string, string>();
  const statements: Statement[] = [];
  for (const row of joinWrapped(rows)) {
    let words: string[] = [];
    for (const token of tokensOf(row.text)) {
      if (token === '{' || token === '}') {
        statements.push({ words, ends: token === '{' ? 'open' : 'close', row });
        words = [];
      } else words.push(plain(token, macros));
    }
    const [, name, value] =
      /^\s{0,16}([A-Za-z0-9_]\w{0,40})\s{0,4}=\s{0,4}(\S.{0,200})$/.exec(row.text) ?? [];
    if (name && value) macros.set(name, plain(tokensOf(value)[0] ?? '', macros));
    else if (words.length > 0) statements.push({ words, ends: 'line', row });
  }
  return statements;
}

function joinWrapped(rows: readonly Row[]): Row[] {
  const joined: Row[] = [];
  let isOpen = false;
  for (const row of rows) {
    const last = joined.at(-1);
    if (isOpen && last && last.text.length < 2000) {
      joined[joined.length - 1] = {
        text: `${last.text.slice(0, -1)} ${row.text.trim()}`,
        at: [...last.at, ...row.at],
      };
    } else joined.push(row);
    isOpen = row.text.endsWith('\\');
  }
  return joined;
}

/** Quoted strings, braces and words; commas are blanks, a remark ends the line. */
function tokensOf(text: string): string[] {
  return /^([^#"]|"[^"]*")*/.exec(text)?.[0].match(/"[^"]*"|[{}]|[^\s{}",]+/g) ?? [];
}

function plain(token: string, macros: ReadonlyMap<string, string>): string {
  if (token.startsWith('"')) return token.replaceAll('"', '');
  return token.startsWith('$') ? (macros.get(token.slice(1)) ?? token) : token;
}
