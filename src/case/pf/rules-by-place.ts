import { valueIn } from '../../model/known.ts';
import { type End, type Network, networkOf } from './address.ts';
import type { Packet, Rule } from './packet.ts';

/** Rules of one interface, or of any: by the network that they are for, too. */
type Shelf = {
  readonly all: Rule[];
  readonly fromAnywhere: Rule[];
  readonly byNetwork: Map<string, Rule[]>;
  /** Networks in the order of their addresses, once somebody asks for a part of them. */
  readonly bases: { readonly base: number; readonly rule: Rule }[];
  isSorted: boolean;
};

/**
 * Those of some rules that may match a packet, in their order. A host has rules for each of its taps and addresses, and each tap
 * asks: only what names it, or no interface, needs to be looked at.
 */
export function rulesByPlace(rules: readonly Rule[]): (packet: Packet) => readonly Rule[] {
  const places = new Map(rules.map((rule, place) => [rule, place]));
  const shelves = new Map<string, Shelf>();
  for (const rule of rules) {
    for (const on of interfacesOf(rule)) {
      const shelf = shelves.get(on) ?? newShelf();
      shelves.set(on, shelf);
      put(rule, shelf);
    }
  }
  return ({ on, from }) => {
    if (on.name === undefined) return rules;
    const names = new Set([ANY, on.name, ...on.groups]);
    const found = new Set([...names].flatMap((name) => taken(shelves.get(name), from)));
    return [...found].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  };
}

const ANY = '';

/** Of a list of plain interface names; a group, a negation and no list at all may be any. */
function interfacesOf({ says }: Rule): readonly string[] {
  const on = valueIn(says.on);
  return on?.every((word) => /^[a-z]{2,15}\d{1,5}$/.test(word)) ? on : [ANY];
}

function newShelf(): Shelf {
  return { all: [], fromAnywhere: [], byNetwork: new Map(), bases: [], isSorted: true };
}

function put(rule: Rule, shelf: Shelf): void {
  shelf.all.push(rule);
  const networks = valueIn(rule.says.from)?.map(networkOf) ?? [];
  const known = networks.filter((network) => network !== undefined);
  if (known.length === 0 || known.length < networks.length) {
    shelf.fromAnywhere.push(rule);
    return;
  }
  shelf.isSorted = false;
  for (const network of known) {
    shelf.bases.push({ base: network.base, rule });
    const same = shelf.byNetwork.get(keyOf(network));
    if (same) same.push(rule);
    else shelf.byNetwork.set(keyOf(network), [rule]);
  }
}

function keyOf({ base, prefix }: Network): string {
  return `${base}/${prefix}`;
}

/** Rules for the networks around the sender's, and for those inside it. */
function taken(shelf: Shelf | undefined, { network }: End): readonly Rule[] {
  if (!shelf) return [];
  if (!network) return shelf.all;
  const around = Array.from({ length: network.prefix + 1 }, (_, prefix) => {
    const base = network.base - (network.base % 2 ** (32 - prefix));
    return shelf.byNetwork.get(keyOf({ base, prefix })) ?? [];
  });
  return [...shelf.fromAnywhere, ...around.flat(), ...inside(shelf, network)];
}

function inside(shelf: Shelf, { base, prefix }: Network): Rule[] {
  if (!shelf.isSorted) shelf.bases.sort((a, b) => a.base - b.base);
  shelf.isSorted = true;
  let from = 0;
  for (let to = shelf.bases.length; from < to; ) {
    const middle = (from + to) >> 1;
    if ((shelf.bases[middle]?.base ?? 0) < base) from = middle + 1;
    else to = middle;
  }
  const found: Rule[] = [];
  for (let one = shelf.bases[from]; one && one.base < base + 2 ** (32 - prefix); one = shelf.bases[++from])
    found.push(one.rule);
  return found;
}
