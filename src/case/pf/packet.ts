import type { Case, Thing } from '../../model/case.ts';
import { oncePerCase } from '../once-per-case.ts';
import type { End } from './address.ts';

export type Rule = Thing<'pfRule'>;
export type Ruleset = Thing<'pfRuleset'>;

/** A packet that PF is asked about. */
export type Packet = {
  readonly direction: 'in' | 'out';
  readonly on: Place;
  readonly proto: string;
  readonly from: End;
  readonly to: End;
  readonly fromPort?: number;
  readonly toPort?: number;
};

/** An interface as PF sees it: its name, if known, and the groups it is in. */
export type Place = {
  readonly name?: string;
  readonly groups: readonly string[];
  readonly hasAllGroups: boolean;
};

/** What PF does with a packet, found out once: many NICs ask of the same one on their common way out. */
export function oncePerPacket<T>(find: (packet: Packet, kase: Case) => T): (packet: Packet, kase: Case) => T {
  const answersIn = oncePerCase((_: Case) => new Map<string, { readonly is: T }>());
  return (packet, kase) => {
    const answers = answersIn(kase);
    const key = JSON.stringify(packet);
    const answer = answers.get(key) ?? { is: find(packet, kase) };
    answers.set(key, answer);
    return answer.is;
  };
}
