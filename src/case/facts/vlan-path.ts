import type { Case, Fact, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { groupBy } from '../group-by.ts';
import { allThings, findThing, thingsWith } from '../look-up.ts';
import { oncePerCase } from '../once-per-case.ts';
import { compareReleases } from '../release.ts';
import { oncePerSegment, type Segment, segmentOf, uplinksOf, vlanMembersOf, vlansOn } from '../segment.ts';
import { vlanChildren } from './addressing.ts';
import { flowsOnTap } from './wire.ts';

/** Whether VLAN tags get through the bridge(4) or veb(4) of an OpenBSD host, or the if_bridge(4) of a FreeBSD one. */
export const vlanPathFacts: readonly Fact[] = [
  {
    name: 'host.vlan-path',
    asks: 'Do VLAN tags get through the bridge of {nic}?',
    words: {
      passes: 'the bridge of {nic} passes VLAN tags',
      'dropped-by-veb': 'the veb of {nic} drops tagged frames: it has no link0',
      'child-bridged': 'a vlan(4) is in the bridge of {nic} in place of its parent: tags end there',
      loop: 'a vlan(4) and its parent are both in the bridge of {nic}',
      'host-takes':
        'the host has a vlan(4) on the uplink of {nic}: it takes the frames of that VLAN before the bridge',
    },
    read: readVlanPath,
  },
  {
    name: 'host.vlan-clash',
    asks: 'Does the host itself take the VLAN that {nic} uses?',
    words: {
      same: 'the host has a vlan(4) with the tag that the guest uses on {nic}: frames with it never reach the bridge',
      other: 'the host takes other VLANs than the one that the guest uses on {nic}',
    },
    read: readVlanClash,
  },
  {
    name: 'wire.tags-on-way',
    asks: 'Do VLAN tags get lost between the uplink and the tap of {nic}?',
    words: {
      lost: 'tagged frames come in on the uplink, and none on the tap of {nic}',
      kept: 'tagged frames show on the tap of {nic}',
    },
    read: readOnWay,
  },
];

export function readVlanPath(nic: Nic, kase: Case): Known<string> {
  const segment = segmentOf(nic, kase);
  return segment ? pathThrough(segment, kase) : unknown;
}

const pathThrough = oncePerSegment((segment, kase: Case): Known<string> => {
  const [child] = vlanMembersOf(segment);
  const uplink = uplinksOf(segment).find(({ name }) => !/^s?vlan\d|\.\d/.test(name));
  const onMember = vlansOn(segment, kase);
  const members = new Set(segment.members.map(({ name }) => name));
  const both = onMember.find(({ name }) => members.has(name));
  if (both) return known('loop', both.at);
  if (child) return known('child-bridged', child.at);
  const veb = readVeb(segment, kase);
  if (veb.state === 'known' && veb.value !== 'passes') return veb;
  const taken = onMember.find(({ isUp }) => isUp !== false);
  if (taken && vlansComeFirst(segment, kase)) return known('host-takes', taken.at);
  if (veb.state === 'known') return veb;
  return uplink && segment.name.startsWith('bridge') ? known('passes', uplink.at) : unknown;
});

/** OpenBSD's vlan_input() sees a member's frames before bridge(4) does; if_bridge(4) of FreeBSD is asked before its vlan(4). */
function vlansComeFirst({ name }: Segment, kase: Case): boolean {
  const os = valueIn(findThing(kase, 'host', 'system', '')?.says.os);
  return name.startsWith('bridge') && os !== 'freebsd';
}

const portsWithVlans = oncePerCase(
  (kase: Case) => new Set(allThings(kase, 'portVlan', 'host').map(({ says }) => valueIn(says.port))),
);

/** veb(4) drops tagged frames without link0 up to 7.8; from 7.9 on its ports have VLANs of their own. */
function readVeb({ name, members }: Segment, kase: Case): Known<string> {
  if (!name.startsWith('veb')) return unknown;
  const release = valueIn(findThing(kase, 'host', 'system', '')?.says.release);
  const ports = portsWithVlans(kase);
  const hasVlans = ports.size > 0 && members.some((member) => ports.has(member.name));
  if (hasVlans || (release !== undefined && compareReleases(release, '7.9') >= 0)) return unknown;
  const link0 =
    findThing(kase, 'host', 'interface', name)?.says.link0 ??
    findThing(kase, 'host', 'interfaceFile', name)?.says.link0;
  return link0?.state === 'known' ? known(link0.value ? 'passes' : 'dropped-by-veb', link0.at) : unknown;
}

export function readVlanClash(nic: Nic, kase: Case): Known<string> {
  const segment = segmentOf(nic, kase);
  const child = vlanChildren(nic, kase)[0]?.says.vlan;
  if (!segment || !vlansComeFirst(segment, kase) || child?.state !== 'known') return unknown;
  const { first, byTag } = takenOf(segment, kase);
  const same = byTag.get(child.value)?.[0];
  if (same) return known('same', [same.at[0], child.at[0]]);
  return first ? known('other', [first.at[0], child.at[0]]) : unknown;
}

const takenOf = oncePerSegment((segment, kase: Case) => {
  const taken = vlansOn(segment, kase).filter(({ isUp }) => isUp !== false);
  return { first: taken[0], byTag: groupBy(taken, ({ tag }) => [tag]) };
});

function readOnWay(nic: Nic, kase: Case): Known<string> {
  const onTap = flowsOnTap(nic, kase).filter(({ says }) => says.vlan?.state === 'known');
  const tagged = onTap.find(({ says }) => (valueIn(says.vlan) ?? 0) > 0);
  if (tagged) return known('kept', tagged.at);
  const uplink = nic.host?.uplinkName;
  const coming = thingsWith(kase, 'traffic', 'host', 'interface', uplink).find(
    ({ says }) => (valueIn(says.vlan) ?? 0) > 0,
  );
  return coming && onTap[0] ? known('lost', [coming.at[0], onTap[0].at[0]]) : unknown;
}
