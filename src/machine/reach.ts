import { monitorAt } from './monitor.ts';
import { type Runner, runHere } from './runner.ts';

/** How a machine is reached: where its commands run, and where its unix sockets are. */
export type Reach = {
  readonly run: Runner;
  /** A QEMU's monitor by the path of its socket: each argv is a line for it. */
  readonly monitor: (path: string) => Runner;
  /** How many commands run side by side. */
  readonly lanes: number;
};

export const thisMachine: Reach = { run: runHere, monitor: monitorAt, lanes: 32 };
