import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { allThings, findThing } from '../look-up.ts';
import { isNicName } from '../nic-names.ts';
import { oncePerCase } from '../once-per-case.ts';
import { addresses, readAddress, readAddress4, readRoutes, vlanChildren } from './addressing.ts';

/** What the guest shows of the interface itself. */
export const nicFacts: readonly Fact[] = [
  {
    name: 'nic.up',
    asks: 'Is {nic} administratively up?',
    words: { yes: '{nic} is up', no: 'the flags of {nic} have no UP: it is administratively down' },
    read: (nic) => mapKnown(nic.guest?.says.up, yesNo),
  },
  {
    name: 'nic.running',
    asks: 'Did the driver of {nic} start the device?',
    words: { yes: '{nic} is RUNNING', no: '{nic} is not RUNNING: the driver has not started it' },
    read: (nic) => mapKnown(nic.guest?.says.running, yesNo),
  },
  {
    name: 'nic.link',
    asks: 'Which link state does the guest show for {nic}?',
    words: { active: 'the guest shows link on {nic}', 'no-carrier': 'the guest shows no carrier on {nic}' },
    read: (nic) => mapKnown(nic.guest?.says.link, (link) => link),
  },
  {
    name: 'nic.link-event',
    asks: 'What has the kernel of the guest last heard of the link of {nic}?',
    words: {
      up: 'the kernel last heard that the link of {nic} came up',
      down: 'the kernel last heard that the link of {nic} went down',
    },
    read: ({ guest }) =>
      firstKnown(
        mapKnown(guest?.says.linkEvent, (event) => event),
        mapKnown(guest?.says.lowerUp, (isUp) => (isUp ? 'up' : 'down')),
      ),
  },
  {
    name: 'nic.configured',
    asks: 'Was {nic} ever configured?',
    words: {
      yes: '{nic} is up',
      'taken-down': '{nic} has an address or autoconf, yet is not UP: somebody took it down',
      never: '{nic} is not UP and has neither autoconf nor address: nobody configured it',
    },
    read: readConfigured,
  },
  {
    name: 'nic.address',
    asks: 'Has {nic} an address?',
    words: {
      present: '{nic} has an address',
      missing: '{nic} has no address',
      'not-needed': '{nic} carries a bridge, VLAN, carp or trunk and needs no address of its own',
    },
    read: readAddress,
  },
  {
    name: 'nic.queue-pairs',
    asks: 'How many queue pairs has {nic}?',
    words: { one: '{nic} has one queue pair', several: '{nic} has several queue pairs' },
    read: ({ guest }) =>
      mapKnown(firstKnown(guest?.says.queuesActive, guest?.says.queues), (pairs) =>
        pairs > 1 ? 'several' : 'one',
      ),
  },
  {
    name: 'nic.address4',
    asks: 'Has {nic} an IPv4 address?',
    words: {
      present: '{nic} has an IPv4 address',
      missing: '{nic} has no IPv4 address',
      'not-needed': '{nic} carries a bridge, VLAN, carp or trunk and needs no address of its own',
    },
    read: readAddress4,
  },
  {
    name: 'nic.lro',
    asks: 'Is receive offload (LRO) on for {nic}?',
    words: { on: 'receive offload (LRO) is on for {nic}', off: 'receive offload (LRO) is off for {nic}' },
    read: (nic) => mapKnown(nic.guest?.says.lro, (lro) => (lro ? 'on' : 'off')),
  },
  {
    name: 'nic.xdp',
    asks: 'Is an XDP program attached to {nic}?',
    words: { on: 'an XDP program is attached to {nic}', off: 'no XDP program is attached to {nic}' },
    read: (nic) => mapKnown(nic.guest?.says.xdp, (xdp) => (xdp ? 'on' : 'off')),
  },
  {
    name: 'nic.promisc',
    asks: 'Is {nic} promiscuous?',
    words: { yes: '{nic} is promiscuous', no: '{nic} is not promiscuous' },
    read: (nic) => mapKnown(nic.guest?.says.promisc, yesNo),
  },
  {
    name: 'nic.vlan-child',
    asks: 'Does the guest run a VLAN interface on {nic}?',
    words: { yes: 'the guest has a VLAN interface on {nic}', no: 'the guest has no VLAN interface on {nic}' },
    read: (nic, kase) => {
      const child = vlanChildren(nic, kase)[0];
      return mapKnown(child?.says.vlan, () => 'yes');
    },
  },
  {
    name: 'nic.name-file',
    asks: 'Do the interface and its start-up file have the same name?',
    words: {
      matches: '{nic} has its start-up file',
      'file-without-nic': 'there is a start-up file for {nic}, but the guest has no {nic}',
      'reported-missing': 'the guest itself says that its configuration names {nic}, which does not exist',
      'nic-without-file': '{nic} has no start-up file',
    },
    read: readNameFile,
  },
  {
    name: 'nic.routes',
    asks: 'Do the routes through {nic} stand?',
    words: {
      up: 'routes through {nic} are up',
      down: 'routes through {nic} have lost their U flag: the kernel takes the link for down',
    },
    read: readRoutes,
  },
];

export function yesNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no';
}

/** Absence is a value here because both the flags word and a later line of the block were seen. */
function readConfigured(nic: Nic, kase: Case): Known<string> {
  const { up, autoconf4, link } = nic.guest?.says ?? {};
  if (up?.state !== 'known') return unknown;
  if (up.value) return known('yes', up.at);
  if (valueIn(autoconf4)) return known('taken-down', up.at);
  const address = addresses(nic, kase)[0];
  if (address) return known('taken-down', [up.at[0], address.at[0]]);
  return link?.state === 'known' ? known('never', [up.at[0], link.at[0]]) : unknown;
}

/** The interface is known to be absent when other NICs of the guest were listed and it was not among them. */
function readNameFile(nic: Nic, kase: Case): Known<string> {
  if (nic.file && nic.guest) return known('matches', nic.file.at);
  const missing = findThing(kase, 'guest', 'message', `interface-missing ${nic.name}`);
  if (missing) return known('reported-missing', missing.at);
  if (nic.file) return known('file-without-nic', nic.file.at);
  const listed = fileOfNic(kase);
  return listed && nic.guest ? known('nic-without-file', [nic.guest.at[0], listed.at[0]]) : unknown;
}

const fileOfNic = oncePerCase((kase: Case) =>
  allThings(kase, 'interfaceFile', 'guest').find(({ id }) => isNicName(id)),
);
