import type { Case, Fact, HostEnd, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { groupBy } from '../group-by.ts';
import { allThings, findThing } from '../look-up.ts';
import { messagesOf } from '../messages.ts';
import { macOf } from '../nic-mac.ts';
import { oncePerCase } from '../once-per-case.ts';
import { readIpOwner } from './ip-owner.ts';
import { readLearned } from './learned.ts';

/** Whether somebody else uses the MAC or the address of a NIC. */
export const duplicateFacts: readonly Fact[] = [
  {
    name: 'wire.mac-owner',
    asks: 'Is the MAC of {nic} in use elsewhere?',
    words: {
      moves: 'the bridge learns the MAC of {nic} now at one port, now at another',
      elsewhere: 'the bridge has learned the MAC of {nic} at another port than its own',
      'configured-twice': 'another VM is configured with the MAC of {nic}',
      'own-received': 'a machine received packets that carry its own MAC as their sender',
      one: 'the bridge has learned the MAC of {nic} at its own port alone',
    },
    read: readMacOwner,
  },
  {
    name: 'wire.ip-owner',
    asks: 'Is the address of {nic} in use elsewhere?',
    words: {
      'in-use': 'the guest heard another machine use the address of {nic}',
      'two-answers': 'two MACs answer for one and the same address',
      declined: 'a DHCP client declined the address that it was given: somebody else answers for it',
      differs: 'another machine has learned a MAC for the address of {nic} that is not its own',
      moved: 'the MAC of an address changed',
      one: 'one MAC answers for the address of {nic}',
    },
    read: readIpOwner,
  },
];

function readMacOwner(nic: Nic, kase: Case): Known<string> {
  const mac = valueIn(macOf(nic));
  if (mac !== undefined) {
    const learned = readLearned(nic, kase, mac);
    if (learned.state === 'known' && learned.value !== 'one') return learned;
    const twin = twinOf(nic, kase, mac);
    if (twin) return known('configured-twice', bothLines(nic, twin));
    if (learned.state === 'known') return learned;
  }
  const received = [...messagesOf(nic, kase), ...messagesOfBridge(nic, kase)].find(
    ({ says }) => valueIn(says.code) === 'own-mac-received',
  );
  return received ? known('own-received', received.at) : unknown;
}

/** What the host's kernel says of the NIC's bridge, its tap and the other ports. */
function messagesOfBridge(nic: Nic, kase: Case): readonly Thing<'message'>[] {
  const bridge = valueIn(nic.host?.port?.says.bridge) ?? valueIn(nic.host?.tap?.says.master);
  return bridge === undefined ? [] : (messagesByBridge(kase).get(bridge) ?? []);
}

const messagesByBridge = oncePerCase((kase: Case) =>
  groupBy(allThings(kase, 'message', 'host'), ({ says }) => {
    const device = valueIn(says.device) ?? '';
    return [device, valueIn(findThing(kase, 'host', 'interface', device)?.says.master)];
  }),
);

/** Another NIC, of another VM, in a configuration or a running QEMU; behind user networking nobody meets anybody. */
function twinOf(nic: Nic, kase: Case, mac: string): Thing | undefined {
  const own = nic.host;
  if (!own || isAlone(nic)) return undefined;
  const { vms, taps } = rivals(kase).get(mac) ?? NONE;
  const twins = [
    vms.find(({ nic: { host } }) => differ(own.vm, host?.vm)),
    taps.find(({ nic: { host } }) => differ(own.tapName, host?.tapName)),
  ];
  const [twin] = twins.flatMap((one) => one ?? []).sort((a, b) => a.place - b.place);
  return twin?.nic.host?.vmNic ?? twin?.nic.host?.qemu;
}

type Rival = { readonly nic: Nic; readonly place: number };

const NONE = { vms: [], taps: [] };

/** By MAC: the first NICs of two VMs, and of two taps. Whoever has it, one of two is another's. */
const rivals = oncePerCase((kase: Case) => {
  const all = kase.nics.map((nic, place): Rival => ({ nic, place })).filter(({ nic }) => !isAlone(nic));
  const byMac = groupBy(all, ({ nic: { host } }) => [
    valueIn(host?.vmNic?.says.mac),
    valueIn(host?.qemu?.says.mac),
  ]);
  return new Map(
    [...byMac].map(([mac, same]) => [
      mac,
      { vms: firstTwo(same, ({ vm }) => vm), taps: firstTwo(same, ({ tapName }) => tapName) },
    ]),
  );
});

function firstTwo(all: readonly Rival[], nameOf: (host: HostEnd) => string | undefined): Rival[] {
  const byName = groupBy(all, ({ nic: { host } }) => [host && nameOf(host)]);
  return [...byName.values()].slice(0, 2).flatMap(([first]) => first ?? []);
}

function bothLines({ host }: Nic, twin: Thing): Lines {
  const own = host?.vmNic ?? host?.qemu;
  return own ? [own.at[0], twin.at[0]] : twin.at;
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function isAlone({ host }: Nic): boolean {
  return [valueIn(host?.vmNic?.says.backend), valueIn(host?.qemu?.says.backend)].some(
    (backend) => backend === 'user' || backend === 'none',
  );
}
