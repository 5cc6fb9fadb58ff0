import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { groupBy } from '../group-by.ts';
import { allThings, findThing, thingsWith } from '../look-up.ts';
import { messagesOf } from '../messages.ts';
import { macOf } from '../nic-mac.ts';
import { oncePerCase } from '../once-per-case.ts';
import { readIpOwner } from './ip-owner.ts';

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

type Entry = Thing<'fdb'>;

/** One bridge and one VLAN have one place for a MAC: two of them are two moments. */
function readLearned(nic: Nic, kase: Case, mac: string): Known<string> {
  const entries = thingsWith(kase, 'fdb', 'host', 'mac', mac).filter(
    ({ says }) => !valueIn(says.own) && valueIn(says.bridge) !== undefined,
  );
  for (const entry of entries) {
    const other = entries.find((one) => isElsewhere(entry, one));
    if (other) return known('moves', [entry.at[0], other.at[0]]);
  }
  const ports = [nic.host?.tapName, nic.host?.portName].filter((name) => name !== undefined);
  const own = entries.find(({ says }) => ports.includes(valueIn(says.port) ?? ''));
  const bridge = valueIn(nic.host?.port?.says.bridge) ?? valueIn(nic.host?.tap?.says.master);
  const strange = entries.find(
    ({ says }) =>
      bridge !== undefined && valueIn(says.bridge) === bridge && !ports.includes(valueIn(says.port) ?? ''),
  );
  if (strange && !own) return known('elsewhere', strange.at);
  return own ? known('one', own.at) : unknown;
}

function isElsewhere({ says: a }: Entry, { says: b }: Entry): boolean {
  return (
    valueIn(a.bridge) === valueIn(b.bridge) &&
    valueIn(a.vlan) === valueIn(b.vlan) &&
    valueIn(a.port) !== valueIn(b.port)
  );
}

/** Another NIC, of another VM, in a configuration or a running QEMU; behind user networking nobody meets anybody. */
function twinOf(nic: Nic, kase: Case, mac: string): Thing | undefined {
  const own = nic.host;
  if (!own || isAlone(nic)) return undefined;
  const twin = nicsByHostMac(kase)
    .get(mac)
    ?.find(
      (other) =>
        other !== nic &&
        !isAlone(other) &&
        (differ(own.vm, other.host?.vm) || differ(own.tapName, other.host?.tapName)),
    );
  return twin?.host?.vmNic ?? twin?.host?.qemu;
}

const nicsByHostMac = oncePerCase((kase: Case) =>
  groupBy(kase.nics, ({ host }) => [valueIn(host?.vmNic?.says.mac), valueIn(host?.qemu?.says.mac)]),
);

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
