import { type Piece, replaceInPieces } from './pieces.ts';
import { expand } from './redact-address.ts';
import { replaceMacs } from './replace-macs.ts';

/** What to write for each; `length`: that of a prefix written behind it. */
export type Change = {
  readonly mac: (mac: string) => string;
  readonly ipv6: (address: string) => string;
  readonly ipv4: (address: string, length?: number) => string;
};

/** Values that were surely seen as addresses: they are taken for such in doubtful places too. */
export type Known = { readonly macs: ReadonlySet<string>; readonly ipv4: ReadonlySet<string> };

const IPV6 = /(?:(?<![0-9A-Za-z:.])|(?<==3D)|(?<=[g-zG-Z]\w{0,10}:))[0-9A-Fa-f:]{3,60}(?![0-9A-Za-z])/g;
const IPV4 =
  /(?:(?<![0-9A-Za-z.])|(?<==3D))(\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2})(?!\d)|(\.in-addr\.arpa))?(?![0-9A-Za-z]|\.\d{1,3}\.\d)/g;
/** A route's network as the BSDs shorten it: 10.0.40/24, 172.20/16. */
const NETWORK = /(?<![\w./-])(\d{1,3}(?:\.\d{1,3}){1,2})\/(\d{1,2})(?![\w./])/g;
/** dhcp-192-168-0-66, 192-0-2-1.isp.example */
const DASHED = /(?<!\d|\d-)\d{1,3}(?:-\d{1,3}){3}(?!\d|-\d)/g;

/** Replaces all MACs and IP addresses of a text. */
export function replaceAddresses(text: string, change: Change, known: Known): Piece[] {
  let pieces: Piece[] = [{ text, isDone: false }];
  if (!MAY_HOLD.test(text)) return pieces;
  pieces = replaceMacs(pieces, change.mac, known.macs);
  pieces = replaceInPieces(pieces, IPV6, (match) => replaceIpv6(match, change));
  pieces = replaceInPieces(pieces, IPV4, (match) => replaceIpv4(match, change, known));
  pieces = replaceInPieces(pieces, NETWORK, (match) => replaceNetwork(match, change));
  return replaceInPieces(pieces, DASHED, ([dashed]) => {
    const address = dashed.replaceAll('-', '.');
    const isSure = isIpv4(address) && (isPrivate(address) || known.ipv4.has(address));
    return isSure ? change.ipv4(address).replaceAll('.', '-') : undefined;
  });
}

const MAY_HOLD = /[0-9A-Fa-f]{1,4}[.:-]|[0-9A-Fa-f]{12}|::/;

function replaceIpv6({ 0: run, input, index }: RegExpExecArray, change: Change): string | undefined {
  // ::ffff:192.0.2.1: its last part is an IPv4 address.
  if (/^\.\d{1,3}\.\d/.test(input.slice(index + run.length, index + run.length + 6))) return undefined;
  const address = run.replace(/(?<!:):$/, '');
  const isSure = /\d/.test(address) || /^f/i.test(address);
  return isSure && expand(address) ? change.ipv6(address) + run.slice(address.length) : undefined;
}

const VERSION = /(?:version|release|revision|firmware|bios|driver|\brev|\bv)[:=" ]{0,3}$/i;
const PACKAGE = /[A-Za-z_+]-$/;

function replaceIpv4(match: RegExpExecArray, change: Change, known: Known): string | undefined {
  const [, address = '', length, reverse] = match;
  if (!isIpv4(address) || Number(length ?? 0) > 32) return undefined;
  if (reverse) return turnRound(change.ipv4(turnRound(address))) + reverse;
  const before = match.input.slice(Math.max(0, match.index - 14), match.index);
  const isDoubtful = VERSION.test(before) || (PACKAGE.test(before) && !isPrivate(address));
  if (isDoubtful && !known.ipv4.has(address)) return undefined;
  return length === undefined ? change.ipv4(address) : `${change.ipv4(address, Number(length))}/${length}`;
}

/** Two numbers alone (1.5/10) are a network only where a routing table has one: at the line's beginning, or a private one. */
function replaceNetwork(match: RegExpExecArray, change: Change): string | undefined {
  const [, network = '', length = ''] = match;
  const octets = network.split('.').length;
  const isAtStart = /(?:^|\n)\s{0,20}$/.test(match.input.slice(Math.max(0, match.index - 22), match.index));
  const isSure = octets === 3 || isAtStart || isPrivate(`${network}.`);
  const fits = isIpv4(network) && Number(length) > (octets - 1) * 8 && Number(length) <= octets * 8;
  return isSure && fits ? `${change.ipv4(network)}/${length}` : undefined;
}

function turnRound(address: string): string {
  return address.split('.').reverse().join('.');
}

function isIpv4(text: string): boolean {
  return text.split('.').every((octet) => Number(octet) <= 255 && (octet === '0' || !octet.startsWith('0')));
}

function isPrivate(address: string): boolean {
  return /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(
    address,
  );
}
