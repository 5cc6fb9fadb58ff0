/**
 * Stand-ins for IPv4 addresses that keep what a reader needs: the class (private, shared, link-local, public), which addresses
 * share a network, .0 and .255, and the width of each octet. Netmasks, loopback, multicast and 0.0.0.0 stay.
 */
export function ipv4StandIns(): (address: string) => string {
  const octets = new Map<string, Map<string, string>>();
  const publics = new Map<string, string>();
  const next = (prefix: string, octet: string, low = 1, high = 254): string => {
    const siblings = octets.get(prefix) ?? new Map<string, string>();
    octets.set(prefix, siblings);
    const standIn = siblings.get(octet) ?? pick(octet, new Set(siblings.values()), low, high);
    siblings.set(octet, standIn);
    return standIn;
  };
  const network = (a: string, b: string): readonly string[] => {
    if (a === '10') return [a, next(a, b, 0)];
    if (a === '172' && isBetween(b, 16, 31)) return [a, next(a, b, 16, 31)];
    if (a === '100' && isBetween(b, 64, 127)) return [a, next(a, b, 64, 127)];
    if ((a === '192' && b === '168') || (a === '169' && b === '254')) return [a, b];
    const key = `${a}.${b}`;
    const standIn = publics.get(key) ?? PUBLIC[publics.size] ?? `240.${publics.size}`;
    publics.set(key, standIn);
    return standIn.split('.');
  };
  return (address) => {
    const [a = '', b = '', ...rest] = address.split('.');
    if (names(a, b) === 'nobody' || DOCUMENTATION.test(address)) return address;
    const result = [...network(a, b)];
    let prefix = `${a}.${b}`;
    for (const octet of rest) {
      result.push(octet === '0' || octet === '255' ? octet : next(prefix, octet));
      prefix += `.${octet}`;
    }
    return result.join('.');
  };
}

/** 198.18.0.0/15 is for benchmarks (RFC 2544), 240.0.0.0/4 is reserved: neither is anybody's. */
const PUBLIC = ['198.18', '198.19'];
/** RFC 5737: stand-ins already. */
const DOCUMENTATION = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)(?:\.|$)/;

function names(a: string, b: string): 'nobody' | 'somebody' {
  const first = Number(a);
  if (first === 0 || first === 127 || first >= 224) return 'nobody';
  return b === '' ? 'nobody' : 'somebody';
}

function isBetween(octet: string, low: number, high: number): boolean {
  return Number(octet) >= low && Number(octet) <= high;
}

/** The first unused one with as many digits; any unused one where those are used up. */
function pick(octet: string, used: ReadonlySet<string>, low: number, high: number): string {
  const all = Array.from({ length: high - low + 1 }, (_, index) => String(low + index)).filter(
    (one) => !used.has(one),
  );
  return all.find((one) => one.length === octet.length) ?? all[0] ?? octet;
}

/**
 * Stand-ins for IPv6: link-local, loopback, multicast and unique-local stay what they are, a global prefix becomes one of
 * 2001:db8::/32; two addresses of one /64 stay in one; an interface identifier made from a MAC follows that MAC.
 */
export function ipv6StandIns(standInOfMac: (mac: string) => string): (address: string) => string {
  const prefixes = new Map<string, string>();
  const identifiers = new Map<string, string[]>();
  const prefixOf = (groups: readonly string[]): string[] => {
    const first = Number.parseInt(groups[0] ?? '0', 16);
    if ((first & 0xffc0) === 0xfe80) return groups.slice(0, 4);
    const key = groups.slice(0, 4).join(':');
    const standIn =
      prefixes.get(key) ??
      `${(first & 0xfe00) === 0xfc00 ? 'fd00' : '2001'}:db8:0:${(prefixes.size + 1).toString(16)}`;
    prefixes.set(key, standIn);
    return standIn.split(':');
  };
  const identifierOf = (groups: readonly string[]): string[] => {
    const bytes = groups.map((group) => group.padStart(4, '0')).join('');
    const key = bytes;
    const standIn = identifiers.get(key) ??
      fromMac(bytes, standInOfMac) ?? ['0', '0', '0', (identifiers.size + 1).toString(16)];
    identifiers.set(key, standIn);
    return standIn;
  };
  return (address) => {
    const groups = expand(address);
    if (!groups || groups.slice(0, 7).every((group) => group === '0') || /^ff/i.test(groups[0] ?? ''))
      return address;
    const isPrefixOnly = groups.slice(4).every((group) => group === '0');
    return compress([
      ...prefixOf(groups),
      ...(isPrefixOnly ? groups.slice(4) : identifierOf(groups.slice(4))),
    ]);
  };
}

/** RFC 4291, appendix A: the MAC with ff:fe in its middle and the local bit turned. */
function fromMac(bytes: string, standInOfMac: (mac: string) => string): string[] | undefined {
  if (bytes.slice(6, 10) !== 'fffe') return undefined;
  const turn = (byte: string) => (Number.parseInt(byte, 16) ^ 2).toString(16).padStart(2, '0');
  const bare = turn(bytes.slice(0, 2)) + bytes.slice(2, 6) + bytes.slice(10);
  const mac = standInOfMac((bare.match(/../g) ?? []).join(':')).replaceAll(':', '');
  const identifier = `${turn(mac.slice(0, 2))}${mac.slice(2, 6)}fffe${mac.slice(6)}`;
  return (identifier.match(/..../g) ?? []).map((group) => group.replace(/^0{1,3}/, ''));
}

function expand(address: string): string[] | undefined {
  const [head = '', tail, ...more] = address.toLowerCase().split('::');
  if (more.length > 0) return undefined;
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = 8 - left.length - right.length;
  if (tail === undefined ? gap !== 0 : gap < 1) return undefined;
  return [...left, ...Array.from({ length: gap }, () => '0'), ...right].map((group) =>
    group.replace(/^0{1,3}(?=.)/, ''),
  );
}

function compress(groups: readonly string[]): string {
  const text = groups.join(':');
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)]
    .map(([run]) => run)
    .sort((a, b) => b.length - a.length);
  const longest = runs[0];
  return longest === undefined
    ? text
    : text
        .replace(longest, longest.startsWith(':') ? ':' : ':')
        .replace(/^:(?!:)/, '::')
        .replace(/:$/, '::');
}
