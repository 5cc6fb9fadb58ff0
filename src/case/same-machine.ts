import { groupBy } from './group-by.ts';
import type { Signs } from './machine-signs.ts';

/** What one sample says of one side, and what it came with. */
export type Unit = {
  readonly sample: number;
  readonly kind: string;
  readonly signs: Signs;
  /** How much it says. */
  readonly size: number;
  /** The collection, the capture and the folder that it is in. */
  readonly partOf?: string | undefined;
  readonly capture: string;
  readonly folder: string;
};

/** Outputs of one machine, for all that can be told. */
export type Group = { units: Unit[]; name: string | undefined; os: string | undefined; hasCards: boolean };

/**
 * Puts together what is of one machine: a collection; what has one name, a MAC, or a card's first address in common. What tells
 * none of that is of the only machine that its capture shows, or its folder.
 */
export function gather(units: readonly Unit[]): readonly Group[] {
  const groups = new Map(units.map((unit) => [unit, groupOf(unit)]));
  const groupsOf = (some: readonly Unit[]) => [...new Set(some.map((unit) => groups.get(unit) as Group))];
  const join = (some: readonly Group[]) => {
    const [into, ...others] = [...some].sort((a, b) => b.units.length - a.units.length);
    for (const other of into ? others : []) {
      for (const unit of other.units) groups.set(unit, into as Group);
      absorb(into as Group, other);
    }
  };
  for (const own of groupBy(units, ({ partOf }) => [partOf]).values()) join(groupsOf(own));
  for (const keysOf of IN_COMMON) {
    for (const alike of groupBy(units, keysOf).values()) {
      const some = groupsOf(alike);
      if (agree(some)) join(some);
    }
  }
  for (const place of ['capture', 'folder'] as const) {
    for (const near of groupBy(units, (unit) => [unit[place]]).values()) {
      const some = groupsOf(near);
      const [only, ...more] = some.filter(({ name, hasCards }) => hasCards || name !== undefined);
      if (more.length > 0) continue;
      if (agree(some)) join(some);
      else if (only) join(some.filter((other) => agree([only, other])));
    }
  }
  return [...new Set(groups.values())];
}

const IN_COMMON: readonly ((unit: Unit) => readonly (string | undefined)[])[] = [
  ({ signs: { name, os } }) => [name && os && `${name} ${os}`],
  ({ signs }) => [signs.name],
  ({ signs }) => [...signs.macs],
  // Its MAC was changed between the two.
  ({ signs }) => [...signs.addresses].map((own) => own.join(' ')),
];

function groupOf(unit: Unit): Group {
  const { name, os, cards } = unit.signs;
  return { units: [unit], name, os, hasCards: cards.size > 0 };
}

function absorb(into: Group, { units, name, os, hasCards }: Group): void {
  for (const unit of units) into.units.push(unit);
  into.name ??= name;
  into.os ??= os;
  into.hasCards ||= hasCards;
}

/** None of them says that it is called, or runs, otherwise. */
function agree(groups: readonly Group[]): boolean {
  return ([({ name }) => name, ({ os }) => os] satisfies ((group: Group) => string | undefined)[]).every(
    (signOf) => new Set(groups.flatMap((group) => signOf(group) ?? [])).size <= 1,
  );
}
