import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { findThing } from '../look-up.ts';
import { readHostPath } from './host-path.ts';

/** What kind of switch the host plugs the NIC into. */
export const switchFacts: readonly Fact[] = [
  {
    name: 'host.switch',
    asks: 'What kind of bridge is {nic} plugged into?',
    words: {
      linux: "{nic} is plugged into a bridge of the host's kernel",
      ovs: '{nic} is plugged into an Open vSwitch bridge',
      macvtap:
        '{nic} sits on a physical NIC of the host through macvtap: host and guest do not reach each other over it',
      'user-network':
        "{nic} is plugged into the hypervisor's own network (user mode): it is behind NAT, and nobody reaches it from outside",
    },
    read: readSwitch,
  },
  {
    name: 'host.network',
    asks: 'How does the virtual network of {nic} lead out?',
    words: {
      nat: 'the virtual network of {nic} leads out through NAT',
      routed: 'the virtual network of {nic} is routed: the machines outside need a route to it',
      bridged: 'the virtual network of {nic} is a bridge of the host',
      isolated: 'the virtual network of {nic} is isolated: guests reach each other and the host, nobody else',
      inactive: 'the virtual network of {nic} does not run',
    },
    read: readNetwork,
  },
  {
    name: 'host.fail-mode',
    asks: 'Does the Open vSwitch bridge of {nic} forward by itself?',
    words: {
      standalone: 'the Open vSwitch bridge of {nic} learns and forwards by itself',
      secure: 'the Open vSwitch bridge of {nic} forwards only what its flows say (fail_mode: secure)',
    },
    read: (nic, kase) => bridgeThing(nic, kase)?.says.failMode ?? unknown,
  },
];

function bridgeThing({ host }: Nic, kase: Case) {
  const { vmNic, port, tap, qemu } = host ?? {};
  const name = firstKnown(port?.says.bridge, tap?.says.master, vmNic?.says.bridge, qemu?.says.bridge);
  return name.state === 'known' ? findThing(kase, 'host', 'bridge', name.value) : undefined;
}

const BY_BACKEND: Readonly<Record<string, string>> = {
  direct: 'macvtap',
  user: 'user-network',
  passt: 'user-network',
};

function readSwitch(nic: Nic, kase: Case): Known<string> {
  const { vmNic, qemu, tapName } = nic.host ?? {};
  const bridge = bridgeThing(nic, kase);
  const driver = mapKnown(bridge?.says.driver, (one) => (one === 'ovs' || one === 'linux' ? one : undefined));
  const backend = mapKnown(firstKnown(vmNic?.says.backend, qemu?.says.backend), (one) => BY_BACKEND[one]);
  const isMacvtap = /^macvtap\d+$/.test(tapName ?? '') && nic.host?.tap;
  const filtering = bridge?.says.vlanFiltering;
  return firstKnown(
    driver,
    backend,
    isMacvtap ? known('macvtap', isMacvtap.at) : unknown,
    valueIn(filtering) === undefined ? unknown : mapKnown(filtering, () => 'linux'),
  );
}

const BY_FORWARD: Readonly<Record<string, string>> = {
  nat: 'nat',
  route: 'routed',
  open: 'routed',
  bridge: 'bridged',
  none: 'isolated',
};

/** libvirt's formatnetwork.html: without <forward> a network is isolated. */
/** vmd's guests: what their bridge or local interface makes of them. */
const BY_PATH: Readonly<Record<string, string>> = { local: 'routed', routed: 'routed', bridged: 'bridged' };

export function readNetwork(nic: Nic, kase: Case): Known<string> {
  const name = valueIn(nic.host?.vmNic?.says.network);
  const says = name === undefined ? undefined : findThing(kase, 'host', 'virtualNetwork', name)?.says;
  return firstKnown(
    mapKnown(says?.active, (isActive) => (isActive ? undefined : 'inactive')),
    mapKnown(says?.forward, (mode) => BY_FORWARD[mode]),
    mapKnown(readHostPath(nic, kase), (path) => BY_PATH[path]),
  );
}
