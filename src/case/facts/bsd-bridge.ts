import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { firstKnown, type Known, known, unknown, valueIn } from '../../model/known.ts';
import { allThings, findThing } from '../look-up.ts';
import { wordOf } from '../message-word.ts';
import { hostMessagesOf } from '../messages.ts';
import { oncePerCase } from '../once-per-case.ts';
import { bridgesOf, segmentOf } from '../segment.ts';

/** What if_bridge(4) of a FreeBSD host takes in and refuses, and what that does to its uplink. */
export const bsdBridgeFacts: readonly Fact[] = [
  {
    name: 'host.bridge-add',
    asks: 'Did the bridge refuse the tap of {nic}?',
    words: {
      'mtu-refused': 'the bridge refused the tap of {nic}, whose MTU is another',
      refused: 'the bridge refused the tap of {nic}',
      busy: 'the tap of {nic} is a member of another bridge already',
    },
    read: (nic, kase) =>
      wordOf(hostMessagesOf(nic, kase), {
        'bridge-mtu-refused': 'mtu-refused',
        'bridge-add-refused': 'refused',
        'bridge-member-busy': 'busy',
      }),
  },
  {
    name: 'host.bridge-mtu',
    asks: 'Has the bridge of {nic} the MTU of its tap?',
    words: {
      'tap-differs': 'the tap of {nic} and the bridge that it does not belong to have different MTUs',
      'unlike-new-taps':
        'the bridge has another MTU than 1500, which a new tap has: if_bridge(4) may refuse it',
      same: 'the bridge of {nic} has the MTU of its tap',
    },
    read: readMtu,
  },
  {
    name: 'host.bridge-taps',
    asks: 'Is the tap of any VM in a bridge of the host?',
    words: {
      'none-shown': 'no bridge is shown with the tap of a VM among its members',
      some: 'a bridge of the host has the tap of a VM',
    },
    read: readTaps,
  },
  {
    name: 'host.uplink-flaps',
    asks: 'Does the link of the uplink fall when a tap joins or leaves the bridge?',
    words: {
      'with-taps':
        'the link of a card fell just after a tap joined or left its bridge: its offloads were changed, and it started anew',
    },
    read: (_, kase) => uplinkFlaps(kase),
  },
  {
    name: 'host.uplink-offload',
    asks: 'Could the bridge take those offloads off its members that not all of them have?',
    words: {
      stuck: 'the bridge could not switch the offloads of a member off that another one does not have',
    },
    read: (_, kase) => stuckOffload(kase),
  },
];

const uplinkFlaps = oncePerCase((kase: Case) =>
  wordOf(allThings(kase, 'message'), { 'uplink-flapped': 'with-taps' }),
);

const stuckOffload = oncePerCase((kase: Case) =>
  wordOf(allThings(kase, 'message'), { 'bridge-offload-stuck': 'stuck' }),
);

/** bridge_ioctl_add(): the first member gives the bridge its MTU, and each further one must have it. */
function readMtu(nic: Nic, kase: Case): Known<string> {
  if (valueIn(findThing(kase, 'host', 'system', '')?.says.os) !== 'freebsd') return unknown;
  const segment = segmentOf(nic, kase);
  const [only, ...more] = segment ? [segment] : bridgesOf(kase);
  const bridge =
    only && more.length === 0 ? findThing(kase, 'host', 'interface', only.name)?.says.mtu : undefined;
  const tap = nic.host?.tap?.says.mtu;
  if (bridge?.state !== 'known') return unknown;
  if (tap?.state !== 'known') return bridge.value === USUAL ? unknown : known('unlike-new-taps', bridge.at);
  return known(tap.value === bridge.value ? 'same' : 'tap-differs', [tap.at[0], bridge.at[0]]);
}

/** ETHERMTU, which if_tuntap.c gives a tap. */
const USUAL = 1500;

/** Said only while no tap of this NIC was seen: a listing without any says that nothing is plugged in, or that it is cut. */
function readTaps({ host }: Nic, kase: Case): Known<string> {
  const shown = shownTaps(kase);
  return host?.tapName === undefined || valueIn(shown) === 'some' ? shown : unknown;
}

const shownTaps = oncePerCase((kase: Case): Known<string> => {
  const tap = allThings(kase, 'port', 'host').find(({ id }) => OF_VMS.test(id));
  if (tap) return known('some', tap.at);
  const [bridge] = allThings(kase, 'bridge', 'host').filter(mayServe);
  const said = firstKnown(bridge?.says.driver, bridge?.says.membersListed as Known<unknown> | undefined);
  return said.state === 'known' ? known('none-shown', said.at) : unknown;
});

/** Taps as the hypervisors name them, and the pairs that lead to containers. */
const OF_VMS =
  /^(?:tap|vnet|vmnet|vmenet|macvtap|fwpr|fwln|veth|epair|vale)\d|^(?:tap|veth|lxc|cali)[\da-f-]{6,14}/;

/** Those of container engines are none of VMs. */
function mayServe({ id }: Thing<'bridge'>): boolean {
  return !/^(?:docker|podman|cni|lxcbr|lxdbr)\d|^br-[\da-f]{12}$/.test(id);
}
