import type { Numbered } from './numbered-rows.ts';

/** Names in lower case; continuation lines joined (RFC 5322, 2.2.3). */
export type MailFields = ReadonlyMap<string, string>;

const FIELD = /^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?(.{0,4000})$/;
const MOST = 400;

/** The header that begins at a row, and the row behind the empty one that ends it. */
export function mailHeader(rows: readonly Numbered[], from: number): { fields: MailFields; next: number } {
  const fields = new Map<string, string>();
  let name: string | undefined;
  let index = from;
  for (; index < Math.min(rows.length, from + MOST); index++) {
    const text = rows[index]?.text ?? '';
    if (text === '') return { fields, next: index + 1 };
    const [, begun, value = ''] = FIELD.exec(text) ?? [];
    if (begun !== undefined) {
      name = begun.toLowerCase();
      fields.set(name, value);
    } else if (name !== undefined && /^[ \t]/.test(text))
      fields.set(name, `${fields.get(name)} ${text.trim()}`);
    else if (index === from && /^(?:From \S|SENDBUG)/.test(text)) continue;
    else return { fields: new Map(), next: from };
  }
  return { fields, next: index };
}

const OF_MAIL = ['from', 'to', 'subject', 'date', 'message-id', 'received', 'mime-version', 'return-path'];

export function isMailHeader(fields: MailFields): boolean {
  return OF_MAIL.filter((name) => fields.has(name)).length >= 2;
}

/** A parameter of a field: `boundary="x"`, `filename*=UTF-8''a%20b` (RFC 2231). */
export function parameterOf(field: string | undefined, name: string): string | undefined {
  const plain = new RegExp(`;\\s{0,9}${name}=(?:"([^"]{0,300})"|([^\\s;"]{1,300}))`, 'i').exec(field ?? '');
  if (plain) return plain[1] ?? plain[2];
  const coded = new RegExp(`;\\s{0,9}${name}\\*=[\\w-]{0,40}'[\\w-]{0,40}'([^\\s;]{1,300})`, 'i').exec(
    field ?? '',
  );
  try {
    return coded?.[1] && decodeURIComponent(coded[1]);
  } catch {
    return coded?.[1];
  }
}
