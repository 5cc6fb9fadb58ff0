import type { Row } from '../../../model/line.ts';

const LONGEST_RULE = 4096;
const MACRO = /^\s{0,16}([A-Za-z]\w{0,63})\s{0,16}=\s{0,16}(.{1,500})$/;

export type Macros = ReadonlyMap<string, string>;

/** pf.conf(5): a line that ends in a backslash goes on in the next one, and so does a list whose brace is still open. */
export function joinWrapped(rows: readonly Row[]): Row[] {
  const joined: Row[] = [];
  let isOpen = false;
  for (const row of rows) {
    const last = joined.at(-1);
    if (isOpen && last && last.text.length < LONGEST_RULE) {
      const text = `${withoutRemark(last.text).replace(/\\$/, '').trimEnd()} ${row.text.trim()}`;
      joined[joined.length - 1] = { text, at: [...last.at, ...row.at] };
    } else joined.push(row);
    isOpen = row.text.endsWith('\\') || hasOpenList(joined.at(-1)?.text ?? '');
  }
  return joined;
}

/** Not the block of an anchor, which opens at the end of its line. */
function hasOpenList(text: string): boolean {
  const rule = withoutRemark(text);
  if (/^\s{0,16}(?:@\d{1,6} )?(?:load )?anchor\b/.test(rule)) return false;
  return rule.lastIndexOf('{') > rule.lastIndexOf('}');
}

export function withoutRemark(text: string): string {
  const remark = text.indexOf('#');
  return (remark < 0 ? text : text.slice(0, remark)).trim();
}

/** The definition of a macro, put among those that stand above it. */
export function readMacro(text: string, macros: Map<string, string>): boolean {
  const [, name, value = ''] = MACRO.exec(text) ?? [];
  if (name) macros.set(name, expand(withoutRemark(value).replace(/^"(.*)"$/, '$1'), macros));
  return name !== undefined;
}

/** Macros are put in where they were defined above; one that is not known stays as it is written. */
export function expand(text: string, macros: Macros): string {
  return text
    .replace(/\$([A-Za-z]\w{0,63})/g, (whole, name) => macros.get(name) ?? whole)
    .slice(0, LONGEST_RULE);
}
