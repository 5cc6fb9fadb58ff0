import type { Case, Thing } from '../../model/case.ts';
import { valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { oncePerCase } from '../once-per-case.ts';

export type Member = { readonly name: string; readonly at: Lines };

/** Who is in which bridge, bond or trunk of the host, the VLANs of each port, addresses, and where the default route leads. */
export type HostMap = {
  readonly members: ReadonlyMap<string, readonly Member[]>;
  readonly addresses: ReadonlyMap<string, Thing<'address'>>;
  readonly vlans: ReadonlyMap<string, readonly Thing<'portVlan'>[]>;
  readonly wayOut: Member | undefined;
};

type Draft = {
  members: Map<string, Member[]>;
  addresses: Map<string, Thing<'address'>>;
  vlans: Map<string, Thing<'portVlan'>[]>;
  seen: Set<string>;
  wayOut?: Member;
};

/** A host may have hundreds of NICs. */
export const hostMap = oncePerCase(({ things }: Pick<Case, 'things'>): HostMap => {
  const draft: Draft = { members: new Map(), addresses: new Map(), vlans: new Map(), seen: new Set() };
  for (const thing of things.values()) if (thing.side === 'host') add(thing, draft);
  const { members, addresses, vlans, wayOut } = draft;
  return { members, addresses, vlans, wayOut };
});

function add(thing: Thing, draft: Draft): void {
  if (isA('port', thing)) addMember(draft, thing.id, thing.says.bridge);
  else if (isA('interface', thing)) addMember(draft, thing.id, thing.says.master);
  else if (isA('address', thing)) addAddress(draft, thing);
  else if (isA('portVlan', thing)) addVlan(draft, thing);
  else if (isA('route', thing)) addRoute(draft, thing);
}

function isA<K extends Thing['is']>(kind: K, thing: Thing): thing is Thing<K> {
  return thing.is === kind;
}

function addMember(draft: Draft, name: string, owner: Thing<'port'>['says']['bridge']): void {
  if (owner?.state !== 'known') return;
  const members = draft.members.get(owner.value) ?? [];
  draft.members.set(owner.value, members);
  // A port is told twice: by the bridge, and by itself.
  if (!draft.seen.has(`${owner.value} ${name}`)) members.push({ name, at: owner.at });
  draft.seen.add(`${owner.value} ${name}`);
}

function addAddress({ addresses }: Draft, address: Thing<'address'>): void {
  const name = valueIn(address.says.interface);
  const isIpv4 = valueIn(address.says.family) === 'inet';
  if (name !== undefined && isIpv4 && !addresses.has(name)) addresses.set(name, address);
}

function addVlan({ vlans }: Draft, entry: Thing<'portVlan'>): void {
  const port = valueIn(entry.says.port) ?? '';
  const entries = vlans.get(port) ?? [];
  vlans.set(port, entries);
  entries.push(entry);
}

function addRoute(draft: Draft, { id, says }: Thing<'route'>): void {
  const name = says.interface;
  if (/^(?:default|0\.0\.0\.0(?:\/0)?)(?: |$)/.test(id) && name?.state === 'known')
    draft.wayOut ??= { name: name.value, at: name.at };
}
