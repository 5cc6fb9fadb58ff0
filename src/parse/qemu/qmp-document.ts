import type { Row } from '../../model/line.ts';

/** One JSON value and the rows that it was read from. */
export type QmpDocument = { readonly value: unknown; readonly rows: readonly Row[] };

export type Fields = Readonly<Record<string, unknown>>;

export type CutDocuments = {
  readonly documents: readonly QmpDocument[];
  /** Rows of documents that have no end, no beginning, or are no JSON. */
  readonly broken: readonly Row[];
  readonly strange: readonly Row[];
};

/** Cuts rows into JSON documents: each begins and ends with its outermost bracket. */
export function cutDocuments(rows: readonly Row[]): CutDocuments {
  const documents: QmpDocument[] = [];
  const broken: Row[] = [];
  const strange: Row[] = [];
  let open: Row[] = [];
  let depth = 0;
  for (const given of rows) {
    const row = withoutFullTable(given);
    if (depth > 0 && /^\{\s{0,8}"(?:return|QMP|execute|timestamp)":/.test(row.text)) {
      broken.push(...open);
      open = [];
      depth = 0;
    }
    const { depth: after, lowest } = depthBehind(row.text, depth);
    if (lowest < 0) broken.push(...open, row);
    else if (depth === 0 && !/^\s*[{[]/.test(row.text)) {
      (/^\s*"/.test(row.text) ? broken : strange).push(row);
    } else open.push(row);
    depth = Math.max(0, after);
    if (depth > 0 && lowest >= 0) continue;
    if (open.length > 0 && lowest >= 0) {
      const value = parse(open);
      if (value === undefined) broken.push(...open);
      else documents.push({ value, rows: open });
    }
    open = [];
    depth = 0;
  }
  broken.push(...open);
  return { documents, broken, strange };
}

/** How deep in brackets the row ends, strings left out, and the lowest depth on the way. */
function depthBehind(text: string, from: number): { depth: number; lowest: number } {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '');
  let depth = from;
  let lowest = from;
  for (const char of bare) {
    if (char === '{' || char === '[') depth++;
    if (char === '}' || char === ']') depth--;
    lowest = Math.min(lowest, depth);
  }
  return { depth, lowest };
}

function parse(rows: readonly Row[]): unknown {
  try {
    return JSON.parse(rows.map(({ text }) => text).join('\n'));
  } catch {
    return undefined;
  }
}

/** The row that holds the nth of these keys; the document's first row where they are not one a row. */
export function rowOf({ rows }: QmpDocument, key: string, nth = 0): Row {
  const found = rows.filter(({ text }) => text.includes(`"${key}":`));
  return found[nth] ?? found[0] ?? (rows[0] as Row);
}

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/**
 * A NIC without VLAN filter lists all 4096 VLANs, on one line longer than any line is read: what stands before
 * that list is closed and used.
 */
function withoutFullTable(row: Row): Row {
  if (row.text.length < 4000) return row;
  const [, head] = /^(.{0,3000}?"vlan": ?"all"), ?"vlan-table": ?\[[\d, ]*$/.exec(row.text) ?? [];
  if (head === undefined) return row;
  const opened = head.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/[^{}[\]]|\{\}|\[\]/g, '');
  const closers = [...opened].reverse().map((bracket) => (bracket === '{' ? '}' : ']'));
  return { text: head + closers.join(''), at: row.at };
}
