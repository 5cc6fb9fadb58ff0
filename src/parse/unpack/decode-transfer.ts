import type { Numbered } from './numbered-rows.ts';

/** The bytes of a uuencoded row (POSIX uuencode): its first character counts them. */
export function uuBytes(row: string): number[] {
  const count = value(row, 0);
  const bytes: number[] = [];
  for (let at = 1; bytes.length < count && at < row.length; at += 4) {
    const [a, b, c, d] = [value(row, at), value(row, at + 1), value(row, at + 2), value(row, at + 3)];
    bytes.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d);
  }
  return bytes.slice(0, count);
}

function value(row: string, at: number): number {
  return ((row.charCodeAt(at) || 32) - 32) & 63;
}

/** Rows of quoted-printable (RFC 2045, 6.7): softly broken ones joined, each with the number of its beginning. */
export function quotedPrintableRows(rows: readonly Numbered[], charset: string): Numbered[] {
  const whole: Numbered[] = [];
  let isOpen = false;
  for (const row of rows) {
    const text = row.text.trimEnd();
    const bare = text.endsWith('=') ? text.slice(0, -1) : text;
    const last = whole.at(-1);
    if (isOpen && last) whole[whole.length - 1] = { ...last, text: last.text + bare };
    else whole.push({ ...row, text: bare });
    isOpen = text.endsWith('=');
  }
  return whole.map(({ text, number }) => ({ number, text: unquoted(text, charset) }));
}

function unquoted(text: string, charset: string): string {
  if (!text.includes('=')) return text;
  const encoder = new TextEncoder();
  const bytes: number[] = [];
  for (const part of text.split(/(=[\dA-Fa-f]{2})/)) {
    if (/^=[\dA-Fa-f]{2}$/.test(part)) bytes.push(Number.parseInt(part.slice(1), 16));
    else for (const byte of encoder.encode(part)) bytes.push(byte);
  }
  return decoded(Uint8Array.from(bytes), charset);
}

/** Bytes to text; a name of a charset that is not known is taken for UTF-8. */
export function decoded(bytes: Uint8Array, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8192).includes(0);
}
