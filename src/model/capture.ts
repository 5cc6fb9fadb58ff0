import type { Problem } from './problem.ts';

/** Which machine a text was taken on. */
export type Side = 'guest' | 'host' | 'peer' | 'unknown';

/** Bytes that are walked through more than once; a piece lasts until the next one. `path`: they are read from there at each walk. */
export type Pieces = Iterable<Uint8Array> & { readonly path?: string; readonly size?: number };

/** What was given to us: a file, a paste, the output of a command. It may hold several outputs. */
export type Capture = {
  /** Unique in a run; stands in every line of evidence. */
  readonly name: string;
  readonly side: Side;
  readonly origin: 'ran' | 'ssh' | 'file' | 'pasted' | 'answered' | 'built-in';
  readonly argv?: readonly string[];
  /** Where it was opened: the file, archive or folder that the person named. */
  readonly path?: string;
  /** ISO 8601, when known: later captures win over earlier ones. */
  readonly taken?: string;
  /** The world refused: "permission denied", "no such command". Evidence, not an error. */
  readonly failure?: string;
  /** How its command ended, in a bundle's word (model/bundle.ts): `exit 0`, `missing`, `timed-out`. */
  readonly outcome?: string;
  /** The collection or report that it is a section of: all its outputs of one side are of one machine. */
  readonly partOf?: string;
  readonly text: string;
  /** A packet capture instead of a text. */
  readonly bytes?: Pieces;
  /** For a large log read as a stream: the number of each line of `text` in the file. */
  readonly numbers?: readonly number[];
  /** Lines of a streamed log that name no network thing and were passed over. */
  readonly passedOver?: number;
  /** What the reader must know of how it came here: it was cut, or is of a newer version. */
  readonly problems?: readonly Problem[];
};
