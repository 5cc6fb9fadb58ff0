import { groupBy } from './group-by.ts';
import type { Group } from './same-machine.ts';

/** The groups that cannot be of one machine: another name, another system, other MACs on cards of the same names. None if they can. */
export function conflictsAmong(all: readonly Group[]): readonly Group[] {
  // Packets may be seen from any machine.
  const groups = all.filter(({ units }) => units.some(({ signs }) => !signs.isOfWire));
  const found = new Set([
    ...differing(groups, ({ name }) => name),
    ...differing(groups, ({ os }) => os),
    ...withOtherCards(groups),
  ]);
  return groups.filter((group) => found.has(group));
}

function differing(groups: readonly Group[], signOf: (group: Group) => string | undefined): Group[] {
  const by = groupBy(groups, (group) => [signOf(group)]);
  return by.size > 1 ? [...by.values()].flat() : [];
}

type Card = { readonly group: Group; readonly macs: Set<string>; readonly kinds: Set<string> };

/**
 * The same kind of output shows another MAC on a card of that name. Two kinds may well differ on one card of one machine (dmesg has the
 * burnt-in MAC, ifconfig the one that was set); on two cards they do not.
 */
function withOtherCards(groups: readonly Group[]): Group[] {
  const found: Group[] = [];
  const doubtful = new Map<Group, Group>();
  for (const [first, ...others] of cardsByName(groups)) {
    for (const other of first ? others : []) {
      const base = first as Card;
      if ([...other.macs].some((mac) => base.macs.has(mac))) continue;
      const isSure = [...other.kinds].some((kind) => base.kinds.has(kind));
      if (isSure || doubtful.get(other.group) === base.group) found.push(base.group, other.group);
      else doubtful.set(other.group, base.group);
    }
  }
  return found;
}

/** Each card name with those that have one, in their order. */
function cardsByName(groups: readonly Group[]): readonly (readonly Card[])[] {
  const names = new Map<string, Map<Group, Card>>();
  for (const group of groups) {
    for (const { signs, kind } of group.units) {
      for (const [name, { mac }] of signs.cards) {
        const own = names.get(name) ?? new Map<Group, Card>();
        names.set(name, own);
        const card = own.get(group) ?? { group, macs: new Set(), kinds: new Set() };
        own.set(group, card);
        card.macs.add(mac);
        card.kinds.add(kind);
      }
    }
  }
  return [...names.values()].map((own) => [...own.values()]);
}
