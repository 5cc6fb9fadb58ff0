import type { Case, Nic, Thing } from '../model/case.ts';
import { firstKnown, type Known, known, unknown, valueIn } from '../model/known.ts';
import type { Lines } from '../model/line.ts';
import { groupBy } from './group-by.ts';
import { allThings, findThing, thingsWith } from './look-up.ts';
import { oncePerCase, oncePerName } from './once-per-case.ts';

type Things = Pick<Case, 'things'>;
export type Member = { readonly name: string; readonly at: Lines };

/** The bridge(4), veb(4) or tpmr(4) of an OpenBSD host, or the if_bridge(4) of a FreeBSD one, that a NIC is in, or is meant to be in. */
export type Segment = {
  readonly name: string;
  readonly at: Lines;
  readonly members: readonly Member[];
  /** FreeBSD: the bridge itself, where it has an address. */
  readonly own?: Member;
  /** All its members are known: from a listing of the bridge, or from its start-up file (taps are never in that). */
  readonly isWhole: boolean;
  /** As ifconfig lists it; else as its start-up file has it. */
  readonly isShown: boolean;
};

/** vm-bhyve names its bridges after its switches: vm-public. */
const BRIDGE = /^(?:bridge|veb|tpmr|switch)\d|^vm-[\w.-]{1,12}$/;

export function segmentOf(nic: Nic, kase: Things): Segment | undefined {
  const name = bridgeOf(nic, kase);
  return name.state === 'known' ? segmentNamed(name.value, name.at, kase) : undefined;
}

/** Where it is a port; where its configuration puts it; the only bridge there is, when nothing speaks against it. */
export function bridgeOf(nic: Nic, kase: Things): Known<string> {
  const { tap, tapName, port, vmNic, typedNic } = nic.host ?? {};
  const shown = firstKnown(tap?.says.master, port?.says.bridge, masterOf(tapName, kase));
  const wanted = valueIn(typedNic?.says.switch) ?? valueIn(vmNic?.says.switch);
  const named = firstKnown(shown, vmNic?.says.bridge, bridgeOfSwitch(wanted, kase));
  if (named.state === 'known') return BRIDGE.test(named.value) ? named : unknown;
  const isElsewhere =
    valueIn(vmNic?.says.local) || valueIn(typedNic?.says.local) || vmNic?.says.switch || (tap && tapName);
  return isElsewhere ? unknown : onlyBridge(kase);
}

function masterOf(tapName: string | undefined, kase: Things): Known<string> {
  if (tapName === undefined) return unknown;
  return findThing(kase, 'host', 'interface', tapName)?.says.master ?? unknown;
}

export function bridgeOfSwitch(name: string | undefined, kase: Things): Known<string> {
  return (name === undefined ? undefined : findThing(kase, 'host', 'vmSwitch', name)?.says.bridge) ?? unknown;
}

function onlyBridge(kase: Things): Known<string> {
  const [first, ...more] = bridgesOf(kase);
  return first && more.length === 0 ? known(first.name, first.at) : unknown;
}

/** Bridges of an OpenBSD or FreeBSD host, listed or with a start-up file. */
export const bridgesOf = oncePerCase((kase: Things): readonly Member[] => {
  const found = new Map<string, Member>();
  if (!/^(?:open|free)bsd$/.test(valueIn(findThing(kase, 'host', 'system', '')?.says.os) ?? '')) return [];
  for (const { id, at } of [
    ...allThings(kase, 'bridge', 'host'),
    ...allThings(kase, 'interfaceFile', 'host'),
  ])
    if (BRIDGE.test(id) && !found.has(id)) found.set(id, { name: id, at });
  return [...found.values()];
});

export function segmentNamed(name: string, at: Lines, kase: Things): Segment {
  return { name, at, ...(shownSegment(name, kase) ?? setSegment(name, kase) ?? UNKNOWN) };
}

const UNKNOWN = { members: [], isWhole: false, isShown: false };

const shownSegment = oncePerName((name, kase: Things) => {
  const shown = findThing(kase, 'host', 'bridge', name);
  if (!shown) return undefined;
  const members = thingsWith(kase, 'port', 'host', 'bridge', name).flatMap(memberOf);
  const own = thingsWith(kase, 'address', 'host', 'interface', name).find(
    ({ says }) => valueIn(says.family) === 'inet',
  );
  const isWhole = valueIn(shown.says.membersListed) === true;
  return { members, ...(own && { own: { name, at: own.at } }), isWhole, isShown: true };
});

const setSegment = oncePerName((name, kase: Things) => {
  const file = findThing(kase, 'host', 'interfaceFile', name)?.says.members;
  if (file?.state !== 'known') return undefined;
  const members = file.value.map((member) => ({ name: member, at: file.at }));
  return { at: file.at, members, isWhole: true, isShown: false };
});

function memberOf({ id, says }: Thing<'port'>): Member[] {
  return says.bridge?.state === 'known' ? [{ name: id, at: says.bridge.at }] : [];
}

/** Members that lead out of the host: cards, VLANs of cards, trunks of cards. */
export function uplinksOf({ members }: Segment): readonly Member[] {
  return uplinksAmong(members);
}

const uplinksAmong = onceForMembers((members) =>
  members.filter(({ name }) => !/^(?:tap|vmnet|vether|vport|pair|epair|lo|gif|tun)\d/.test(name)),
);

/** Where the host itself takes part: vether(4) in a bridge, vport(4) in a veb, the bridge itself of FreeBSD. */
export function gatewaysOf({ members, own }: Segment): Member[] {
  return [...gatewaysAmong(members), ...(own ? [own] : [])];
}

const gatewaysAmong = onceForMembers((members) =>
  members.filter(({ name }) => /^(?:vether|vport)\d/.test(name)),
);

export type HostVlan = Member & { readonly tag: number; readonly isUp: boolean | undefined };

/** Members that are a vlan(4) themselves; FreeBSD calls them em0.40 too. */
export function vlanMembersOf({ members }: Segment): readonly Member[] {
  return vlansAmong(members);
}

const vlansAmong = onceForMembers((members) =>
  members.filter(({ name }) => /^(?:vlan|svlan)\d|^[a-z]{2,10}\d{1,3}\.\d{1,4}$/.test(name)),
);

/** vlan(4) interfaces of the host whose parent is a member: listed, else by their start-up file. */
export const vlansOn = oncePerSegment(({ members }, kase: Things): readonly HostVlan[] => {
  const byParent = hostVlans(kase);
  if (byParent.size === 0) return [];
  return [...namesOf(members)].flatMap((name) => byParent.get(name) ?? []).sort((a, b) => a.place - b.place);
});

const namesOf = onceForMembers((members) => new Set(members.map(({ name }) => name)));

const hostVlans = oncePerCase((kase: Things) => {
  const found = new Map<string, HostVlan & { readonly parent: string; readonly place: number }>();
  for (const { id, says, at } of [
    ...allThings(kase, 'interface', 'host'),
    ...allThings(kase, 'interfaceFile', 'host'),
  ]) {
    const parent = valueIn(says.parent);
    const tag = valueIn(says.vlan);
    if (parent === undefined || tag === undefined || found.has(id)) continue;
    found.set(id, {
      parent,
      place: found.size,
      name: id,
      at: says.parent?.state === 'known' ? says.parent.at : at,
      tag,
      isUp: valueIn(says.up),
    });
  }
  return groupBy(found.values(), ({ parent }) => [parent]);
});

/** What is asked of a bridge, by each NIC in it; not of the lines that tell why this NIC is. */
export function oncePerSegment<C extends Things, T>(
  find: (segment: Segment, kase: C) => T,
): (segment: Segment, kase: C) => T {
  const answersIn = oncePerCase((_: C) => new Map<string, { readonly is: T }>());
  return (segment, kase) => {
    const answers = answersIn(kase);
    const answer = answers.get(segment.name) ?? { is: find(segment, kase) };
    answers.set(segment.name, answer);
    return answer.is;
  };
}

/** A bridge may have thousands of members, and as many NICs that ask for them. */
function onceForMembers<T>(find: (members: readonly Member[]) => T): (members: readonly Member[]) => T {
  const answers = new WeakMap<readonly Member[], { readonly is: T }>();
  return (members) => {
    const answer = answers.get(members) ?? { is: find(members) };
    answers.set(members, answer);
    return answer.is;
  };
}
