import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { groupBy } from '../group-by.ts';
import { allThings, findThing, thingsWith } from '../look-up.ts';
import { macOf } from '../nic-mac.ts';
import { oncePerCase } from '../once-per-case.ts';
import { vlanChildren } from './addressing.ts';

/** Whether the VLANs of guest, port and uplink fit together (Linux VLAN-aware bridge). */
export const vlanFacts: readonly Fact[] = [
  {
    name: 'host.vlan-port',
    asks: 'How does the bridge tag the frames of {nic}?',
    words: {
      access: 'the port of {nic} is an access port: one VLAN, untagged towards the guest',
      trunk: 'the port of {nic} passes tagged frames',
      'tagged-only': 'the port of {nic} passes tagged frames only: it has no PVID for untagged ones',
    },
    read: readVlanPort,
  },
  {
    name: 'host.vlan-fit',
    asks: 'Do the VLAN of the port, the configured tag and the VLAN interfaces of the guest fit together?',
    words: {
      fits: 'the VLAN of the port of {nic} is the configured one',
      'guest-tags-access-port':
        'the guest tags its frames, but the port of {nic} is an access port and has no such tagged VLAN',
      'no-pvid': 'the guest sends untagged frames, but the port of {nic} takes only tagged ones',
      'differs-from-configuration': 'the port of {nic} is in another VLAN than the configuration says',
    },
    read: readVlanFit,
  },
  {
    name: 'host.vlan-uplink',
    asks: 'Does the uplink carry the VLAN of {nic}?',
    words: {
      carried: 'the uplink carries the VLAN of {nic}',
      missing: 'the uplink of the bridge does not carry the VLAN of {nic}',
    },
    read: readVlanUplink,
  },
  {
    name: 'host.vlan-learned',
    asks: 'In which VLAN has the bridge learned the MAC of {nic}?',
    words: {
      same: 'the bridge learned {nic} in the VLAN of its peers',
      other: 'the bridge learned {nic} in another VLAN than the MACs behind the uplink',
    },
    read: readVlanLearned,
  },
];

type Entry = Thing<'portVlan'>;

function entriesOf(kase: Case, port: string | undefined): readonly Entry[] {
  return thingsWith(kase, 'portVlan', 'host', 'port', port);
}

function pvidOf(entries: readonly Entry[]): Entry | undefined {
  return entries.find(({ says }) => valueIn(says.pvid));
}

export function readVlanPort(nic: Nic, kase: Case): Known<string> {
  return portMode(entriesOf(kase, nic.host?.portName));
}

function portMode(entries: readonly Entry[]): Known<string> {
  const first = entries[0];
  if (!first) return unknown;
  const pvid = pvidOf(entries);
  const tagged = entries.find(({ says }) => !valueIn(says.untagged));
  if (!pvid) return known('tagged-only', first.at);
  return tagged ? known('trunk', tagged.at) : known('access', pvid.at);
}

export function readVlanFit(nic: Nic, kase: Case): Known<string> {
  const entries = entriesOf(kase, nic.host?.portName);
  const mode = portMode(entries);
  if (mode.state !== 'known') return unknown;
  const child = vlanChildren(nic, kase)[0];
  if (child?.says.vlan?.state === 'known')
    return fitOfTagging(child.says.vlan.value, child.says.vlan.at, entries);
  if (mode.value === 'tagged-only' && hasOwnAddress(nic, kase)) return known('no-pvid', mode.at);
  const tag = firstKnown(nic.host?.vmNic?.says.tag, nic.host?.typedNic?.says.tag);
  const pvid = pvidOf(entries);
  if (tag.state !== 'known' || !pvid) return unknown;
  const isSame = valueIn(pvid.says.from) === tag.value;
  return known(isSame ? 'fits' : 'differs-from-configuration', [pvid.at[0], tag.at[0]]);
}

function fitOfTagging(vlan: number, at: Lines, entries: readonly Entry[]): Known<string> {
  const holding = entries.find(
    ({ says }) => (valueIn(says.from) ?? 0) <= vlan && vlan <= (valueIn(says.to) ?? 0),
  );
  if (holding && !valueIn(holding.says.untagged)) return known('fits', [holding.at[0], at[0]]);
  const shown = holding ?? pvidOf(entries) ?? entries[0];
  return shown ? known('guest-tags-access-port', [shown.at[0], at[0]]) : unknown;
}

function hasOwnAddress(nic: Nic, kase: Case): boolean {
  return thingsWith(kase, 'address', 'guest', 'interface', nic.name).length > 0;
}

const UPLINK = /^(?:en|eth|bond|eno|ens|enp|veth\d)/;

export function readVlanUplink(nic: Nic, kase: Case): Known<string> {
  const own = entriesOf(kase, nic.host?.portName);
  const pvid = pvidOf(own);
  const vlan = valueIn(pvid?.says.from) ?? valueIn(nic.host?.vmNic?.says.tag);
  const bridge = bridgeOf(nic, kase);
  const filtering =
    bridge === undefined ? undefined : findThing(kase, 'host', 'bridge', bridge)?.says.vlanFiltering;
  if (vlan === undefined || valueIn(filtering) === false) return unknown;
  const uplinks = uplinksWithVlans(kase).filter(
    (port) => port !== nic.host?.portName && isInSameBridge(port, bridge, kase),
  );
  const only = uplinks.length === 1 ? entriesOf(kase, uplinks[0]) : [];
  const holding = only.find(
    ({ says }) => (valueIn(says.from) ?? 0) <= vlan && vlan <= (valueIn(says.to) ?? 0),
  );
  if (holding) return known('carried', holding.at);
  if (only[0]) return known('missing', pvid ? [only[0].at[0], pvid.at[0]] : only[0].at);
  return byInterfacesFile(vlan, bridge, kase);
}

const uplinksWithVlans = oncePerCase((kase: Case) =>
  [...new Set(allThings(kase, 'portVlan', 'host').map(({ says }) => valueIn(says.port) ?? ''))].filter(
    (port) => UPLINK.test(port),
  ),
);

/** bridge-vids of ifupdown2 sets the VLANs of the bridge's own ports, not of taps. */
function byInterfacesFile(vlan: number, bridge: string | undefined, kase: Case): Known<string> {
  const file = bridge === undefined ? undefined : findThing(kase, 'host', 'interfaceFile', bridge);
  return mapKnown(file?.says.vlans, (vlans) => (isAmong(vlan, vlans) ? 'carried' : 'missing'));
}

/** `10 20 30-40`. */
function isAmong(vlan: number, vlans: string): boolean {
  return vlans.split(/\s+/).some((range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return from <= vlan && vlan <= to;
  });
}

function bridgeOf(nic: Nic, kase: Case): string | undefined {
  const port =
    nic.host?.portName === undefined ? undefined : findThing(kase, 'host', 'port', nic.host.portName);
  return (
    valueIn(port?.says.bridge) ?? valueIn(nic.host?.tap?.says.master) ?? valueIn(nic.host?.vmNic?.says.bridge)
  );
}

function isInSameBridge(port: string, bridge: string | undefined, kase: Case): boolean {
  const master =
    valueIn(findThing(kase, 'host', 'port', port)?.says.bridge) ??
    valueIn(findThing(kase, 'host', 'interface', port)?.says.master);
  return bridge === undefined || master === undefined || master === bridge;
}

/** One segment, two VLANs: the guest's MAC under one, everybody behind the uplink under another. */
export function readVlanLearned(nic: Nic, kase: Case): Known<string> {
  const mac = valueIn(macOf(nic));
  const own = thingsWith(kase, 'fdb', 'host', 'mac', mac).find(isLearned);
  const vlan = valueIn(own?.says.vlan);
  if (!own || vlan === undefined) return unknown;
  const isOther = ({ says }: Thing<'fdb'>) => valueIn(says.mac) !== mac;
  const peer = learnedOutside(kase).get(vlan)?.find(isOther);
  if (peer) return known('same', [own.at[0], peer.at[0]]);
  // An uplink with many VLANs on it: that of the guest may just have nobody who spoke of late.
  const [other, ...more] = [...learnedOutside(kase).values()].flatMap(
    (entries) => entries.find(isOther) ?? [],
  );
  return other && more.length === 0 ? known('other', [own.at[0], other.at[0]]) : unknown;
}

function isLearned({ says }: Thing<'fdb'>): boolean {
  return !valueIn(says.own) && valueIn(says.vlan) !== undefined;
}

/** What the bridge has learned at an uplink, by its VLAN. */
const learnedOutside = oncePerCase((kase: Case) =>
  groupBy(
    allThings(kase, 'fdb', 'host').filter(
      (one) => isLearned(one) && UPLINK.test(valueIn(one.says.port) ?? ''),
    ),
    ({ says }) => [valueIn(says.vlan)],
  ),
);
