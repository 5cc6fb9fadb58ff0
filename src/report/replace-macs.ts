import { type Piece, replaceInPieces } from './pieces.ts';
import { bareMac } from './redact-mac.ts';

// A word that is no hex number may stand before with a colon (mac:52:54:...), and quoted-printable's =3D.
const START = '(?:(?<![0-9A-Za-z:]|[0-9A-Fa-f]-)|(?<==3D)|(?<=[g-zG-Z]\\w{0,10}:))';
/** Six bytes, or a longer row of them: client-id, DUID, iptables' MAC=. */
const ROW = new RegExp(
  `${START}[0-9A-Fa-f]{1,2}(?:(?::[0-9A-Fa-f]{1,2}){5,19}|(?:-[0-9A-Fa-f]{2}){5,19})(?![0-9A-Za-z]|:[0-9A-Za-z:]|-[0-9A-Fa-f]{2}(?![0-9A-Za-z]))`,
  'g',
);
const DOTTED = /(?<![0-9A-Za-z.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![0-9A-Za-z.])/g;
/** Linux names NICs after it: enx525400123456. */
const BARE = /(?<=enx|wlx|0x|(?<![0-9A-Za-z]))[0-9A-Fa-f]{12}(?![0-9A-Za-z])/g;
/** Six bytes of memory as QEMU's monitor prints them: `00000000febfa000: 0xbc 0x24 ...`; the device configuration begins so. */
const EXAMINED = /(?<=[0-9a-f]{8}: )0x[0-9a-f]{2}(?: 0x[0-9a-f]{2}){5}(?![0-9a-f])/g;
/** The third page of virtio's BAR 4, by its address. */
const DEVICE_CONFIG = /[26ae]000: $/;

/** Replaces all MACs of a text. `known` (12 digits each) are found in spellings that alone would not show a MAC. */
export function replaceMacs(
  pieces: readonly Piece[],
  change: (mac: string) => string,
  known: ReadonlySet<string>,
): Piece[] {
  const isKnown = (mac: string) => known.has(bareMac(mac));
  const ifSure = (mac: string, isSure: boolean) => (isSure || isKnown(mac) ? change(mac) : undefined);
  let result = replaceInPieces(pieces, ROW, ([row]) => replaceInRow(row, change, isKnown));
  result = replaceInPieces(result, DOTTED, ([mac]) => ifSure(mac, /[a-f]/i.test(mac)));
  result = replaceInPieces(result, EXAMINED, ({ 0: bytes, input, index }) => {
    const mac = bytes.replaceAll('0x', '').replaceAll(' ', ':');
    const isSure = DEVICE_CONFIG.test(input.slice(Math.max(0, index - 6), index));
    return ifSure(mac, isSure)
      ?.replace(/[0-9a-f]{2}/g, '0x$&')
      .replaceAll(':', ' ');
  });
  return replaceInPieces(result, BARE, ({ 0: mac, input, index }) =>
    ifSure(mac, /(?:en|wl)x$/.test(input.slice(Math.max(0, index - 3), index))),
  );
}

function replaceInRow(
  row: string,
  change: (mac: string) => string,
  isKnown: (mac: string) => boolean,
): string | undefined {
  const separator = row.includes(':') ? ':' : '-';
  const bytes = row.split(separator);
  const macAt = (at: number) => bytes.slice(at, at + 6).join(separator);
  // Digits alone with dashes may be a date.
  if (bytes.length === 6 && separator === '-' && !/[a-f]/i.test(row) && !isKnown(row)) return undefined;
  const starts = macStarts(bytes) ?? bytes.flatMap((_, at) => (isKnown(macAt(at)) ? [at] : []));
  if (starts.length === 0) return undefined;
  for (const at of starts) bytes.splice(at, 6, ...change(macAt(at)).split(separator));
  return bytes.join(separator);
}

/** Where in a row of bytes a MAC begins, by the row's length and first bytes. */
function macStarts(bytes: readonly string[]): number[] | undefined {
  const head = bytes
    .slice(0, 4)
    .map((byte) => Number.parseInt(byte, 16))
    .join(' ');
  if (bytes.length === 6) return [0];
  // RFC 2132, 9.14: hardware type 1, address.
  if (bytes.length === 7 && head.startsWith('1 ')) return [1];
  // RFC 8415, 11.2 and 11.4: DUID-LLT, DUID-LL.
  if (bytes.length === 14 && head === '0 1 0 1') return [8];
  if (bytes.length === 10 && head === '0 3 0 1') return [4];
  // iptables' LOG: destination, source, type.
  return bytes.length === 14 ? [0, 6] : undefined;
}
