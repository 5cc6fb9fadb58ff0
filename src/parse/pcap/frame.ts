/** One frame; its bytes are `data` from `from` to `to`, and only until the next one is asked for. */
export type Frame = {
  number: number;
  data: Uint8Array;
  from: number;
  to: number;
  /** As it was on the wire: more than was captured where the snapshot length cut it. */
  wireLength: number;
  /** Microseconds since 1970. */
  time: number;
  /** Index into what the file says of interfaces. */
  on: number;
};

export type CapturedOn = {
  /** As pcapng tells it. */
  readonly name?: string;
  readonly link: number;
  readonly snapshot: number;
};

/** How the walk through a file ended. */
export type Ending = {
  readonly frames: number;
  readonly on: readonly CapturedOn[];
  /** `stopped`: by the one who asked. */
  readonly as: 'whole' | 'cut' | 'damaged' | 'foreign' | 'stopped';
  /** For `damaged` and `foreign`. */
  readonly why?: string;
};

/** Wants no more when it answers true. */
export type TakeFrame = (frame: Frame, on: CapturedOn) => boolean | undefined;

/** libpcap refuses longer ones too: MAXIMUM_SNAPLEN, pcap-int.h */
export const LONGEST_FRAME = 262_144;
