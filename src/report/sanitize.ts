import type { Report } from '../model/report.ts';

/**
 * Makes foreign text safe to show: control characters become their pictures (␛ for ESC), what cannot be seen (bidi controls,
 * zero width, tags, line separators, lone surrogates) its code point. Newline and tab stay. Nothing is lost, nothing acts.
 */
export function sanitize(text: string): string {
  return IS_PLAIN.test(text) ? text : text.replaceAll('\r\n', '\n').replace(UNSAFE, show);
}

/** The same for what is to stay on one line: a name, a command. */
export function sanitizeLine(text: string): string {
  return sanitize(text).replaceAll('\n', '\u240a');
}

/** JSON on one line, in which no character acts on a terminal: what `sanitize` would show is escaped, so that the value is exact. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, unit) => character.charCodeAt(unit))
      .map((code) => `\\u${code.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** A report whose every string is safe; what is one line by its nature (names, captured lines, commands) stays one line. */
export function sanitizeReport(report: Report): Report {
  return mapStrings(report, (text, key, holder) => {
    return isOneLine(key, holder) ? sanitizeLine(text) : sanitize(text);
  });
}

const IS_PLAIN = /^[\t\n\x20-\x7e]*$/;
const UNSAFE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function show(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\\u{${code.toString(16)}}`;
}

/** A file name or a captured line with a line break in it could write lines of its own into a report. */
const ONE_LINE = new Set([
  'name',
  'sample',
  'nic',
  'mac',
  'tap',
  'bridge',
  'vm',
  'driver',
  'command',
  'says',
  'after',
  'before',
  'hop',
  'because',
]);

function isOneLine(key: string, holder: object): boolean {
  return ONE_LINE.has(key) || (key === 'text' && 'sample' in holder);
}

/** Every string of a value, however deep; `key` and `holder` say where it stands (an array's strings: the array's place). */
export function mapStrings<T>(
  value: T,
  change: (text: string, key: string, holder: object) => string,
  key = '',
  holder: object = {},
): T {
  if (typeof value === 'string') return change(value, key, holder) as T;
  if (Array.isArray(value)) return value.map((part) => mapStrings(part, change, key, holder)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, mapStrings(part, change, name, value)]),
  ) as T;
}
