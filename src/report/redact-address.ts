import { hex, type MacStandIns, remembered } from './redact-mac.ts';

export type Ipv6StandIns = (address: string) => string;

/**
 * Stand-ins for IPv6: link-local, loopback, multicast and unique-local stay what they are; a global /48 becomes one of
 * 2001:db8::/32 and keeps its subnet number, so addresses of one /64 stay in one. An interface identifier made from a MAC
 * follows that MAC, a small one (::1) stays, any other becomes a running number. `reals` are never given out.
 */
export function ipv6StandIns(macs: MacStandIns, reals: readonly string[] = []): Ipv6StandIns {
  const sites = new Map<string, string>();
  const identifiers = new Map<string, string>();
  const realSites = new Set(reals.flatMap((real) => expand(real)?.slice(0, 3).join(':') ?? []));
  let siteCount = 0;

  const freshSite = (isLocal: boolean): string => {
    let site: string;
    do {
      siteCount++;
      const number = hex(siteCount & 0xffff, 4);
      const more = siteCount >> 16;
      // RFC 3849; RFC 9637 has room for more.
      if (isLocal) site = `fd${hex(more, 2)}:0db8:${number}`;
      else site = more === 0 ? `2001:0db8:${number}` : `3fff:0${hex(more, 3)}:${number}`;
    } while (realSites.has(site));
    return site;
  };
  const standInOf = (groups: readonly string[]): string[] => {
    const [site, subnet = ''] = [groups.slice(0, 3).join(':'), groups[3]];
    const isLinkLocal = /^fe[89ab]/.test(site);
    const isLocal = /^f[cd]/.test(site);
    const prefix = isLinkLocal ? site : remembered(sites, site, () => freshSite(isLocal));
    return [...prefix.split(':'), subnet, ...identifier(groups.slice(4).join(''))];
  };
  const identifier = (digits: string): string[] => {
    if (/^0{12}/.test(digits)) return inGroups(digits);
    if (digits.slice(6, 10) === 'fffe') return inGroups(fromMac(digits, macs));
    const head = remembered(identifiers, digits.slice(0, 10), () => `a0${hex(identifiers.size + 1, 8)}`);
    return inGroups(head + macs.tail(digits.slice(10)));
  };
  return (address) => {
    const groups = expand(address);
    if (!groups || namesNobody(groups)) return address;
    const isSolicited = /^ff0[12]:0000:0000:0000:0000:0001:ff/.test(groups.join(':'));
    if (groups[0]?.startsWith('ff') && !isSolicited) return address;
    const solicited = () => inGroups(`ff${macs.tail(groups.slice(6).join('').slice(2))}`);
    return spell(isSolicited ? [...groups.slice(0, 6), ...solicited()] : standInOf(groups), address);
  };
}

/** `::`, `::1`, `2000::/3`, `fe80::`: no more than a class; and what RFC 3849 and 9637 keep for documentation. */
function namesNobody(groups: readonly string[]): boolean {
  const [first = '', second = ''] = groups;
  const isBare = groups.slice(1).every((group) => group === '0000');
  const isLoopback = groups.slice(0, 7).every((group) => group === '0000');
  return isBare || isLoopback || (first === '2001' && second === '0db8') || /^3fff/.test(first);
}

/** RFC 4291, appendix A: the MAC with ff:fe in its middle and the local bit turned. */
function fromMac(digits: string, macs: MacStandIns): string {
  const mac = macs.bare(macInIdentifier(digits));
  return `${turned(mac.slice(0, 2))}${mac.slice(2, 6)}fffe${mac.slice(6)}`;
}

function macInIdentifier(digits: string): string {
  return turned(digits.slice(0, 2)) + digits.slice(2, 6) + digits.slice(10);
}

function turned(byte: string): string {
  return hex(Number.parseInt(byte, 16) ^ 2, 2);
}

/** What an address says of a MAC: the whole one, or its last 24 bits. */
export function macOfIpv6(address: string): string | undefined {
  const digits = expand(address)?.slice(4).join('');
  return digits?.slice(6, 10) === 'fffe' ? macInIdentifier(digits) : undefined;
}

/** Eight groups of four digits, or nothing where it is no address: a time has no `::` and not eight groups. */
export function expand(address: string): string[] | undefined {
  const [head = '', tail, ...more] = address.toLowerCase().split('::');
  if (more.length > 0) return undefined;
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = 8 - left.length - right.length;
  if (tail === undefined ? gap !== 0 : gap < 1) return undefined;
  const groups = [...left, ...Array.from({ length: gap }, () => '0'), ...right];
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))
    ? groups.map((group) => group.padStart(4, '0'))
    : undefined;
}

function inGroups(digits: string): string[] {
  return digits.match(/..../g) ?? [];
}

/** Short where the other one is short, in full where it is in full, in its case. */
function spell(groups: readonly string[], like: string): string {
  const isFull = /^(?:[0-9a-f]{4}:){7}[0-9a-f]{4}$/i.test(like);
  const bare = groups.map((group) => (isFull ? group : group.replace(/^0{1,3}/, '')));
  const text = isFull || !like.includes('::') ? bare.join(':') : compress(bare);
  return /[A-F]/.test(like) ? text.toUpperCase() : text;
}

function compress(groups: readonly string[]): string {
  let best = { at: -1, length: 1 };
  for (let at = 0; at < groups.length; at++) {
    let length = 0;
    while (groups[at + length] === '0') length++;
    if (length > best.length) best = { at, length };
  }
  if (best.at < 0) return groups.join(':');
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`;
}
