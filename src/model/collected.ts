/** What came of a collection. */
export type Collected = {
  /** Where the bundle lies: `diagnose` and the app open it. */
  readonly path: string;
  /** Outputs in it, the first looks not counted. */
  readonly outputs: number;
  /** Those of them that were refused, missing or stopped. */
  readonly failed: number;
  readonly isStopped: boolean;
  /** Machines to which the connection was lost meanwhile, as `where` names them. */
  readonly lost: readonly string[];
};

/** It came to its end; else the rest can still be run. */
export function isWhole({ isStopped, lost }: Collected): boolean {
  return !isStopped && lost.length === 0;
}

/** What the person is told when it is over. */
export function collectedLine({ path, outputs, failed, isStopped, lost }: Collected): string {
  const but = failed > 0 ? `, ${failed} of them refused, missing or stopped` : '';
  const end = `${isStopped ? 'Stopped; kept' : 'Collected'} in ${path}: ${outputs} outputs${but}.`;
  return [lostLine({ lost }), end].filter(Boolean).join(' ');
}

/** `The connection to root@pve was lost meanwhile.` */
export function lostLine({ lost }: Pick<Collected, 'lost'>): string {
  return lost.length === 0 ? '' : `The connection to ${lost.join(' and ')} was lost meanwhile.`;
}
