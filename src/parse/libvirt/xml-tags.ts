import type { Row } from '../../model/line.ts';

/** A start, end or empty tag, with the text that follows a start tag up to the next one. */
export type Tag = {
  readonly name: string;
  readonly kind: 'start' | 'end' | 'empty';
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  readonly row: Row;
};

const ATTRIBUTE = /([\w:.-]{1,60})\s{0,4}=\s{0,4}(?:'([^']{0,400})'|"([^"]{0,400})")/g;

/** The tags of the rows in order; a tag that was wrapped is put together again. Comments and declarations are left out. */
export function tagsOf(rows: readonly Row[]): Tag[] {
  const tags: Tag[] = [];
  let open: Row | undefined;
  for (const row of rows) {
    const whole: Row = open ? { text: `${open.text} ${row.text.trim()}`, at: [...open.at, ...row.at] } : row;
    open = undefined;
    let from = whole.text.indexOf('<');
    while (from >= 0) {
      const to = endOfTag(whole.text, from);
      if (to < 0) {
        // A broken tag must not swallow the rest of the document.
        if (whole.at.length < 4) open = { text: whole.text.slice(from), at: whole.at };
        break;
      }
      const next = whole.text.indexOf('<', to);
      const text = whole.text.slice(to + 1, next < 0 ? undefined : next).trim();
      const tag = tagOf(whole.text.slice(from + 1, to), text, row, whole);
      if (tag) tags.push(tag);
      from = next;
    }
  }
  return tags;
}

/** The `>` outside quotes. */
function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let index = from + 1; index < text.length; index++) {
    const char = text[index] as string;
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return index;
  }
  return -1;
}

function tagOf(inside: string, text: string, row: Row, whole: Row): Tag | undefined {
  const [, slash, name] = /^(\/?)([a-zA-Z][\w:.-]{0,60})/.exec(inside) ?? [];
  if (name === undefined) return undefined;
  const attributes = new Map<string, string>();
  for (const [, key = '', single, double] of inside.matchAll(ATTRIBUTE))
    attributes.set(key, single ?? double ?? '');
  const kind = slash ? 'end' : inside.endsWith('/') ? 'empty' : 'start';
  return {
    name,
    kind,
    attributes,
    text,
    row: inside.length > row.text.length ? whole : { ...row, at: whole.at },
  };
}
