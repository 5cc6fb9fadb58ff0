import type { Side } from '../../model/capture.ts';
import type { Row } from '../../model/line.ts';
import { VIRTUAL_MAC } from '../../model/words.ts';
import type { Notes } from '../reading.ts';

/** One interface of a listing; `flags` and `hasMetric` are of its head. */
export type Block = {
  readonly name: string;
  readonly head: Row | undefined;
  readonly flags: string;
  readonly hasMetric: boolean;
  readonly body: readonly Row[];
};

export type Place = {
  readonly side: Side | undefined;
  /** Only macOS prints no metric. */
  readonly isMacos: boolean;
  /** LOWER_UP stands in this listing: where it does not, the link is down for the kernel. */
  readonly showsLowerUp: boolean;
};

/** LINKSTATE, VLAN_HWTSO, RXCSUM_IPV6, TXCSUM_IPV6, HWSTATS: DragonFly has none of these bits. */
const FREEBSD_BITS = 0x80000 | 0x40000 | 0x200000 | 0x400000 | 0x800000;
/** The vtnet of the ports (8.x, 9.0, 9.1) knows nothing of IPv6's checksums and of VLANs. */
const SINCE_9_3 = 0x40000 | 0x200000 | 0x400000 | 0x800000;
const OPTIONS = /^\s{0,40}options=([0-9a-f]{1,16})(?:<([A-Z0-9_,]{0,600}))?/;
const MEMBER = /^\s{0,40}member: (?:tap|vmnet|vmenet)\d/;
const GROUP = /^\s{0,40}groups: .{0,100}\b(?:vm-port|vm-switch)\b/;
const HELD = /^\s{0,40}Opened by PID \d/;

/** What the listing as a whole tells of each of its blocks; a name that comes again begins another listing. */
export function placeBlocks(blocks: readonly Block[], notes: Notes): Place[] {
  return listingsOf(blocks).flatMap((listing) => {
    sayOs(listing, notes);
    const isMacos = listing.every(({ head, hasMetric }) => head !== undefined && !hasMetric);
    const showsLowerUp = listing.some(({ flags }) => /\bLOWER_UP\b/.test(flags));
    return listing.map((block) => ({ side: sideOf(block, listing), isMacos, showsLowerUp }));
  });
}

function listingsOf(blocks: readonly Block[]): Block[][] {
  const listings: Block[][] = [];
  for (const block of blocks) {
    const current = listings.at(-1);
    if (!current || current.some(({ name }) => name === block.name)) listings.push([block]);
    else current.push(block);
  }
  return listings;
}

/** `nd6 options` is FreeBSD's own (DragonFly's sbin/ifconfig has no such word), RSS among the options DragonFly's. */
function sayOs(listing: readonly Block[], notes: Notes): void {
  if (listing.some(({ head, hasMetric }) => head && !hasMetric)) return;
  const rows = listing.flatMap(({ body }) => body);
  const dragonfly = rows.find(({ text }) => /\bRSS\b/.test(OPTIONS.exec(text)?.[2] ?? ''));
  const heads = listing.flatMap(({ head, flags }) => (head && /\bLOWER_UP\b/.test(flags) ? [head] : []));
  const freebsd = heads[0] ?? rows.find(({ text }) => isFreebsdRow(text));
  if (dragonfly) notes.say('system', '', { os: 'dragonfly' }, dragonfly);
  else if (freebsd) notes.say('system', '', { os: 'freebsd' }, freebsd);
  // The name came with 14.0 (ifconfig_netlink.c, print_bits of IFF_NETLINK_1).
  if (heads[0]) notes.say('system', '', { releaseAtLeast: '14.0' }, heads[0]);
  const vtnet = listing.find(({ name }) => /^vtnet\d+$/.test(name));
  const options = vtnet?.body.find(({ text }) => (bitsOf(text) & SINCE_9_3) !== 0);
  if (options) notes.say('system', '', { releaseAtLeast: '9.3' }, options);
}

function isFreebsdRow(text: string): boolean {
  return /^\s{0,40}nd6 options=/.test(text) || (bitsOf(text) & FREEBSD_BITS) !== 0;
}

function bitsOf(text: string): number {
  return Number.parseInt(OPTIONS.exec(text)?.[1]?.slice(-8) ?? '0', 16);
}

/** A vtnet is a guest's; a tap that somebody holds open, or that is in a bridge, a host's, unless the listing has a vtnet too. */
function sideOf(block: Block, listing: readonly Block[]): Side | undefined {
  const isGuest = listing.some(({ name }) => name.startsWith('vtnet'));
  const isSwitch = block.body.some(({ text }) => GROUP.test(text));
  if (isSwitch) return 'host';
  if (!isGuest)
    return listing.some(isOfHost) || showsTapAlone(listing) || isBridge(listing) ? 'host' : undefined;
  const isMixed = listing.some(({ body }) => body.some(({ text }) => GROUP.test(text)));
  return block.name.startsWith('vtnet') || !isMixed ? 'guest' : undefined;
}

/** A tap beside cards that no hypervisor gives. */
function showsTapAlone(listing: readonly Block[]): boolean {
  const hasCard = listing.some(({ name }) => /^(?:re|igb|igc|ix|ixl|bge|bxe|cxl|mlx|mce|bnxt)\d/.test(name));
  const mayBeGuest = listing.some(({ name }) => /^(?:em|vmx|hn|xn|le|ed)\d/.test(name));
  return hasCard && !mayBeGuest && listing.some(({ name }) => /^(?:tap|vmnet)\d/.test(name));
}

/** It bridges real cards: of what this program is about, that is a host, cut before its taps or without any. */
function isBridge(listing: readonly Block[]): boolean {
  const isGuest = listing.some(({ name }) => /^(?:vmx|hn|xn|le|ed)\d/.test(name));
  const cards = listing.flatMap(({ name, body }) => (/^[a-z]{2,4}\d{1,2}$/.test(name) ? body : []));
  const macs = cards.flatMap(({ text }) => /^\s{0,40}ether ([\da-f:]{17})/.exec(text)?.[1] ?? []);
  const bridges = listing.some(({ body }) =>
    body.some(({ text }) => /^\s{0,40}member: [a-z]{2,6}\d/.test(text)),
  );
  return bridges && !isGuest && macs.length > 0 && !macs.some((mac) => VIRTUAL_MAC.test(mac));
}

function isOfHost({ name, body }: Block): boolean {
  if (/^(?:bridge100|vmenet\d)/.test(name)) return true;
  return body.some(
    ({ text }) => MEMBER.test(text) || GROUP.test(text) || (/^tap\d/.test(name) && HELD.test(text)),
  );
}
