import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { allThings, findThing } from '../look-up.ts';
import { messagesOf } from '../messages.ts';
import { macOf } from '../nic-mac.ts';
import { addresses } from './addressing.ts';

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
function messagesOfBridge(nic: Nic, kase: Case): Thing<'message'>[] {
  const bridge = valueIn(nic.host?.port?.says.bridge) ?? valueIn(nic.host?.tap?.says.master);
  if (bridge === undefined) return [];
  return allThings(kase, 'message', 'host').filter(({ says }) => {
    const device = valueIn(says.device) ?? '';
    return device === bridge || valueIn(findThing(kase, 'host', 'interface', device)?.says.master) === bridge;
  });
}

type Entry = Thing<'fdb'>;

/** One bridge and one VLAN have one place for a MAC: two of them are two moments. */
function readLearned(nic: Nic, kase: Case, mac: string): Known<string> {
  const entries = allThings(kase, 'fdb', 'host').filter(
    ({ says }) => valueIn(says.mac) === mac && !valueIn(says.own) && valueIn(says.bridge) !== undefined,
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
  const twin = kase.nics.find(
    (other) =>
      other !== nic &&
      !isAlone(other) &&
      [valueIn(other.host?.vmNic?.says.mac), valueIn(other.host?.qemu?.says.mac)].includes(mac) &&
      (differ(own.vm, other.host?.vm) || differ(own.tapName, other.host?.tapName)),
  );
  return twin?.host?.vmNic ?? twin?.host?.qemu;
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

function readIpOwner(nic: Nic, kase: Case): Known<string> {
  const messages = messagesOf(nic, kase);
  const inUse = messages.find(({ says }) => valueIn(says.code) === 'address-in-use');
  if (inUse) return known('in-use', inUse.at);
  const answers = readAnswers(nic, kase);
  if (answers.state === 'known' && answers.value !== 'one') return answers;
  const declined = readDeclined(nic, kase);
  if (declined.state === 'known') return declined;
  const differing = readNeighbours(nic, kase);
  if (differing.state === 'known' && differing.value === 'differs') return differing;
  const moved = messages.find(({ says }) => valueIn(says.code) === 'address-moved');
  if (moved) return known('moved', moved.at);
  return answers.state === 'known' ? answers : differing;
}

/** ARP replies with two MACs for one address: of the guest's own ones where they are known, else of any. */
function readAnswers(nic: Nic, kase: Case): Known<string> {
  const own = addresses(nic, kase).map(({ says }) => valueIn(says.address));
  const replies = allThings(kase, 'traffic').filter(
    ({ says }) =>
      valueIn(says.what) === 'arp-reply' &&
      valueIn(says.isAt) !== undefined &&
      (own.length === 0 || own.includes(valueIn(says.tells))),
  );
  for (const reply of replies) {
    const other = replies.find(
      ({ says }) =>
        valueIn(says.tells) === valueIn(reply.says.tells) &&
        valueIn(says.isAt) !== valueIn(reply.says.isAt) &&
        valueIn(says.vlan) === valueIn(reply.says.vlan),
    );
    if (other) return known('two-answers', [reply.at[0], other.at[0]]);
  }
  return replies[0] ? known('one', replies[0].at) : unknown;
}

/** A client asks for its new address by ARP before it uses it (RFC 2131, 4.4.1). */
function readDeclined(nic: Nic, kase: Case): Known<string> {
  const mac = valueIn(macOf(nic));
  const declined = allThings(kase, 'dhcpLease').find(
    ({ says }) => valueIn(says.declined) && (mac === undefined || valueIn(says.mac) === mac),
  );
  return declined
    ? known('declined', declined.says.declined?.state === 'known' ? declined.says.declined.at : declined.at)
    : unknown;
}

/** What the machines around have learned for an address that the interface itself (no bridge or VLAN above it) carries. */
function readNeighbours(nic: Nic, kase: Case): Known<string> {
  const mac = valueIn(nic.guest?.says.mac);
  const own = addresses(nic, kase).filter(({ says }) => valueIn(says.family) === 'inet');
  const entries = allThings(kase, 'neighbor').filter(
    ({ says, side }) =>
      side !== 'guest' &&
      valueIn(says.mac) !== undefined &&
      own.some((one) => valueIn(one.says.address) === valueIn(says.address)),
  );
  const other = entries.find(({ says }) => mac !== undefined && valueIn(says.mac) !== mac);
  if (other && nic.guest?.says.mac?.state === 'known')
    return known('differs', [other.at[0], nic.guest.says.mac.at[0]]);
  return entries[0] ? known('one', entries[0].at) : unknown;
}
