/**
 * Makers whose prefix tells what kind of machine it is: QEMU, Proxmox VE, vmd (tap, guest), bhyve, VMware, VirtualBox, Xen,
 * Hyper-V; IANA's (VRRP, CARP); and libvirt's taps, which are the guest's MAC with fe in front.
 */
const KEPT_MAKERS = new Set(
  '525400 fe5400 bc2411 fe2411 fee1ba fee1bb 589cfc 000c29 005056 080027 00163e fe163e 00155d 00005e'.split(
    ' ',
  ),
);

export type MacStandIns = {
  /** Any spelling with separators in, the same spelling out. */
  readonly mac: (mac: string) => string;
  /** 12 hex digits, lower case. */
  readonly bare: (digits: string) => string;
  /** The last 24 bits alone, as IPv6 puts them into solicited-node groups. */
  readonly tail: (digits: string) => string;
};

/**
 * Stand-ins for MACs: unicast stays unicast, a local address local, one maker one maker; two addresses with the same last
 * 24 bits (a guest and its tap) keep them the same. Groups, broadcast, VRRP/CARP and all zeros name nobody and stay.
 * `reals` (12 hex digits each) are never given out.
 */
export function macStandIns(reals: readonly string[] = []): MacStandIns {
  const realTails = new Set(reals.map((digits) => digits.slice(6)));
  const realMakers = new Set(reals.map((digits) => digits.slice(0, 6)));
  const makers = new Map<string, string>();
  const tails = new Map<string, string>();
  let makerCount = 0;
  let tailCount = 0x010000;

  const freshTail = (): string => {
    let tail: string;
    do tail = hex(++tailCount % 0x1000000, 6);
    while (realTails.has(tail) && tailCount < 0x2000000);
    return tail;
  };
  const freshMaker = (local: number): string => {
    let maker: string;
    do maker = fakeMaker(local, ++makerCount);
    while (realMakers.has(maker) && makerCount < 0x100000);
    return maker;
  };
  const standInTail = (real: string): string => {
    // ::1 and the like name nobody, unless a MAC ends so.
    if (/^00/.test(real) && !realTails.has(real)) return real;
    return remembered(tails, real, freshTail);
  };
  const bare = (digits: string): string => {
    const first = Number.parseInt(digits.slice(0, 2), 16);
    if (digits.startsWith('3333ff')) return `3333ff${standInTail(digits.slice(6))}`;
    if (first & 1 || /^00005e000[12]/.test(digits) || /^0+$/.test(digits)) return digits;
    const maker = digits.slice(0, 6);
    const prefix = KEPT_MAKERS.has(maker) ? maker : remembered(makers, maker, () => freshMaker(first & 2));
    return prefix + remembered(tails, digits.slice(6), freshTail);
  };
  return { bare, tail: standInTail, mac: (mac) => spellMac(bare(bareMac(mac)), mac) };
}

/** The 12 digits of a MAC with separators; OpenBSD's tcpdump leaves leading zeros out (`0:d:b9:4c:1a:2b`). */
export function bareMac(mac: string): string {
  if (!/[:-]/.test(mac)) return mac.replaceAll('.', '').toLowerCase();
  return mac
    .split(/[:-]/)
    .map((byte) => byte.padStart(2, '0'))
    .join('')
    .toLowerCase();
}

/** Written as the other one is: separator, case, leading zeros. */
function spellMac(digits: string, like: string): string {
  const separator = /[:.-]/.exec(like)?.[0] ?? '';
  const bytes = digits.match(separator === '.' ? /..../g : /../g) ?? [];
  const isShort = separator === ':' && like.length < 17;
  const text = bytes.map((byte) => (isShort ? byte.replace(/^0/, '') : byte)).join(separator);
  return /[A-F]/.test(like) ? text.toUpperCase() : text;
}

/** 00:53:xx is nobody's, and with the local bit 02:53:xx; the first octet goes up by four, which keeps both low bits. */
function fakeMaker(local: number, count: number): string {
  const value = 0x5300 + count;
  return hex(local + ((value >> 16) % 63) * 4, 2) + hex(value & 0xffff, 4);
}

export function remembered<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

export function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, '0');
}
