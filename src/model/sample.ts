import type { Capture, Side } from './capture.ts';
import type { Row } from './line.ts';
import type { Problem } from './problem.ts';
import type { Sighting } from './sighting.ts';

/** One command's output found inside a capture. */
export type Sample = {
  readonly capture: Capture;
  /** `system/command`, for instance `openbsd/ifconfig`. */
  readonly kind: string;
  /** For people: "OpenBSD ifconfig". */
  readonly title: string;
  readonly side: Side;
  /** Why it was taken for this kind, in words. */
  readonly why: string;
  /** The command line that stood above it, if one did. */
  readonly command?: string;
  /** What the machine calls itself, in the prompt of that command or in the prefixes of a log. */
  readonly hostName?: string;
  readonly rows: readonly Row[];
  /** Of a packet capture: how many frames it has, where not all of them are kept as rows. */
  readonly total?: number;
};

/** What a parser made of a sample. Rows it could not read are handed back, never dropped. */
export type Reading = {
  readonly sightings: readonly Sighting[];
  readonly notUnderstood: readonly Row[];
  readonly problems: readonly Problem[];
  /** Set when the content tells on which machine it was taken. */
  readonly side?: Side;
};

/** One kind of output: how to find it in a text, and how to read it. */
export type Parser = {
  readonly kind: string;
  /** For people: "OpenBSD ifconfig". */
  readonly title: string;
  /** The side this output can only come from, if there is only one. */
  readonly side?: Side;
  /** Matches, at its start, a command line that prints this output. */
  readonly commands: RegExp;
  /** Other systems have a command of this name too: rows decide before the command does. */
  readonly commandIsShared?: boolean;
  /** A row that surely belongs to this output and may begin it. Anchored. */
  readonly begins: RegExp;
  /** A further row of it, once begun. Anchored. */
  readonly continues: RegExp;
  /**
   * Where other systems' outputs begin alike: a row, the beginning itself or one below it, that this one alone prints. The first
   * sign from a beginning on decides whose it is. Anchored.
   */
  readonly signs?: RegExp;
  /** A row that stands only at the top (a table's header): seen again, a second output begins. */
  readonly top?: RegExp;
  /** Rows that stand above the beginning in a whole output and mean nothing by themselves. */
  readonly leads?: RegExp;
  /** A log, where other programs' lines stand in between: it does not end at strange rows. */
  readonly isLog?: boolean;
  /** A log of which every line with a log's prefix is a part, understood or not. */
  readonly takesLogged?: boolean;
  /** Rows in which line breaks may be lost, and the places inside them where one must be put back: global, zero width. */
  readonly seam?: { readonly in: RegExp; readonly at: RegExp };
  /** A row that is cut and goes on in the next one. */
  readonly torn?: RegExp;
  /** `command` is the command line that stood above the output, or that its file is named after. */
  readonly read: (rows: readonly Row[], command?: string) => Reading;
};

export type ReadSample = Sample & Omit<Reading, 'side'>;

/** All that was found in one capture: its samples with their sightings, and the rows that belong to none. */
export type ReadCapture = {
  readonly capture: Capture;
  readonly samples: readonly ReadSample[];
  readonly loose: readonly Row[];
  readonly problems: readonly Problem[];
};
