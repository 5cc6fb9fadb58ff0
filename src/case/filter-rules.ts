import type { Case, Nic, Readings, Thing } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import { allThings } from './look-up.ts';
import { readingsOf } from './readings.ts';

type Rule = Thing<'filterRule'>;

/** The host's rules that name the tap of a NIC, or its port of the bridge. */
export function rulesOf(nic: Nic, kase: Case): Rule[] {
  const { tapName, portName } = nic.host ?? {};
  const ports = [tapName, portName].filter((name) => name !== undefined);
  return allThings(kase, 'filterRule', 'host').filter(({ says }) =>
    ports.includes(valueIn(says.interface) ?? ''),
  );
}

export function countsOf({ side, id }: Rule, kase: Pick<Case, 'counters'>): Readings | undefined {
  return readingsOf(kase, side, id, 'filtered');
}

/** How many packets a rule has hit; undefined where it does not count. */
export function hitsOf(rule: Rule, kase: Pick<Case, 'counters'>): number | undefined {
  return countsOf(rule, kase)?.at(-1)?.value;
}
