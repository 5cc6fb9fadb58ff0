import { commandLine, type PlannedProbe } from '../../model/collection.ts';

/** The same command on the same machine; each VM has a monitor of its own. */
export function keyOf(one: Pick<PlannedProbe, 'machine' | 'probe' | 'argv' | 'through'>): string {
  return `${one.machine} ${one.probe} ${commandLine(one)}`;
}
