import type { Hop, HopCount, HopKind, NicSummary, Vanish } from '../model/report.ts';
import { vanishSentences } from './vanish-words.ts';
import { wrap } from './wrap.ts';

export type PictureLine = { readonly text: string; readonly style?: 'title' | 'warning' | 'faint' };
export type PictureOptions = {
  /** Columns, at least 20. */
  readonly width?: number;
  /** Only characters of ASCII: for mails to lists, and terminals that know no others. */
  readonly ascii?: boolean;
};

/**
 * The way of a NIC's packets, hop by hop from the guest to the uplink, with the place where they get lost. No meaning by colour alone.
 *
 *     guest NIC     virtqueues   tap            bridge
 *     eth0 ──────── virtio0 ──── tap107i1 ──×── vmbr0
 *     ok up, active ?? msix      ok up          !! tap is in no bridge
 *     → 40 +12                   → 40 +12
 */
export function pathPicture(
  { path, vanish = [] }: Pick<NicSummary, 'path'> & Partial<Pick<NicSummary, 'vanish'>>,
  { width = 80, ascii = false }: PictureOptions = {},
): readonly PictureLine[] {
  const signs = ascii ? ASCII : UNICODE;
  const cells = path.map((hop, index) =>
    cellOf(hop, linkAfter(index, vanish, path.length), signs, width, index === path.length - 1),
  );
  const first = linkAfter(-1, vanish, path.length) === 'lost' ? `${signs.lost}${signs.line} ` : '';
  return [
    ...strips(cells, width, first.length).flatMap((strip, index, all) =>
      drawn(strip, index === 0 ? first : `${signs.line.repeat(2)} `, index === all.length - 1, signs),
    ),
    ...sentences(vanish, path.length, signs, width),
  ];
}

/** What the marks of the picture mean, in one row. */
export function pathLegend({ ascii = false }: PictureOptions = {}): string {
  const { lost, toGuest, fromGuest } = ascii ? ASCII : UNICODE;
  return `!! broken, ?? not known, ${lost} lost; ${toGuest} to, ${fromGuest} from the guest`;
}

const UNICODE = { line: '─', lost: '×', toGuest: '←', fromGuest: '→' };
const ASCII = { line: '-', lost: 'X', toGuest: '<', fromGuest: '>' };
type Signs = typeof UNICODE;

const KINDS: Record<HopKind, string> = {
  'guest-nic': 'guest NIC',
  virtqueues: 'virtqueues',
  device: 'device',
  tap: 'tap',
  'firewall-bridge': 'firewall',
  'bridge-port': 'bridge port',
  bridge: 'bridge',
  vlan: 'VLAN',
  gateway: 'gateway',
  uplink: 'uplink',
};

/** The name of a hop's kind, as the picture shows it. */
export function hopKind(kind: HopKind): string {
  return KINDS[kind];
}

type Link = 'whole' | 'lost' | 'open';
type Cell = {
  readonly kind: string;
  readonly name: string;
  readonly below: readonly string[];
  readonly isBroken: boolean;
  readonly width: number;
  readonly link: Link;
};

/** What lies between a hop and the next: `open` where packets get lost somewhere in a longer part of the path. */
function linkAfter(index: number, vanish: readonly Vanish[], length: number): Link {
  const links = vanish.map(({ direction, hop, span: [from, to] }): Link => {
    if (index < from || index >= to) return 'whole';
    // What a hop loses does not come out of it on its far side.
    if (hop !== null) return index === (direction === 'to-guest' ? from : to - 1) ? 'lost' : 'whole';
    return to - from === 1 ? 'lost' : 'open';
  });
  const link = links.find((one) => one === 'lost') ?? links.find((one) => one === 'open') ?? 'whole';
  return index === length - 1 && link === 'open' ? 'whole' : link;
}

const MARKS: Record<Hop['state'], string> = { ok: 'ok', broken: '!!', unknown: '??' };
const LINK_WIDTH = 5;
const MOST_WIDE = 20;
const LEAST_WIDE = 20;
/** Before the first cell of a strip that goes on from another. */
const LEAD = 3;

function cellOf(hop: Hop, link: Link, signs: Signs, width: number, isLast: boolean): Cell {
  const room = Math.min(MOST_WIDE, Math.max(LEAST_WIDE, width) - LEAD - 1);
  const name = cut(hop.name, Math.min(MOST_WIDE, room - LINK_WIDTH + 1));
  const says = wrap(hop.says, room, `${MARKS[hop.state]} `, '   ');
  const below = [...says, ...hop.counts.flatMap((count) => countRows(count, signs))].map((line) =>
    cut(line, room),
  );
  const kind = KINDS[hop.kind];
  // No line goes on from the last one.
  const line = isLast ? lengthOf(tail({ link }, signs)) : LINK_WIDTH;
  const longest = Math.max(...[kind, ...below].map(lengthOf), lengthOf(name) + line);
  return { kind, name, below, isBroken: hop.state === 'broken', width: longest, link };
}

function countRows({ direction, packets, drops, morePackets, moreDrops }: HopCount, signs: Signs): string[] {
  const arrow = direction === 'to-guest' ? signs.toGuest : signs.fromGuest;
  return [
    ...(packets === null ? [] : [`${arrow} ${packets}${more(morePackets)}`]),
    ...(drops === null || drops === 0 ? [] : [`${arrow} ${drops}${more(moreDrops)} ${signs.lost}`]),
  ];
}

function more(count: number | null): string {
  return count === null ? '' : ` +${count}`;
}

/** As many cells side by side as fit, each with its line to the next. */
function strips(cells: readonly Cell[], width: number, first: number): Cell[][] {
  const all: Cell[][] = [];
  let used = 0;
  for (const cell of cells) {
    const strip = all.at(-1);
    if (strip && used + cell.width + 1 <= width) {
      strip.push(cell);
      used += cell.width + 1;
    } else {
      used = (all.length === 0 ? first : LEAD) + cell.width + 1;
      all.push([cell]);
    }
  }
  return all;
}

function drawn(strip: readonly Cell[], lead: string, isLast: boolean, signs: Signs): PictureLine[] {
  const margin = ' '.repeat(lead.length);
  const names = strip.map((cell, index) =>
    isLast && index === strip.length - 1 ? cell.name + tail(cell, signs) : named(cell, signs),
  );
  const depth = Math.max(...strip.map(({ below }) => below.length));
  const rows = Array.from({ length: depth }, (_, index) =>
    strip.map(({ below, width }) => padded(below[index] ?? '', width + 1)).join(''),
  );
  const line = (text: string, style?: PictureLine['style']): PictureLine =>
    style ? { text: text.trimEnd(), style } : { text: text.trimEnd() };
  const looks = strip.some(({ isBroken, link }) => isBroken || link === 'lost') ? 'warning' : undefined;
  return [
    line(margin + strip.map(({ kind, width }) => padded(kind, width + 1)).join(''), 'faint'),
    line(lead + names.join(''), looks ?? 'title'),
    ...rows.map((row) => line(margin + row, row.includes('!! ') ? 'warning' : undefined)),
  ];
}

function named({ name, link, width }: Cell, { line, lost }: Signs): string {
  const length = width - lengthOf(name) - 1;
  const mark = link === 'lost' ? lost : link === 'open' ? '?' : line;
  const before = Math.floor((length - 1) / 2);
  return `${name} ${line.repeat(before)}${mark}${line.repeat(length - 1 - before)} `;
}

function tail({ link }: Pick<Cell, 'link'>, { line, lost }: Signs): string {
  return link === 'lost' ? ` ${line}${lost}` : '';
}

/** "× to the guest, packets get lost between tap107i1 and eth0: ..." */
function sentences(all: readonly Vanish[], length: number, signs: Signs, width: number): PictureLine[] {
  return vanishSentences(all, length).flatMap((text) =>
    wrap(text, width, `${signs.lost} `, '  ').map((line) => ({ text: line, style: 'warning' as const })),
  );
}

/** Names are foreign: a long one must not widen the picture. */
function cut(text: string, room: number): string {
  const characters = [...text];
  return characters.length <= room ? text : `${characters.slice(0, room - 1).join('')}~`;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - lengthOf(text)));
}

function lengthOf(text: string): number {
  return [...text].length;
}
