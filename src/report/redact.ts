import type { Report } from '../model/report.ts';
import { ipv4StandIns, ipv6StandIns } from './redact-address.ts';
import { macStandIns } from './redact-mac.ts';
import { findNames, nameStandIn } from './redact-name.ts';
import { mapStrings } from './sanitize.ts';

const MAC = /(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])/g;
// Also the network of a routing table (10.0.40/24) and OpenBSD tcpdump's address.port.
const IPV4 =
  /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-])|(?<![\w.-])\d{1,3}(?:\.\d{1,3}){1,2}(?=\/(?:\d|$|\s))/g;
const IPV6 =
  /(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:){1,7}(?::|[0-9A-Fa-f]{1,4})(?::?[0-9A-Fa-f]{1,4}){0,6}(?![\w:])|(?<![\w:.])::(?:[0-9A-Fa-f]{1,4})(?::[0-9A-Fa-f]{1,4}){0,6}(?![\w:])/g;

/**
 * Replaces addresses and names in the whole report, each real value always by the same stand-in that keeps its meaning.
 * The map (real value to stand-in) is for the user alone and is no part of the report.
 */
export function redact(report: Report): { report: Report; map: ReadonlyMap<string, string> } {
  const map = new Map<string, string>();
  const mac = macStandIns();
  const ipv4 = ipv4StandIns();
  const ipv6 = ipv6StandIns(mac);
  const names = new Map(
    findNames(report.captures.map(({ text }) => text)).map((name, index) => [
      name,
      nameStandIn(name, index + 1),
    ]),
  );
  const named = [...names.keys()].sort((a, b) => b.length - a.length).map(literally);
  const pattern = named.length > 0 ? new RegExp(`(?<!\\w)(?:${named.join('|')})(?!\\w)`, 'g') : undefined;

  const change = (text: string): string => {
    const remember = (standIn: (real: string) => string) => (real: string) => {
      const result = standIn(real);
      if (result !== real) map.set(real, result);
      return result;
    };
    const addressed = text
      .replace(MAC, remember(mac))
      .replace(IPV6, (real) => (isIpv6(real) ? remember(ipv6)(real) : real))
      .replace(IPV4, (real) => (isIpv4(real) ? remember(ipv4)(real) : real));
    return pattern
      ? addressed.replace(
          pattern,
          remember((name) => names.get(name) ?? name),
        )
      : addressed;
  };
  const changed = mapStrings({ ...report, program: '' }, change);
  const says = `Redacted: ${map.size} addresses and names were replaced, each always by the same stand-in; kinds of addresses, makers of hypervisors and networks were kept.`;
  const problems = [...changed.problems, { code: 'note' as const, says, at: [] }];
  return { report: { ...changed, program: report.program, problems, redacted: true }, map };
}

function isIpv4(text: string): boolean {
  return text.split('.').every((octet) => Number(octet) <= 255 && (octet === '0' || !octet.startsWith('0')));
}

/** Not a time (12:34:56) and not a MAC: an IPv6 address has eight groups or a double colon. */
function isIpv6(text: string): boolean {
  return text.includes('::') ? text.split('::').length === 2 : text.split(':').length === 8;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
