/**
 * Makes foreign text safe to show: control characters become their pictures (␛ for ESC), bidi controls, zero-width
 * characters and lone surrogates their code points. Newline and tab stay. Nothing is lost, nothing acts.
 */
export function sanitize(text: string): string {
  return IS_PLAIN.test(text) ? text : text.replace(UNSAFE, show);
}

const IS_PLAIN = /^[\t\n\x20-\x7e]*$/;
const UNSAFE =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function show(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x0d) return '';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\\u{${code.toString(16)}}`;
}

/** Every string of a value, however deep. */
export function mapStrings<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((part) => mapStrings(part, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapStrings(part, change)])) as T;
}
