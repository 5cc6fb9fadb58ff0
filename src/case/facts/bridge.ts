import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { allThings, findThing, thingsWith } from '../look-up.ts';
import { oncePerCase } from '../once-per-case.ts';
import {
  bridgeOf,
  bridgeOfSwitch,
  gatewaysOf,
  oncePerSegment,
  type Segment,
  segmentOf,
  uplinksOf,
} from '../segment.ts';

/** Whether the bridge of an OpenBSD or FreeBSD host is the right one, is up, and leads somewhere. */
export const bridgeFacts: readonly Fact[] = [
  {
    name: 'host.bridge-uplink',
    asks: 'Has the bridge of {nic} an uplink that works?',
    words: {
      up: 'the bridge of {nic} has an uplink, which is up',
      present: 'the bridge of {nic} has an uplink, which its start-up file brings up',
      down: 'the uplink of the bridge of {nic} is not UP: nothing passes it',
      'no-carrier': 'the uplink of the bridge of {nic} has no carrier: no cable, or nothing at its other end',
      'not-brought-up': 'the start-up file of the uplink of {nic} does not bring it up',
      missing: 'the bridge of {nic} has no uplink',
      'host-only':
        'the bridge of {nic} has no uplink, but an interface of the host: it is meant to be routed',
    },
    read: readUplink,
  },
  {
    name: 'host.bridge-state',
    asks: 'Is the bridge of {nic} up?',
    words: {
      up: 'the bridge of {nic} is up',
      down: 'the bridge of {nic} is not up: it forwards nothing',
      'set-down': 'the configuration of the bridge of {nic} does not bring it up',
      absent: 'the bridge of {nic} does not exist: vmd said so',
    },
    read: readBridgeState,
  },
  {
    name: 'host.vm-switch',
    asks: 'Does vmd know the switch that {nic} is put into?',
    words: {
      found: 'vm.conf defines the switch of {nic}',
      'no-such-switch':
        'no switch of vm.conf has the name that {nic} asks for, or it is disabled: vmd leaves the tap out',
      refused: 'vmd did not find the switch that {nic} asks for',
    },
    read: readSwitch,
  },
  {
    name: 'host.bridge-fit',
    asks: 'Is the tap of {nic} in the bridge that vm.conf puts it into?',
    words: {
      same: 'the tap of {nic} is in the bridge that vm.conf names',
      other: 'the tap of {nic} is in another bridge than vm.conf names',
    },
    read: readFit,
  },
];

function readUplink(nic: Nic, kase: Case): Known<string> {
  const segment = segmentOf(nic, kase);
  if (!segment) return shownState(nic.host?.uplinkName, kase);
  const best = bestUplink(segment, kase);
  if (best.state === 'known' || uplinksOf(segment).length > 0 || !segment.isWhole) return best;
  const [gateway] = gatewaysOf(segment);
  return gateway ? known('host-only', gateway.at) : known('missing', segment.at);
}

const bestUplink = oncePerSegment((segment, kase: Case): Known<string> => {
  const states = uplinksOf(segment).map(({ name, at }) => uplinkState(segment.name, name, at, kase));
  const words = ['up', 'present', 'not-brought-up', 'no-carrier', 'down'];
  const best = words.flatMap((word) => states.filter((state) => valueIn(state) === word))[0];
  return best ?? unknown;
});

/** bridge(4) and veb(4) pass over a member that is not UP. */
function uplinkState(bridge: string, name: string, at: Segment['at'], kase: Case): Known<string> {
  const shown = shownState(name, kase);
  if (shown.state === 'known') return known(shown.value, [at[0], ...shown.at]);
  const file = findThing(kase, 'host', 'interfaceFile', name)?.says.up;
  if (file?.state === 'known') return known(file.value ? 'present' : 'not-brought-up', [at[0], ...file.at]);
  // A list of start-up files that has the bridge's, and none of the uplink, was seen.
  const own = findThing(kase, 'host', 'interfaceFile', bridge);
  return own && own.says.up === undefined ? known('not-brought-up', [at[0], ...own.at]) : unknown;
}

/** As a listing of the interfaces shows it. */
function shownState(name: string | undefined, kase: Case): Known<string> {
  const { up, link } =
    (name === undefined ? undefined : findThing(kase, 'host', 'interface', name)?.says) ?? {};
  if (up?.state !== 'known') return unknown;
  if (!up.value) return known('down', up.at);
  return link?.state === 'known' && link.value === 'no-carrier'
    ? known('no-carrier', link.at)
    : known('up', up.at);
}

export function readBridgeState(nic: Nic, kase: Case): Known<string> {
  const name = bridgeOf(nic, kase);
  if (name.state !== 'known') return unknown;
  const absent = findThing(kase, 'host', 'message', `bridge-not-found ${name.value}`);
  const file = findThing(kase, 'host', 'interfaceFile', name.value)?.says.up;
  const [ofSwitch] = thingsWith(kase, 'vmSwitch', 'host', 'bridge', name.value);
  return firstKnown(
    mapKnown(findThing(kase, 'host', 'interface', name.value)?.says.up, (up) => (up ? 'up' : 'down')),
    absent ? known('absent', absent.at) : unknown,
    mapKnown(ofSwitch?.says.up, (up) => (up ? undefined : 'set-down')),
    mapKnown(file, (up) => (up ? undefined : 'set-down')),
  );
}

/** vmd(8) passes over a switch that it does not find, with a line in its log (usr.sbin/vmd/priv.c). */
function readSwitch(nic: Nic, kase: Case): Known<string> {
  const { vmNic, typedNic } = nic.host ?? {};
  const wanted = valueIn(vmNic?.says.switch) ?? valueIn(typedNic?.says.switch);
  const refused = thingsWith(kase, 'message', 'host', 'code', 'switch-not-found').find(
    ({ says }) => valueIn(says.device) === wanted || (wanted === undefined && kase.nics.length === 1),
  );
  if (refused) return known('refused', refused.at);
  const byConfiguration = mapKnown(vmNic?.says.switchDefined, (defined) =>
    defined ? 'found' : 'no-such-switch',
  );
  if (byConfiguration.state === 'known' || !typedNic || wanted === undefined) return byConfiguration;
  const switches = allThings(kase, 'vmSwitch', 'host');
  const found = findThing(kase, 'host', 'vmSwitch', wanted);
  if (found) return known('found', found.at);
  return switches[0] ? known('no-such-switch', [typedNic.at[0], switches[0].at[0]]) : unknown;
}

const OPENBSD_BRIDGE = /^(?:bridge|veb|tpmr|switch)\d/;

/** Of a vmd host alone: a tap of Proxmox VE may be in the bridge of its firewall, which no configuration names. */
function readFit(nic: Nic, kase: Case): Known<string> {
  const { tap, port, vmNic, typedNic } = nic.host ?? {};
  const shown = firstKnown(tap?.says.master, port?.says.bridge);
  const set = firstKnown(vmNic?.says.bridge, bridgeOfSwitch(valueIn(typedNic?.says.switch), kase));
  if (shown.state !== 'known' || set.state !== 'known' || !OPENBSD_BRIDGE.test(shown.value)) return unknown;
  return known(shown.value === set.value ? 'same' : 'other', [shown.at[0], set.at[0]]);
}

/** A tap that a hypervisor holds, in none of the bridges which were listed whole; the one it is meant for is enough. */
export function isOutOfListed(nic: Nic, kase: Case): Known<true> {
  const { tap, vmNic, typedNic } = nic.host ?? {};
  if (!tap || !mayBeMember(nic) || tap.says.master) return unknown;
  const wanted = valueIn(typedNic?.says.switch) ?? valueIn(vmNic?.says.switch);
  const set = firstKnown(vmNic?.says.bridge, bridgeOfSwitch(wanted, kase));
  const isLocal = valueIn(vmNic?.says.local) || valueIn(typedNic?.says.local);
  const hasAddress = thingsWith(kase, 'address', 'host', 'interface', tap.id).length > 0;
  const listed = bridgeListed(set, kase)?.says.membersListed;
  if (isLocal || hasAddress) return unknown;
  return listed?.state === 'known' ? known(true, [tap.at[0], ...listed.at]) : unknown;
}

/** Where it is not known which one is meant: any of them, if all were listed whole. */
function bridgeListed(meant: Known<string>, kase: Case): Thing<'bridge'> | undefined {
  if (meant.state !== 'known')
    return everyBridgeIsListed(kase) ? allThings(kase, 'bridge', 'host')[0] : undefined;
  const bridge = findThing(kase, 'host', 'bridge', meant.value);
  return valueIn(bridge?.says.membersListed) ? bridge : undefined;
}

export const everyBridgeIsListed = oncePerCase((kase: Case) =>
  allThings(kase, 'bridge', 'host').every(({ says }) => valueIn(says.membersListed)),
);

/** A tap that somebody holds, or that its VM's configuration puts into a bridge; behind a firewall bridge the tap is in that one. */
function mayBeMember({ host }: Nic): boolean {
  const { bridge, firewall } = host?.vmNic?.says ?? {};
  if (host?.tap && isHeld(host.tap)) return true;
  return bridge?.state === 'known' && valueIn(firewall) !== true;
}

/** vmd and vm-bhyve describe the taps of their VMs; FreeBSD tells which process holds one open. */
export function isHeld({ says }: Thing<'interface'>): boolean {
  return (
    says.openedBy?.state === 'known' || /^(?:vm\d+-if\d|vmnet[/-])/.test(valueIn(says.description) ?? '')
  );
}
