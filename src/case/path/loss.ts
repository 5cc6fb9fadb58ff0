import type { Line } from '../../model/line.ts';
import type { Vanish } from '../../model/report.ts';

/** Packets get lost between two hops of the path, or at one of them; places count from the guest's NIC, 0. */
export type Loss = {
  readonly hop?: number;
  readonly span: readonly [number, number];
  readonly by: Vanish['by'];
  readonly because: string;
  readonly at: readonly Line[];
};
