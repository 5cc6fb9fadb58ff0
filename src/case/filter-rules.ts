import type { Case, Nic, Readings, Thing } from '../model/case.ts';
import { thingsWith } from './look-up.ts';
import { readingsOf } from './readings.ts';

type Rule = Thing<'filterRule'>;

/** The host's rules that name the tap of a NIC, or its port of the bridge. */
export function rulesOf(nic: Nic, kase: Case): readonly Rule[] {
  const { tapName, portName } = nic.host ?? {};
  return thingsWith(kase, 'filterRule', 'host', 'interface', tapName, portName);
}

export function countsOf({ side, id }: Rule, kase: Pick<Case, 'counters'>): Readings | undefined {
  return readingsOf(kase, side, id, 'filtered');
}

/** How many packets a rule has hit; undefined where it does not count. */
export function hitsOf(rule: Rule, kase: Pick<Case, 'counters'>): number | undefined {
  return countsOf(rule, kase)?.at(-1)?.value;
}
