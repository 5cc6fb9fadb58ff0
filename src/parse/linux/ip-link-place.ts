import type { Side } from '../../model/capture.ts';
import type { Row } from '../../model/line.ts';

/** Where in an `ip link` listing its reader stands. */
export type IpLinkPlace = {
  name: string;
  /** Behind the `@` of the name: the interface below, or the other end of a pair. */
  peer?: string | undefined;
  /** What the head said behind the mtu, while its state has not come: the line was wrapped. */
  open?: { rest: string; row: Row } | undefined;
  /** The interface it is a port of, and the row that says so. */
  master?: { name: string; row: Row } | undefined;
  /** The head of a counters block that stands above. */
  block?: { direction: 'rx' | 'tx'; columns: readonly string[] } | undefined;
  /** Settled by what only a host, or only a guest, has. */
  side?: Side | undefined;
};
